/**
 * What hosts read beside the site: `_headers` (Netlify, Cloudflare Pages and their like) says which headers answer with a file,
 * `.nojekyll` keeps GitHub Pages from leaving out the folders whose names begin with `_` where a branch is published as it is.
 */
import { writeFile } from 'node:fs/promises';
import type { AstroIntegration } from 'astro';
import { pathUnder } from '../i18n/links.ts';

/** Folders in which a file's name changes with its content. */
const HASHED = ['_astro', '_embed', '_sandbox'];

export default function hostFiles(): AstroIntegration {
  let base = '/';
  return {
    name: 'host-files',
    hooks: {
      'astro:config:done': ({ config }) => {
        ({ base } = config);
      },
      'astro:build:done': async ({ dir }) => {
        await writeFile(new URL('_headers', dir), headersUnder(base));
        await writeFile(new URL('.nojekyll', dir), '');
      },
    },
  };
}

/**
 * The file of headers for a base path. No header is said twice for one path: hosts would join its values. There is none that
 * forbids frames, since labs are made to be embedded.
 */
export function headersUnder(base: string): string {
  const rules: readonly (readonly [string, readonly string[]])[] = [
    [
      '*',
      [
        'X-Content-Type-Options: nosniff',
        'Referrer-Policy: strict-origin-when-cross-origin',
        // An embed in a sandbox has an opaque origin; all files are public, and no answer depends on who asks.
        'Access-Control-Allow-Origin: *',
      ],
    ],
    ...HASHED.map(
      (folder) => [`${folder}/*`, ['Cache-Control: public, max-age=31536000, immutable']] as const,
    ),
  ];
  return rules
    .map(
      ([path, headers]) =>
        [pathUnder(base, path), ...headers.map((header) => `  ${header}`)].join('\n') + '\n',
    )
    .join('\n');
}
