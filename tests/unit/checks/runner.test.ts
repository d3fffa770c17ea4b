import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { CHECKS, chooseChecks, runChecks, type Check, type CheckRun } from '../../../scripts/test.ts';

const TABLE: readonly Check[] = [
  { name: 'lint', remedy: 'Mend it.' },
  { name: 'build', remedy: 'Build it.' },
  { name: 'links', needs: ['build'], remedy: 'Link it.' },
  { name: 'unit', remedy: 'Think.' },
];

/** Runs a table one check at a time, each with the outcome that is given for it and a second of time. */
async function play(
  outcomes: Readonly<Record<string, CheckRun>>,
  table = TABLE,
  second = 1000,
): Promise<{ passed: boolean; lines: string[]; ran: string[] }> {
  const lines: string[] = [];
  const ran: string[] = [];
  let time = 5000;
  const run = (name: string): Promise<CheckRun> => {
    ran.push(name);
    time += second;
    return Promise.resolve(outcomes[name] ?? { code: 0, output: 'noise' });
  };
  const print = (line: string): void => void lines.push(line);
  const passed = await runChecks(table, { run, print, now: () => time, lanes: 1 });
  return { passed, lines, ran };
}

/** Starts a table on two lanes. Each check goes on until `end` is called for it, which tells what runs then. */
function start(table: readonly Check[]): {
  lines: string[];
  running: () => string[];
  end: (name: string, outcome?: CheckRun) => Promise<string[]>;
  all: Promise<boolean>;
} {
  const lines: string[] = [];
  const open = new Map<string, (outcome: CheckRun) => void>();
  const run = (name: string): Promise<CheckRun> => new Promise((resolve) => open.set(name, resolve));
  const print = (line: string): void => void lines.push(line);
  const all = runChecks(table, { run, print, now: () => 0, lanes: 2 });
  const running = (): string[] => [...open.keys()];
  const end = async (name: string, outcome: CheckRun = { code: 0, output: '' }): Promise<string[]> => {
    const resolve = open.get(name);
    assert.ok(resolve, `${name} does not run`);
    open.delete(name);
    resolve(outcome);
    // Every promise that follows from this one is settled before the next turn.
    await new Promise((turn) => setImmediate(turn));
    return running();
  };
  return { lines, running, end, all };
}

