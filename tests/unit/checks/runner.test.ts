import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { CHECKS, chooseChecks, runChecks, type Check, type CheckRun } from '../../../scripts/test.ts';

const TABLE: readonly Check[] = [
  { name: 'lint', remedy: 'Mend it.' },
  { name: 'build', remedy: 'Build it.' },
  { name: 'links', needs: 'build', remedy: 'Link it.' },
  { name: 'unit', remedy: 'Think.' },
];

async function play(
  outcomes: Readonly<Record<string, CheckRun>>,
): Promise<{ passed: boolean; lines: string[]; ran: string[] }> {
  const lines: string[] = [];
  const ran: string[] = [];
  const run = (name: string): Promise<CheckRun> => {
    ran.push(name);
    return Promise.resolve(outcomes[name] ?? { code: 0, output: 'noise' });
  };
  const passed = await runChecks(
    TABLE,
    run,
    (line) => lines.push(line),
    () => 1000,
  );
  return { passed, lines, ran };
}

describe('npm test', () => {
  it('prints a line for each check and the sum last', async () => {
    assert.deepEqual(await play({}), {
      passed: true,
      ran: ['lint', 'build', 'links', 'unit'],
      lines: [
        '✓ lint             0.0 s',
        '✓ build            0.0 s',
        '✓ links            0.0 s',
        '✓ unit             0.0 s',
        '4 passed, 0 failed',
      ],
    });
  });

  it('shows what a failed check printed and what to do, and goes on with what does not need it', async () => {
    assert.deepEqual(await play({ build: { code: 1, output: 'no such file\n' } }), {
      passed: false,
      ran: ['lint', 'build', 'unit'],
      lines: [
        '✓ lint             0.0 s',
        '✗ build            0.0 s',
        '\nno such file\n\n→ Build it. Then: npm test -- build\n',
        '- links          left out: it needs build',
        '✓ unit             0.0 s',
        '2 passed, 1 failed (build), 1 left out',
      ],
    });
  });

  it('counts a check as left out that says so itself, for want of something on this machine', async () => {
    assert.deepEqual(await play({ unit: { code: 0, output: 'Left out: there is no such browser.\n' } }), {
      passed: true,
      ran: ['lint', 'build', 'links', 'unit'],
      lines: [
        '✓ lint             0.0 s',
        '✓ build            0.0 s',
        '✓ links            0.0 s',
        '- unit           left out: there is no such browser.',
        '3 passed, 0 failed, 1 left out',
      ],
    });
  });

  it('says so when a failed check said nothing', async () => {
    const { lines } = await play({ lint: { code: 7, output: ' \n' } });
    assert.match(lines.join('\n'), /It ended with 7 and said nothing\./);
  });

  it('runs the named checks in the order of the table, and refuses a name that is none', () => {
    assert.deepEqual(
      chooseChecks(TABLE, ['unit', 'lint']).map(({ name }) => name),
      ['lint', 'unit'],
    );
    assert.throws(
      () => chooseChecks(TABLE, ['lnit']),
      /no check named lnit\. The checks: lint, build, links, unit\./,
    );
  });

  it('has a package.json script for each check, and no script of a check that it leaves out', async () => {
    const { scripts } = JSON.parse(await readFile('package.json', 'utf8')) as {
      scripts: Record<string, string>;
    };
    const named = Object.keys(scripts).filter((name) => name.startsWith('check:'));
    assert.deepEqual(named.toSorted(), CHECKS.map(({ name }) => `check:${name}`).toSorted());
  });
});
