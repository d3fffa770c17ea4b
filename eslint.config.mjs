import { builtinModules } from 'node:module';
import eslint from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import astro from 'eslint-plugin-astro';
import tseslint from 'typescript-eslint';
import { ownNames } from './scripts/eslint-rule-own-names.mjs';

/**
 * Who may import whom: a folder of src/, the neighbours it may use, and the packages it may use
 * (null: any but those of OWNED). ARCHITECTURE.md says why; to change a row is to change the design.
 *
 * @type {Record<string, { may: readonly string[], packages: readonly string[] | null }>}
 */
const LAYERS = {
  trace: { may: [], packages: [] },
  platforms: { may: ['trace'], packages: [] },
  sandbox: { may: ['trace', 'platforms'], packages: [] },
  catalogue: { may: ['trace'], packages: [] },
  cards: { may: ['trace'], packages: ['opentype\\.js$'] },
  exercise: { may: ['trace'], packages: [] },
  search: { may: ['catalogue'], packages: ['minisearch$'] },
  explain: { may: ['trace', 'catalogue'], packages: [] },
  offline: { may: [], packages: [] },
  dump: { may: ['trace', 'platforms', 'sandbox'], packages: ['fflate$'] },
  lab: { may: ['trace', 'sandbox', 'catalogue', 'exercise'], packages: [] },
  i18n: { may: ['content'], packages: [] },
  components: {
    may: [
      'lab',
      'search',
      'trace',
      'catalogue',
      'exercise',
      'explain',
      'dump',
      'offline',
      'i18n',
      'styles',
      'content',
    ],
    packages: null,
  },
  layouts: { may: ['components', 'lab', 'i18n', 'styles', 'content'], packages: null },
  pages: {
    may: ['layouts', 'components', 'lab', 'trace', 'catalogue', 'exercise', 'i18n', 'styles', 'content'],
    packages: null,
  },
  integrations: {
    may: ['trace', 'platforms', 'sandbox', 'catalogue', 'exercise', 'search', 'offline', 'i18n', 'content'],
    packages: null,
  },
};

/** Everything with a place in the table, or that nothing in src/ may import. */
const FOLDERS = [...Object.keys(LAYERS), 'harness', 'styles', 'content', 'scripts', 'tests', 'public'];

/** Files of src/sandbox that run inside an execution environment: the page never imports them. */
const INSIDE_ENVIRONMENT = String.raw`/sandbox/(?:interpreter|[\w-]*worker|[\w-]+\.worker)\.ts$`;

/** Packages (and node's and Astro's modules) that only some files may use: a pattern and those files. */
const OWNED = [
  {
    packages: '@(?:codemirror|lezer)/',
    files: ['editor', 'editor-colours', 'editor-fault', 'editor-keys', 'editor-look', 'editor-marks'].map(
      (name) => `src/lab/code/${name}.ts`,
    ),
  },
  {
    packages: 'fflate$',
    files: ['src/lab/storage/zip-files.ts', 'src/dump/unpack.ts', 'src/integrations/archives.ts'],
  },
  {
    packages: 'pyodide(?:/|$)',
    files: [
      'src/sandbox/interpreter.ts',
      'src/integrations/boot-image.child.ts',
      'src/integrations/compile-python.child.ts',
      'src/integrations/load-python.ts',
    ],
  },
  {
    packages: 'astro/zod$',
    files: [
      'src/platforms/description-schema.ts',
      'src/platforms/behaviours-schema.ts',
      'src/catalogue/error-schema.ts',
      'src/exercise/{exercise,frame}-schema.ts',
      'src/components/machine/index-schema.ts',
      'src/content.config.ts',
      'src/integrations/**',
    ],
  },
  { packages: 'opentype\\.js$', files: ['src/cards/faces.ts'] },
  {
    packages: 'satteri$',
    files: ['src/components/article/read-mdx.ts', 'src/integrations/twin/read-twin.ts'],
  },
  { packages: 'minisearch$', files: ['src/search/**'] },
  { packages: 'brotli-dec-wasm/', files: ['src/sandbox/unpack.worker.ts'] },
  {
    packages: 'astro:',
    files: ['src/pages/**', 'src/layouts/**', 'src/components/**', 'src/content.config.ts'],
  },
  { packages: `(?:node:|(?:${builtinModules.join('|')})$)`, files: ['src/integrations/**'] },
];

