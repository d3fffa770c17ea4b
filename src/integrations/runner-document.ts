/**
 * The document of the runner frame. A srcdoc frame inherits the page's policy as well as its own, so a
 * page with a policy must allow `scriptHash`, `blob:` and `'wasm-unsafe-eval'` in `script-src`, and `blob:`
 * in `worker-src`.
 */
import { createHash } from 'node:crypto';
import { bundleClassicScript } from './classic-script.ts';

export interface RunnerDocument {
  readonly html: string;
  /** As a policy names it: `sha256-…`, without quotes. */
  readonly scriptHash: `sha256-${string}`;
}

/** The same for the same sources: pages may be built with the hash before the frame's document is asked for. */
export async function buildRunnerDocument(): Promise<RunnerDocument> {
  const script = (await bundleClassicScript(`import '/src/sandbox/frame.ts';`)).trim();
  if (/<\/script|<!--/i.test(script)) throw new Error('The frame’s script would end its own element.');
  const scriptHash = `sha256-${createHash('sha256').update(script).digest('base64')}` as const;
  const policy = [
    `default-src 'none'`,
    `script-src '${scriptHash}' blob: 'wasm-unsafe-eval'`,
    `worker-src blob:`,
    `connect-src 'none'`,
    `base-uri 'none'`,
    `form-action 'none'`,
  ].join('; ');
  const html =
    `<!doctype html><meta charset="utf-8"><title>Python runner</title>` +
    `<meta http-equiv="Content-Security-Policy" content="${policy}"><script>${script}</script>`;
  return { html, scriptHash };
}
