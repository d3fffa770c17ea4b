/**
 * Every exercise has two right attempts and two wrong ones, and tells them apart by what they do. A right one stays right on
 * either wait, and when it is written in another form and with other names; a wrong one may print and answer all that is right.
 */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, it } from 'node:test';
import { judge, type Verdict } from '../../../src/exercise/judge.ts';
import {
  attempt,
  filesOfAttempt,
  listExercises,
  readExercise,
  type Exercise,
} from '../../../src/integrations/exercises.ts';
import { exampleOn, readExample } from '../../../src/integrations/examples.ts';
import type { Files } from '../../../src/sandbox/protocol.ts';
import { runHandler } from '../run-handler.ts';

const ARTICLES = path.resolve(import.meta.dirname, '../../../content/articles');
const OPTIONS = { deadline: 60_000, world: 'simulated' } as const;

type Waiting = 'suspended' | 'queue';

interface Checked {
  readonly verdicts: readonly Verdict['is'][];
  /** What its runs printed and answered. */
  readonly printed: string;
}

/** What came of the exercise's own attempts, each run once. */
const checked = new Map<string, Promise<Checked>>();

function checkNamed(exercise: Exercise, name: string, waiting: Waiting = 'suspended'): Promise<Checked> {
  const key = `${exercise.id} ${name} ${waiting}`;
  const made = checked.get(key) ?? check(exercise, filesOfAttempt(exercise, name), waiting);
  checked.set(key, made);
  return made;
}

async function check(exercise: Exercise, files: Files, waiting: Waiting = 'suspended'): Promise<Checked> {
  const { runs, count } = await attempt(exercise, files, { ...OPTIONS, waiting });
  const printed = runs.map(({ events, ending }) => [
    events.flatMap((event) => (event.kind === 'output' && event.stream !== 'platform' ? [event.text] : [])),
    'payload' in ending ? ending.payload : null,
  ]);
  return {
    verdicts: judge(exercise, runs, count).map(({ is }) => is),
    printed: JSON.stringify(printed),
  };
}

/** The names that the statements, the handler's own and other files know functions by. */
function namesToKeep(exercise: Exercise, handler: string, sources: readonly string[]): readonly string[] {
  const told = JSON.stringify(exercise.statements.map(({ is, look }) => [is, look])).matchAll(
    /"function":"(\w+)"/g,
  );
  const attributes = sources.flatMap((source) =>
    Array.from(source.matchAll(/\.(\w+)/g), ([, name = '']) => name),
  );
  const from = sources.flatMap((source) =>
    Array.from(source.matchAll(/^\s*from \w+ import (.+)$/gm), ([, names = '']) => names.split(/\W+/)).flat(),
  );
  return [
    ...Array.from(told, ([, name = '']) => name),
    handler.split('.').at(-1) ?? '',
    ...attributes,
    ...from,
  ];
}

async function rename(source: string, keep: readonly string[]): Promise<string> {
  const [environment] = await runHandler(await RENAMER, { events: [JSON.stringify({ source, keep })] });
  const outcome = environment?.runs[0]?.outcome;
  assert.equal(outcome?.status, 'returned', JSON.stringify(outcome));
  return JSON.parse(outcome.payload) as string;
}

const RENAMER = readFile(path.join(import.meta.dirname, 'rename.py'), 'utf8');

for (const id of await listExercises()) {
  describe(`the exercise ${id}`, async () => {
    const exercise = await readExercise(id);
    const example = await readExample(exercise.example);
    const names = Object.keys(exercise.attempts);
    const right = names.filter((name) => name.startsWith('right-'));
    const wrong = names.filter((name) => name.startsWith('wrong-'));
    const toTexts = (files: Files): [string, string][] =>
      Object.entries(files).map(([name, file]) => [
        name,
        typeof file === 'string' ? file : new TextDecoder().decode(file),
      ]);

    it('stands in its article, in each language', async () => {
      for (const language of ['en', 'ja']) {
        const file = path.join(ARTICLES, language, `${exercise.article}.mdx`);
        assert.ok((await readFile(file, 'utf8')).includes(`<Graded id="${id}" />`), file);
      }
    });

    it('has two right attempts and two wrong ones', () => {
      assert.deepEqual([...right, ...wrong].sort(), names.toSorted());
      assert.ok(right.length >= 2 && wrong.length >= 2, names.join(', '));
    });

    it('shows a solution that a reader can write in its lab, which makes no files', () => {
      const files = Object.keys(exercise.attempts[right.toSorted()[0] ?? ''] ?? {});
      const there = Object.keys(exampleOn(example, exercise.platform).task);
      assert.deepEqual(
        files.filter((file) => !there.includes(file)),
        [],
      );
    });

    it('is not solved by the code that it begins with', async () => {
      const { verdicts } = await check(exercise, {});
      assert.ok(verdicts.includes('not-yet') || verdicts.includes('unchecked'), verdicts.join());
    });

    for (const waiting of ['suspended', 'queue'] as const) {
      for (const name of right) {
        it(`is solved by ${name} (${waiting})`, async () => {
          const { verdicts } = await checkNamed(exercise, name, waiting);
          assert.deepEqual(
            verdicts,
            verdicts.map(() => 'true'),
          );
        });
      }
    }

    for (const name of wrong) {
      it(`is not solved by ${name}, of which all is checked`, async () => {
        const { verdicts } = await checkNamed(exercise, name);
        assert.ok(verdicts.includes('not-yet') && !verdicts.includes('unchecked'), verdicts.join());
      });
    }

    it('is not solved by one that prints and answers what a right one does', async () => {
      const printed = async (attempts: readonly string[]): Promise<string[]> => {
        const all: string[] = [];
        for (const name of attempts) all.push((await checkNamed(exercise, name)).printed);
        return all;
      };
      const rightly = await printed(right);
      assert.ok((await printed(wrong)).some((text) => rightly.includes(text)));
    });

    for (const name of right) {
      it(`is solved by ${name} in another form and with other names`, async () => {
        const files = toTexts(filesOfAttempt(exercise, name));
        const others = Object.values(exampleOn(example, exercise.platform).task).flatMap((file) =>
          'text' in file ? [file.text] : [],
        );
        const keep = namesToKeep(exercise, example.handler, [...files.map(([, text]) => text), ...others]);
        const renamed: Record<string, string> = {};
        for (const [file, text] of files)
          renamed[file] = file.endsWith('.py') ? await rename(text, keep) : text;
        assert.notDeepEqual(renamed, Object.fromEntries(files));
        const { verdicts } = await check(exercise, renamed);
        assert.deepEqual(
          verdicts,
          verdicts.map(() => 'true'),
          JSON.stringify(renamed),
        );
      });
    }
  });
}
