import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ESLint, Linter } from 'eslint';

/** Whether the table of who may import whom lets this code stand in this file. */
async function isAllowed(file: string, code: string): Promise<boolean> {
  const config = (await new ESLint().calculateConfigForFile(file)) as Linter.Config;
  const rules = Object.fromEntries(
    Object.entries(config.rules ?? {}).filter(([name]) => name.startsWith('no-restricted-')),
  );
  const parser = config.languageOptions?.parser as Linter.Parser;
  const languageOptions = { parser, sourceType: 'module' } as const;
  const messages = new Linter().verify(code, { files: ['**/*.{ts,astro}'], languageOptions, rules }, file);
  for (const message of messages) assert.ok(message.ruleId, message.message);
  return messages.length === 0;
}

const frontmatter = (code: string): string => `---\n${code}\n---\n<p>text</p>\n`;

const ALLOWED: readonly (readonly [string, string])[] = [
  ['src/trace/replay.ts', "import { a } from './format.ts';"],
  [
    'src/platforms/lambda-2016/service.ts',
    "import type { A } from '../../trace/format.ts'; import '../shared/http.ts';",
  ],
  ['src/sandbox/interpreter.ts', "import { loadPyodide } from 'pyodide'; import '../platforms/service.ts';"],
  ['src/sandbox/unpack.worker.ts', "import 'brotli-dec-wasm/web';"],
  ['src/lab/lab-root.ts', "import { Sandbox } from '../sandbox/sandbox.ts';"],
  ['src/lab/lab-root.ts', "const { open } = await import('./code/editor.ts');"],
  [
    'src/lab/code/editor.ts',
    "import '@codemirror/view'; import '@lezer/highlight'; import '../../trace/format.ts';",
  ],
  ['src/lab/output/find-error.ts', "import '../../catalogue/error-of-run.ts';"],
  ['src/catalogue/ending.ts', "import '../trace/format.ts';"],
  ['src/components/offline/ask-for-worker.ts', "import '../../offline/messages.ts';"],
  ['src/cards/stack.ts', "import '../trace/stop-view.ts';"],
  ['src/cards/faces.ts', "import opentype from 'opentype.js';"],
  ['src/search/rank.ts', "import MiniSearch from 'minisearch'; import '../catalogue/match-error.ts';"],
  ['src/i18n/strings.ts', "import en from '../../content/ui/en.json';"],
  [
    'src/components/Lab.astro',
    frontmatter("import '../lab/lab-root.ts'; import 'astro:content'; import 'shiki';"),
  ],
  ['src/components/Lab.astro/1.ts', "import '../lab/lab-root.ts';"],
  ['src/components/article/read-mdx.ts', "import { mdxToMdast } from 'satteri';"],
  ['scripts/checks/claims.ts', "import '../../src/components/article/read-mdx.ts';"],
  [
    'src/pages/[lang]/[article].astro',
    frontmatter("import '../../components/Lab.astro'; import 'astro:content';"),
  ],
  ['src/content.config.ts', "import 'astro:content'; import 'astro/loaders';"],
  ['src/integrations/python.ts', "import 'node:fs'; import 'vite'; import '../sandbox/interpreter.ts';"],
  ['scripts/record.ts', "import 'node:fs'; import '../src/sandbox/interpreter.ts';"],
];

const REFUSED: readonly (readonly [string, string])[] = [
  ['src/trace/replay.ts', "import type { A } from '../platforms/service.ts';"],
  ['src/trace/replay.ts', "export * from '../lab/lab-root.ts';"],
  ['src/trace/replay.ts', "import 'node:fs';"],
  ['src/trace/replay.ts', "import 'fs';"],
  ['src/trace/replay.ts', "import 'shiki';"],
  ['src/components/search/search-files.ts', "import MiniSearch from 'minisearch';"],
  ['src/search/rank.ts', "import '../components/search/kept.ts';"],
  ['src/trace/replay.ts', "await import('../lab/lab-root.ts');"],
  ['src/trace/replay.ts', "await import('node:fs');"],
  ['src/trace/deep/replay.ts', "import '../../lab/lab-root.ts';"],
  ['src/cards/stack.ts', "import opentype from 'opentype.js';"],
  ['src/cards/stack.ts', "import '../lab/words.ts';"],
  ['src/cards/palette.ts', "import 'node:zlib';"],
  ['src/layouts/Head.astro', frontmatter("import '../cards/draw-card.ts';")],
  ['src/platforms/lambda-2016/service.ts', "import '../../sandbox/protocol.ts';"],
  ['src/platforms/lambda-2016/service.ts', "import '../lambda-today/service.ts';"],
  ['src/platforms/service.ts', "import 'astro/zod';"],
  ['src/sandbox/interpreter.ts', "import 'node:fs';"],
  ['src/sandbox/interpreter.ts', "import '../lab/lab-root.ts';"],
  ['src/sandbox/sandbox.ts', "import { loadPyodide } from 'pyodide';"],
  ['src/sandbox/sandbox.ts', "import 'brotli-dec-wasm/web';"],
  ['src/sandbox/sandbox.ts', "import '../../scripts/record.ts';"],
  ['src/lab/lab-root.ts', "import '../sandbox/interpreter.ts';"],
  ['src/lab/lab-root.ts', "import '../sandbox/environment.worker.ts';"],
  ['src/lab/lab-root.ts', "import '../platforms/service.ts';"],
  ['src/lab/lab-root.ts', "await import('@codemirror/view');"],
  ['src/lab/editor.ts', "import '../platforms/service.ts';"],
  ['src/lab/editor.ts', "import 'node:fs';"],
  ['src/components/Lab.astro', frontmatter("import '../pages/index.astro';")],
  ['src/components/Lab.astro', frontmatter("import 'node:fs';")],
  ['src/components/article/sources.ts', "import { mdxToMdast } from 'satteri';"],
  ['src/layouts/Article.astro', frontmatter("import { mdxToMdast } from 'satteri';")],
  ['scripts/checks/claims.ts', "import { mdxToMdast } from 'satteri';"],
  ['tests/unit/checks/claims.test.ts', "await import('satteri');"],
  ['src/components/Lab.astro', frontmatter("import { readFileSync } from 'fs';")],
  ['src/components/Lab.astro/1.ts', "import '../sandbox/interpreter.ts';"],
  ['src/pages/index.astro', frontmatter("import '../harness/session.ts';")],
  ['src/content.config.ts', "import './lab/lab-root.ts';"],
  ['src/catalogue/ending.ts', "import '../lab/words.ts';"],
  ['src/offline/answers.ts', "import '../trace/format.ts';"],
  ['src/i18n/strings.ts', "import 'astro:content';"],
  ['src/integrations/python.ts', "import 'astro:content';"],
];

describe('the table of who may import whom', () => {
  for (const [file, code] of ALLOWED) {
    it(`allows in ${file}: ${code}`, async () => {
      assert.equal(await isAllowed(file, code), true);
    });
  }
  for (const [file, code] of REFUSED) {
    it(`refuses in ${file}: ${code}`, async () => {
      assert.equal(await isAllowed(file, code), false);
    });
  }
});
