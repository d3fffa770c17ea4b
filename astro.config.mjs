import mdx from '@astrojs/mdx';
import { defineConfig, envField } from 'astro/config';
import archives from './src/integrations/archives.ts';
import cards from './src/integrations/cards.ts';
import hostFiles from './src/integrations/host-files.ts';
import embed from './src/integrations/embed.ts';
import offline from './src/integrations/offline.ts';
import python from './src/integrations/python.ts';
import recordings from './src/integrations/recordings.ts';
import search from './src/integrations/search.ts';
import twins from './src/integrations/twins.ts';

/**
 * SITE is the origin that the site will be served from (it makes canonical addresses and alternates),
 * BASE the path under it, REPOSITORY the address of the source code (it makes the links to edit a page).
 * NO_WORKER=1 makes a build that takes the site's service worker away from those who have it.
 * A build without them is a build for the root of some host: every link in it still works.
 */
const { SITE, BASE } = process.env;

export default defineConfig({
  ...(SITE ? { site: SITE } : {}),
  base: BASE || '/',
  trailingSlash: 'always',
  integrations: [
    mdx(),
    python(),
    recordings(),
    archives(),
    embed(),
    cards(),
    hostFiles(),
    twins(),
    search(),
    offline(),
  ],
  // Code is set by src/components/code/Code.astro: classes, no style attributes.
  markdown: { syntaxHighlight: false },
  env: {
    schema: {
      // `first`: only what a reader of the first page needs, for a start that does not wait for the rest.
      SITE_PART: envField.enum({
        context: 'server',
        access: 'public',
        values: ['first', 'whole'],
        default: 'whole',
      }),
      REPOSITORY: envField.string({ context: 'server', access: 'public', optional: true, url: true }),
    },
  },
  // No inline styles or scripts beside the one that sets the theme: a strict policy has little to allow.
  build: { inlineStylesheets: 'never' },
  devToolbar: { enabled: false },
  vite: {
    build: {
      assetsInlineLimit: 0,
      // Astro marks what it makes of an article with a directive for itself; the bundler need not warn of it.
      rolldownOptions: { checks: { moduleLevelDirective: false } },
      // light-dark() is used as it is: lowered, it would need a second set of variables.
      cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    },
  },
});
