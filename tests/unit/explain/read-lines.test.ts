/** What the lines of real pastes are, and what becomes of them when a paste is cut, wrapped, prefixed or wrong. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import type { ReadLine } from '../../../src/explain/explanation.ts';
import { kindOwner, type Kind } from '../../../src/explain/grammar.ts';
import { readLines } from '../../../src/explain/read-lines.ts';

const FOLDER = new URL('../../fixtures/logs/', import.meta.url);
const expected = JSON.parse(readFileSync(new URL('kinds.json', FOLDER), 'utf8')) as Record<string, string[]>;
const files = readdirSync(FOLDER).filter((name) => name.endsWith('.txt'));
const textOf = (file: string): string => readFileSync(new URL(file, FOLDER), 'utf8').replace(/\n$/, '');

/** The kinds of every pasted line. */
function kindsByLine(text: string): string[] {
  const kinds = text.split('\n').map((): string[] => []);
  for (const { kind, isCopy, spans } of readLines(text)) {
    for (const { line } of spans) {
      const own = kinds[line - 1];
      const word = isCopy ? `${kind} (copy)` : kind;
      if (own !== undefined && own.at(-1) !== word) own.push(word);
    }
  }
  return kinds.map((own) => own.join(', '));
}

for (const file of files) {
  test(`${file}: each line is what its source says`, () => {
    assert.deepEqual(kindsByLine(textOf(file)), expected[file]);
  });
}