export default defineConfig(
  globalIgnores(['dist/', '.astro/', '.cache/', 'playwright-report/', 'test-results/', 'tests/fixtures/']),
  eslint.configs.recommended,
  tseslint.configs.strictTypeChecked,
  tseslint.configs.stylisticTypeChecked,
  astro.configs.recommended,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      eqeqeq: 'error',
      // TypeScript knows what is defined, in JavaScript too.
      'no-undef': 'off',
      'no-console': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      // `!` is for nobody: a cast says at least to what.
      '@typescript-eslint/non-nullable-type-assertion-style': 'off',
      // `||` for "unset or empty" is what environment variables and attributes need.
      '@typescript-eslint/prefer-nullish-coalescing': ['error', { ignorePrimitives: { string: true } }],
      // node:test runs and reports them itself.
      '@typescript-eslint/no-floating-promises': [
        'error',
        {
          allowForKnownSafeCalls: [
            { from: 'package', package: 'node:test', name: ['test', 'it', 'describe', 'suite'] },
          ],
        },
      ],
    },
  },
  {
    // What runs at a reader's: names come from what they write, paste, open and bring.
    files: [
      `src/{${['trace', 'platforms', 'sandbox', 'catalogue', 'exercise', 'search', 'explain', 'offline', 'dump', 'lab', 'components'].join()}}/**/*.ts`,
    ],
    ignores: ['**/*.d.ts', '**/*.astro/**'],
    plugins: { names: { rules: { own: ownNames } } },
    rules: { 'names/own': 'error' },
  },
  {
    files: ['scripts/**', 'tests/**', 'src/integrations/**', '*.{ts,mjs}'],
    rules: { 'no-console': 'off' },
  },
  {
    // An import statement would make a module of a file that declares one.
    files: ['**/*.d.ts'],
    rules: { '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }] },
  },
  {
    // Astro's files and plain JavaScript are linted without types: `astro check` and tsc look at those.
    files: ['**/*.astro', '**/*.astro/*.{js,ts}', '**/*.{js,mjs}'],
    extends: [tseslint.configs.disableTypeChecked],
  },
  ...Object.entries(LAYERS).flatMap(([folder, { may, packages }]) => [
    restrict(
      [`src/${folder}/**`],
      [...neighbours(folder, may), ...foreignPackages(packages), ...owned(`src/${folder}/`)],
    ),
  ]),
  // The words of a lab have the type of the English strings: nothing of the file itself reaches the page. What a lab says of its
  // problems, and of what a browser has not, comes with what runs it.
  restrict(
    ['src/lab/words.ts', 'src/lab/problem-texts.ts', 'src/lab/output/lack-texts.ts'],
    [
      ...neighbours('lab', [...(LAYERS['lab']?.may ?? []), 'content']),
      ...foreignPackages([]),
      ...owned('src/lab/'),
    ],
  ),
  restrict(
    ['src/content.config.ts'],
    [
      ...neighbours('', ['catalogue', 'exercise', 'i18n', 'platforms', 'trace']),
      ...owned('src/content.config.ts'),
    ],
  ),
  // Scripts and tests read MDX by the site's own module, too.
  restrict(
    ['scripts/**', 'tests/**'],
    [
      {
        regex: '^satteri$',
        message:
          'src/components/article/read-mdx.ts reads MDX for the whole project, and src/integrations/twin/read-twin.ts Markdown.',
      },
    ],
  ),
  // A single file that owns a package: the row of its layer without that package.
  ...OWNED.flatMap(({ packages, files }) =>
    files
      .filter((file) => !file.includes('*') && layerOf(file) in LAYERS)
      .map((file) =>
        restrict(
          [file],
          [
            ...neighbours(layerOf(file), LAYERS[layerOf(file)]?.may ?? []),
            ...foreignPackages(LAYERS[layerOf(file)]?.packages === null ? null : [packages]),
            ...owned(file),
          ],
        ),
      ),
  ),
);

/** @typedef {{ regex: string, message: string }} Restriction */

/**
 * @param {string} folder
 * @param {readonly string[]} may
 * @returns {Restriction[]}
 */
function neighbours(folder, may) {
  const others = FOLDERS.filter((other) => other !== folder && !may.includes(other));
  const allowed = may.length === 0 ? 'nothing' : may.join(', ');
  const name = folder === '' ? 'This file' : `src/${folder}`;
  /** @type {Restriction[]} */
  const restrictions = [
    {
      regex: `^(?:\\.\\.?/)+(?:${others.join('|')})(?:/|$)`,
      message: `${name} may import ${allowed} of src/. The type you want may belong one folder lower.`,
    },
  ];
  if (folder === 'platforms') {
    restrictions.push({
      regex: String.raw`^\.\./(?!shared/|trace/|service\.ts$|description\.ts$|\.\./)[\w-]+/`,
      message: 'A platform imports nothing of another one; what several need lies in src/platforms/shared.',
    });
  }
  if (folder !== 'sandbox' && may.includes('sandbox') && folder !== 'integrations') {
    restrictions.push({
      regex: INSIDE_ENVIRONMENT,
      message: `${name} talks to the page side of src/sandbox, never to what runs inside an environment.`,
    });
  }
  return restrictions;
}

/**
 * @param {readonly string[] | null} allowed
 * @returns {Restriction[]}
 */
function foreignPackages(allowed) {
  if (allowed === null) return [];
  const exceptions = allowed.map((pattern) => `(?!${pattern})`).join('');
  return [{ regex: `^(?!\\.)${exceptions}`, message: 'This folder uses no package: it runs anywhere.' }];
}

/**
 * What `place` (a file, or a folder with a slash at its end) does not own.
 *
 * @param {string} place
 * @returns {Restriction[]}
 */
function owned(place) {
  return OWNED.filter(({ files }) => !files.some((file) => place.startsWith(file.replace('**', '')))).map(
    ({ packages, files }) => ({
      regex: `^${packages}`,
      message: `Only ${files.join(', ')} (and scripts, tests, configuration) may import this.`,
    }),
  );
}

/**
 * The two rules that hold a set of restrictions: for import declarations, and for import() expressions.
 *
 * @param {string[]} files
 * @param {Restriction[]} patterns
 * @returns {import('eslint').Linter.Config}
 */
function restrict(files, patterns) {
  return {
    files,
    rules: {
      'no-restricted-imports': ['error', { patterns }],
      'no-restricted-syntax': [
        'error',
        ...patterns.map(({ regex, message }) => ({
          selector: `ImportExpression > Literal[value=/${regex.replaceAll('/', String.raw`\u002F`)}/]`,
          message,
        })),
      ],
    },
  };
}

/** @param {string} file */
function layerOf(file) {
  return file.split('/')[1] ?? '';
}
