import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, describe, it } from 'node:test';
import { readCases, type Case } from '../../../scripts/conformance/case.ts';

const ROOT = path.resolve(import.meta.dirname, '../../..');
const CASES = path.join(ROOT, 'tests/fixtures/conformance/cases');

const folders: string[] = [];
after(async () => {
  for (const folder of folders) await rm(folder, { recursive: true });
});

async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'cases-'));
  folders.push(folder);
  return folder;
}

function run(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [path.join(ROOT, 'scripts/conformance.ts'), ...args],
      (error, stdout, stderr) => {
        resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr });
      },
    );
  });
}

async function readOne(name: string): Promise<Case> {
  const found = (await readCases(CASES)).find((one) => one.name === name);
  assert.ok(found, name);
  return found;
}

describe('npm run conformance', () => {
  it('skips a case that says itself why it cannot come out, and no other that does not', async () => {
    const folder = await makeFolder();
    const wrong = {
      ...(await readOne('return-dict')),
      handler_files: { 'lambda_function.py': 'def lambda_handler(event, context):\n    return 1\n' },
    };
    const cases = [
      { ...wrong, name: 'marked', python: '3.12 only: words' },
      { ...wrong, name: 'unmarked' },
      { ...(await readOne('return-none')), browser: 'no: threads' },
    ];
    await writeFile(path.join(folder, 'cases.json'), JSON.stringify(cases));
    const { code, stdout } = await run(folder);
    assert.equal(code, 1);
    assert.match(stdout, /^- marked: skipped; 3\.12 only: words$/m);
    assert.match(stdout, /^✗ unmarked$/m);
    assert.ok(stdout.endsWith('\n1 passed, 1 failed, 1 skipped\n'), stdout);
  });

  it('tells passed, failed and skipped cases apart, one of each', async () => {
    const folder = await makeFolder();
    const wrong = await readOne('raise-nested-call');
    const handler_files = { 'lambda_function.py': 'def lambda_handler(event, context):\n    return 1\n' };
    const two = [await readOne('return-dict'), await readOne('exit-sigterm-while-waiting')];
    await writeFile(path.join(folder, 'two.json'), JSON.stringify(two));
    await writeFile(path.join(folder, 'one.json'), JSON.stringify({ ...wrong, handler_files }));
    await writeFile(path.join(folder, 'HISTORY.json'), '{}');
    const { code, stdout } = await run(folder);
    assert.equal(code, 1);
    assert.ok(stdout.endsWith('\n1 passed, 1 failed, 1 skipped\n'), stdout);
    assert.match(stdout, /^- exit-sigterm-while-waiting: skipped; signals from outside/m);
    assert.match(stdout, /^✗ raise-nested-call$/m);
    assert.match(stdout, /^ {4}- POST .*\/error$/m);
    assert.match(stdout, /^ {4}\+ POST .*\/response$/m);
  });

  it('runs platform and runtime together where the emulator alone was measured', async () => {
    const folder = await makeFolder();
    const measured = await readOne('rie-timeout');
    const slower = { ...measured, name: 'slower', env: { AWS_LAMBDA_FUNCTION_TIMEOUT: '2' } };
    for (const case_ of [measured, slower])
      await writeFile(path.join(folder, `${case_.name}.json`), JSON.stringify(case_));
    const { code, stdout } = await run(folder);
    assert.equal(code, 1);
    assert.ok(stdout.endsWith('\n1 passed, 1 failed, 0 skipped\n'), stdout);
    assert.match(stdout, /^✗ slower$/m);
    assert.match(stdout, /^ {4}\+ Task timed out after 2\.00 seconds$/m);
  });

  const refused: readonly (readonly [string, readonly string[], RegExp])[] = [
    ['no folder', [], /^Name one folder of cases\.\n$/],
    ['a folder that is not there', ['/nowhere'], /^There is no folder \/nowhere\.\n$/],
    ['a folder without cases', [path.join(ROOT, 'scripts')], /^There is no case in /],
    ['an unknown platform', ['--platform', 'moon', CASES], /no platform "moon"; there is .*lambda-today/],
    ['a platform without a Runtime API', ['--platform', 'lambda-2016', CASES], /has no Runtime API/],
    ['an unknown option', ['--fast', CASES], /'--fast'/],
  ];
  for (const [what, args, message] of refused) {
    it(`refuses ${what} in one line`, async () => {
      const { code, stdout, stderr } = await run(...args);
      assert.equal(code, 2);
      assert.equal(stdout, '');
      assert.match(stderr, message);
      assert.equal(stderr.trimEnd().split('\n').length, 1);
    });
  }
});
