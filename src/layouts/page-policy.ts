/**
 * The policy of every page, for its meta element: what the page may load, and nothing else. A srcdoc frame inherits it,
 * so what the runner frame needs is allowed here too; the frame's own policy is stricter. `own` is whose files the page loads.
 */
export async function pagePolicy(
  inlineScripts: readonly string[],
  frameScriptHash: string,
  own = `'self'`,
): Promise<string> {
  const hashes = [...(await Promise.all(inlineScripts.map(hashOf))), frameScriptHash];
  return [
    `default-src 'none'`,
    `script-src ${own} ${hashes.map((hash) => `'${hash}'`).join(' ')} blob: 'wasm-unsafe-eval'`,
    `worker-src blob:`,
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