test('every place is inside of its line, and every line with words has one', () => {
  for (const file of files) {
    const lines = textOf(file).split('\n');
    const covered = new Set<number>();
    for (const { spans, text } of readLines(textOf(file))) {
      assert.ok(spans.length > 0, text);
      for (const { line, from, to } of spans) {
        covered.add(line);
        const { length } = lines[line - 1] ?? '';
        assert.ok(
          from >= 0 && from <= to && to <= length,
          `${file}:${String(line)} ${String(from)}-${String(to)}`,
        );
      }
    }
    lines.forEach((line, index) => {
      if (!/^[\s"]*$/.test(line)) assert.ok(covered.has(index + 1), `${file}:${String(index + 1)} ${line}`);
    });
  }
});

test('the text of a line in plain form is what stands at its place', () => {
  for (const { text, spans } of readLines(textOf('console-6.txt'))) {
    const [span] = spans;
    if (spans.length !== 1 || span === undefined || text.includes('\n')) continue;
    const line = textOf('console-6.txt').split('\n')[span.line - 1] ?? '';
    if (!line.includes('\\"')) assert.equal(line.slice(span.from, span.to).trim(), text.trim());
  }
});

// Mutations. A seed, so that a failure comes again.

function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** The platform's and the runtime's lines that count, in their order. */
function platform(read: readonly ReadLine[]): Kind[] {
  return read.flatMap(({ kind, isCopy }) =>
    !isCopy && kind !== 'cut-line' && (kindOwner(kind) === 'platform' || kindOwner(kind) === 'runtime')
      ? [kind]
      : [],
  );
}

function isInOrder(few: readonly Kind[], all: readonly Kind[]): boolean {
  let at = 0;
  for (const kind of few) {
    while (at < all.length && all[at] !== kind) at += 1;
    if (at === all.length) return false;
    at += 1;
  }
  return true;
}

const wrap = (text: string, width: number): string =>
  text
    .split('\n')
    .flatMap((line) => line.match(new RegExp(`.{1,${String(width)}}`, 'gs')) ?? [''])
    .join('\n');

files.forEach((file, index) => {
  const text = textOf(file);
  const whole = platform(readLines(text));
  const next = random(index + 7);
  test(`${file}, cut at its beginning: no line becomes another of the platform's`, () => {
    for (let round = 0; round < 4; round += 1) {
      const from = Math.floor(next() * text.length);
      const found = platform(readLines(text.slice(from)));
      // What is left of `Error Type: X.Y` may be the type alone, which is a line of its own elsewhere.
      if (found.join(' ') === 'error-type') continue;
      assert.ok(isInOrder(found, whole), `from ${String(from)}: ${found.join(' ')} | ${whole.join(' ')}`);
    }
  });
  test(`${file}, wrapped by a terminal: no line becomes another of the platform's`, () => {
    for (const width of [80, 112]) {
      const found = platform(readLines(wrap(text, width)));
      assert.ok(isInOrder(found, whole), `${String(width)}: ${found.join(' ')} | ${whole.join(' ')}`);
    }
  });
  test(`${file}, with a line that nothing knows: it alone is added, as output or as not known`, () => {
    const lines = text.split('\n');
    const at = Math.floor(next() * (lines.length + 1));
    lines.splice(at, 0, 'Qwxz 77: zk (vv) unheard-of line');
    const read = readLines(lines.join('\n'));
    assert.ok(isInOrder(platform(read), whole), `at ${String(at)}: ${platform(read).join(' ')}`);
    const own = read.filter(({ spans }) => spans.some(({ line }) => line === at + 1));
    for (const { kind } of own)
      assert.ok(
        ['your-output', 'not-known', 'source', 'console', 'payload', 'wrapper', 'your-json'].includes(kind),
        kind,
      );
  });
  test(`${file}, with another number: the same kinds`, () => {
    const numbers = [...text.matchAll(/(?<=Duration: |Size: |Used: )\d+(?:\.\d+)?/g)];
    const one = numbers[Math.floor(next() * numbers.length)];
    if (one === undefined) return;
    const wrong =
      text.slice(0, one.index) + '9'.repeat(one[0].length + 1) + text.slice(one.index + one[0].length);
    assert.deepEqual(platform(readLines(wrong)), whole);
  });
});

const PREFIXES: Readonly<Record<string, (index: number) => string>> = {
  'aws logs tail': (index) =>
    `2026-03-05T15:21:38.${String(100 + (index % 900))}000+00:00 2026/03/05/[$LATEST]57ffa0329ebfbc9d376120ee6953bfee `,
  'aws logs tail --format short': () => '2026-03-05T15:21:38 ',
  'sam logs': () => '2026/03/05/[$LATEST]57ffa0329ebfbc9d376120ee6953bfee 2026-03-05T15:21:38.354000+00:00 ',
  'sam logs, before 2025': () =>
    '2024/03/05/[$LATEST]57ffa0329ebfbc9d376120ee6953bfee 2024-03-05T15:21:38.354000 ',
  awslogs: () => '/aws/lambda/my-function 2024/05/02/[$LATEST]e9be9324e4ac52d3579cddb2f791c32d ',
  'sls logs': () => '2024-03-05 15:21:38.354 (+01:00) ',
  'docker compose': () => 'lambda_1    | ',
  'docker compose 2': () => 'my-function-1  | ',
  'cdk watch': () => '[my-stack-my-function] 3:48:32 PM: ',
  "a script's clock": () => '15:21:38  ',
  'a quote': () => '> ',
  epoch: () => '1756996456867 ',
};

for (const [name, prefix] of Object.entries(PREFIXES)) {
  test(`behind the words of ${name} a line is what it is without them`, () => {
    for (const file of [
      'errors-1.txt',
      'errors-3.txt',
      'errors-10.txt',
      'mixed-7.txt',
      'trace-9.txt',
      'json-3.txt',
    ]) {
      const text =
        file === 'errors-1.txt' ? textOf(file).replaceAll(/^\d\d:\d\d:\d\d {2}/gm, '') : textOf(file);
      const plain = kindsByLine(text);
      const prefixed = text.split('\n').map((line, index) => (line === '' ? '' : prefix(index) + line));
      assert.deepEqual(kindsByLine(prefixed.join('\n')), plain, file);
    }
  });
}
