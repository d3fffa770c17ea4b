/**
 * The policy of every page, for its meta element: what the page may load, and nothing else. A srcdoc frame inherits it,
 * so what the runner frame needs is allowed here too; the frame's own policy is stricter. `own` is whose files the page loads.
 * `workers` is what a worker may be: the runner's is a blob, and `'self'` is for the site's own (src/offline) alone.
 */
export async function pagePolicy(
  inlineScripts: readonly string[],
  frameScriptHash: string,
  own = `'self'`,
  workers = `'self' blob:`,
): Promise<string> {
  const hashes = [...(await Promise.all(inlineScripts.map(hashOf))), frameScriptHash];
  return [
    `default-src 'none'`,
    `script-src ${own} ${hashes.map((hash) => `'${hash}'`).join(' ')} blob: 'wasm-unsafe-eval'`,
    `worker-src ${workers}`,
    `connect-src ${own}`,
    `style-src ${own}`,
    `img-src ${own}`,
    `font-src ${own}`,
    `manifest-src ${own}`,
    `frame-src ${own}`,
    `base-uri 'none'`,
    `form-action 'none'`,
    `object-src 'none'`,
  ].join('; ');
}

async function hashOf(script: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(script));
  return `sha256-${btoa(String.fromCharCode(...new Uint8Array(digest)))}`;
}