describe('npm test', () => {
  it('prints a line for each check, the sum, and the time last', async () => {
    assert.deepEqual(await play({}), {
      passed: true,
      ran: ['lint', 'build', 'links', 'unit'],
      lines: [
        '✓ lint             1.0 s',
        '✓ build            1.0 s',
        '✓ links            1.0 s',
        '✓ unit             1.0 s',
        '4 passed, 0 failed',
        '4 s; nothing left out',
      ],
    });
  });

  it('shows what a failed check printed and what to do, and goes on with what does not need it', async () => {
    assert.deepEqual(await play({ build: { code: 1, output: 'no such file\n' } }), {
      passed: false,
      ran: ['lint', 'build', 'unit'],
      lines: [
        '✓ lint             1.0 s',
        '✗ build            1.0 s\n\nno such file\n\n→ Build it. Then: npm test -- build\n',
        '- links          left out: it needs build',
        '✓ unit             1.0 s',
        '2 passed, 1 failed, 1 skipped',
        '3 s; failed: build; left out: links (it needs build)',
      ],
    });
  });

  it('counts a check as left out that says so itself, for want of something on this machine', async () => {
    assert.deepEqual(await play({ build: { code: 0, output: 'Left out: there is no such browser.\n' } }), {
      passed: true,
      ran: ['lint', 'build', 'unit'],
      lines: [
        '✓ lint             1.0 s',
        '- build          left out: there is no such browser.',
        '- links          left out: it needs build',
        '✓ unit             1.0 s',
        '2 passed, 0 failed, 2 skipped',
        '3 s; left out: build (there is no such browser), links (it needs build)',
      ],
    });
  });

  it('tells last what a check that passed left out of itself', async () => {
    const output =
      'Installing …\nPart left out: firefox: Debian has none (firefox-esr).\nChromium is there.\n';
    const { lines } = await play({ build: { code: 0, output } });
    assert.deepEqual(lines, [
      '✓ lint             1.0 s',
      '✓ build            1.0 s\n  left out: firefox: Debian has none (firefox-esr).',
      '✓ links            1.0 s',
      '✓ unit             1.0 s',
      '4 passed, 0 failed',
      '4 s; left out: firefox (Debian has none (firefox-esr))',
    ]);
  });

  it('tells the time in minutes where it took some', async () => {
    const { lines } = await play({}, TABLE, 173_000);
    assert.equal(lines.at(-1), '11 min 32 s; nothing left out');
  });

  it('says so when a failed check said nothing', async () => {
    const { lines } = await play({ lint: { code: 7, output: ' \n' } });
    assert.match(lines.join('\n'), /It ended with 7 and said nothing\./);
  });

  it('runs the named checks and what they need in the order of the table, and refuses a name that is none', () => {
    const namesOf = (names: readonly string[]): string[] =>
      chooseChecks(TABLE, names).map(({ name }) => name);
    assert.deepEqual(namesOf(['unit', 'lint']), ['lint', 'unit']);
    assert.deepEqual(namesOf(['unit', 'links']), ['build', 'links', 'unit']);
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

  it('has every check behind those that it needs', () => {
    const names = CHECKS.map(({ name }) => name);
    CHECKS.forEach(({ name, needs = [] }, at) => {
      for (const need of needs) assert.ok(names.slice(0, at).includes(need), `${name} stands before ${need}`);
    });
  });
});

describe('npm test on two lanes', () => {
  it('runs two checks at the same time, and the next of the table as soon as one of them ends', async () => {
    const { running, end, all, lines } = start(['a', 'b', 'c', 'd'].map((name) => ({ name, remedy: '' })));
    assert.deepEqual(running(), ['a', 'b']);
    assert.deepEqual(await end('b'), ['a', 'c']);
    assert.deepEqual(await end('c'), ['a', 'd']);
    assert.deepEqual(await end('a'), ['d']);
    assert.deepEqual(await end('d'), []);
    assert.equal(await all, true);
    assert.deepEqual(
      lines.slice(0, 4).map((line) => line.slice(0, 3)),
      ['✓ b', '✓ c', '✓ a', '✓ d'],
    );
  });

  it('starts no check before what it needs has passed, and lets others overtake it', async () => {
    const { running, end, all } = start([
      { name: 'build', remedy: '' },
      { name: 'links', needs: ['build', 'unit'], remedy: '' },
      { name: 'unit', remedy: '' },
      { name: 'lint', remedy: '' },
    ]);
    assert.deepEqual(running(), ['build', 'unit']);
    assert.deepEqual(await end('build'), ['unit', 'lint']);
    assert.deepEqual(await end('unit'), ['lint', 'links']);
    await end('lint');
    await end('links');
    assert.equal(await all, true);
  });

  it('leaves out what needs a check that failed, while the other lane goes on', async () => {
    const { end, all, lines } = start([
      { name: 'build', remedy: 'Build it.' },
      { name: 'unit', remedy: '' },
      { name: 'links', needs: ['build'], remedy: '' },
      { name: 'deep', needs: ['links'], remedy: '' },
    ]);
    const output = 'one\ntwo\n';
    assert.deepEqual(await end('build', { code: 1, output }), ['unit']);
    assert.deepEqual(lines, [
      '✗ build            0.0 s\n\none\ntwo\n\n→ Build it. Then: npm test -- build\n',
      '- links          left out: it needs build',
      '- deep           left out: it needs links',
    ]);
    assert.deepEqual(await end('unit'), []);
    assert.equal(await all, false);
    assert.deepEqual(lines.slice(3), [
      '✓ unit             0.0 s',
      '1 passed, 1 failed, 2 skipped',
      '0 s; failed: build; left out: links (it needs build), deep (it needs links)',
    ]);
  });

  it('runs nothing beside a check that keeps both cores busy', async () => {
    const { running, end, all } = start([
      { name: 'lint', remedy: '' },
      { name: 'browser', alone: true, remedy: '' },
      { name: 'types', remedy: '' },
      { name: 'last', remedy: '' },
    ]);
    assert.deepEqual(running(), ['lint', 'types']);
    assert.deepEqual(await end('types'), ['lint', 'last']);
    assert.deepEqual(await end('last'), ['lint']);
    assert.deepEqual(await end('lint'), ['browser']);
    await end('browser');
    assert.equal(await all, true);
  });

  it('lets two checks read a folder at once, and none read or write it while another writes it', async () => {
    const { running, end, all } = start([
      { name: 'sync', writes: ['types', 'recordings'], remedy: '' },
      { name: 'build', writes: ['types'], remedy: '' },
      { name: 'lint', reads: ['types'], remedy: '' },
      { name: 'types', reads: ['types'], remedy: '' },
      { name: 'transcripts', reads: ['recordings'], remedy: '' },
    ]);
    assert.deepEqual(running(), ['sync']);
    assert.deepEqual(await end('sync'), ['build', 'transcripts']);
    assert.deepEqual(await end('build'), ['transcripts', 'lint']);
    assert.deepEqual(await end('transcripts'), ['lint', 'types']);
    await end('lint');
    await end('types');
    assert.equal(await all, true);
  });
});
