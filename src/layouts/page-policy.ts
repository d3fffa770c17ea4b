/**
 * The policy of every page, for its meta element: what the page may load, and nothing else. A srcdoc frame inherits it,
 * so what the runner frame needs is allowed here too; the frame's own policy is stricter.
 */
export async function pagePolicy(inlineScripts: readonly string[], frameScriptHash: string): Promise<string> {
  const hashes = [...(await Promise.all(inlineScripts.map(hashOf))), frameScriptHash];
  return [
    `default-src 'none'`,
    `script-src 'self' ${hashes.map((hash) => `'${hash}'`).join(' ')} blob: 'wasm-unsafe-eval'`,
    `worker-src blob:`,
    `connect-src 'self'`,
    `style-src 'self'`,
    `img-src 'self'`,
    `font-src 'self'`,
    `manifest-src 'self'`,
    `frame-src 'self'`,
    `base-uri 'none'`,
    `form-action 'none'`,
    `object-src 'none'`,
  ].join('; ');
}

async function hashOf(script: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(script));
  return `sha256-${btoa(String.fromCharCode(...new Uint8Array(digest)))}`;
}
