/**
 * What a newcomer does: adds a platform of one folder and an example, as CONTRIBUTING.md says, sees the checks pass, the
 * example recorded and the platform's page built, and takes both out again. All of it happens in a copy of the project;
 * nothing but the added folders may have changed there.
 *
 *     npm run newcomer
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

const ROOT = path.resolve(import.meta.dirname, '..');
const FIXTURES = path.join(ROOT, 'tests/fixtures/newcomer');

/** The folders and files that a newcomer writes, and where they lie among the fixtures. */
const ADDED: readonly (readonly [string, string])[] = [
  ['platform', 'src/platforms/echo'],
  ['example', 'content/examples/echo-an-event'],
  ['tests/echo.test.ts', 'tests/unit/platforms/echo.test.ts'],
];

/** What `npm run record` writes of the example. */
const TRANSCRIPT = 'content/transcripts/echo-an-event.txt';

/** The commands, in the order of CONTRIBUTING.md. */
const STEPS: readonly (readonly string[])[] = [
  ['scripts/record.ts', 'echo-an-event'],
  ['scripts/test.ts', 'format', 'types', 'unused', 'python-lint', 'python-types', 'examples', 'numbers'],
  [
    '--test',
    '--test-reporter=dot',
    'tests/unit/platforms/echo.test.ts',
    'tests/unit/platforms/behaviours.test.ts',
  ],
  ['scripts/build.ts'],
];

const copy = await mkdtemp(path.join(tmpdir(), 'newcomer-'));
try {
  await copyProject(copy);
  for (const [from, to] of ADDED)
    await cp(path.join(FIXTURES, from), path.join(copy, to), { recursive: true });
  for (const step of STEPS) run(copy, step);
  await seePage(copy);
  for (const place of [...ADDED.map(([, to]) => to), TRANSCRIPT])
    await rm(path.join(copy, place), { recursive: true });
  const changed = execFileSync('git', ['status', '--porcelain'], { cwd: copy, encoding: 'utf8' });
  if (changed !== '') throw new Error(`Adding a platform has changed more than its folders:\n${changed}`);
  console.log('A platform and an example came and went, and nothing else has changed.');
} finally {
  await rm(copy, { recursive: true, force: true });
}

/** The project's own files, its packages and what it has made before; committed, so that git tells what changes. */
async function copyProject(to: string): Promise<void> {
  const listed = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '-z'], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  for (const file of new Set(listed.split('\0').filter((name) => name !== ''))) {
    await cp(path.join(ROOT, file), path.join(to, file)).catch(ignoreMissing);
  }
  await symlink(path.join(ROOT, 'node_modules'), path.join(to, 'node_modules'));
  await cp(path.join(ROOT, '.cache'), path.join(to, '.cache'), { recursive: true }).catch(ignoreMissing);
  const git = (...args: string[]): void => {
    execFileSync('git', ['-c', 'user.name=newcomer', '-c', 'user.email=newcomer@example.com', ...args], {
      cwd: to,
    });
  };
  git('init', '--quiet');
  git('add', '--all');
  git('commit', '--quiet', '--message', 'The project');
}

/** A file that git still lists may be gone from the disk. */
function ignoreMissing(error: unknown): void {
  if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
}

function run(folder: string, step: readonly string[]): void {
  console.log(`node ${step.join(' ')}`);
  const { status } = spawnSync(process.execPath, step, { cwd: folder, stdio: 'inherit' });
  if (status !== 0) throw new Error(`node ${step.join(' ')} has failed; what it says stands above.`);
}

async function seePage(folder: string): Promise<void> {
  for (const [language, title] of [
    ['en', 'A platform of one folder'],
    ['ja', 'フォルダー一つのプラットフォーム'],
  ] as const) {
    const page = await readFile(path.join(folder, `dist/${language}/platforms/echo/index.html`), 'utf8');
    if (!page.includes(title)) throw new Error(`The page of the platform does not name it: ${title}.`);
  }
}
