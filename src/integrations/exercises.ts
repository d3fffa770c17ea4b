/**
 * The exercises, and attempts at them under Node: `npm run invoke -- --exercise`, and the tests.
 *
 * `content/exercises/<id>.json` is an exercise. Beside it `<id>/` holds attempts, a folder each, whose files lie over those of
 * the example that it begins with: `right-…` do what is asked for, `wrong-…` don't. The first right one is shown as a solution.
 */
import { glob } from 'node:fs/promises';
import path from 'node:path';
import { eventTexts } from '../exercise/event-texts.ts';
import { exerciseFileSchema, type ExerciseFile } from '../exercise/exercise-schema.ts';
import type { AttemptedRun } from '../exercise/attempted-run.ts';
import { mayGoOn } from '../exercise/judge.ts';
import { taskPath } from '../platforms/description.ts';
import type { Files } from '../sandbox/protocol.ts';
import { contentsToFiles, type FileContent } from '../trace/file-content.ts';
import { BadFile, readChecked } from './checked-json.ts';
import { toSpec } from './example-spec.ts';
import { exampleOn, listExamples, readExample } from './examples.ts';
import { runInNode } from './node-environment.ts';
import type { EnvironmentRecord } from './node-life.ts';
import type { NodeRunOptions } from './node-process.ts';
import { readFolder, readPlatform } from './platforms.ts';

const EXERCISES = path.resolve(import.meta.dirname, '../../content/exercises');

/** Events and characters that an attempt may record: what the page keeps of a run. */
const LIMITS = { events: 40_000, output: 65_536 };

/** An exercise with its attempts: files by attempt, and by their name in the function's folder. */
export interface Exercise extends ExerciseFile {
  readonly id: string;
  readonly attempts: Readonly<Record<string, Readonly<Record<string, FileContent>>>>;
}

/** The names of all exercises, in the order of the alphabet. */
export async function listExercises(): Promise<string[]> {
  const files = await Array.fromAsync(glob('*.json', { cwd: EXERCISES }));
  return files.map((file) => path.basename(file, '.json')).sort();
}

/** Reads and checks one exercise; rejects with BadFile. */
export async function readExercise(id: string): Promise<Exercise> {
  const ids = await listExercises();
  if (!ids.includes(id)) throw new BadFile(`There is no exercise "${id}". The exercises: ${ids.join(', ')}.`);
  const name = `content/exercises/${id}.json`;
  const file = await readChecked(path.join(EXERCISES, `${id}.json`), exerciseFileSchema);
  if (!(await listExamples()).includes(file.example))
    throw new BadFile(`${name}: there is no example named ${file.example}.`);
  const example = await readExample(file.example);
  if (!example.platforms.includes(file.platform))
    throw new BadFile(`${name}: the example ${file.example} does not run on ${file.platform}.`);
  const folders = await Array.fromAsync(glob('*/', { cwd: path.join(EXERCISES, id) }));
  const attempts = folders
    .map((folder) => path.basename(folder))
    .sort()
    .map(async (attempt) => [attempt, await readFolder(path.join(EXERCISES, id, attempt), '')] as const);
  return { ...file, id, attempts: Object.fromEntries(await Promise.all(attempts)) };
}

/** What came of an attempt. */
export interface Attempted {
  readonly runs: readonly AttemptedRun[];
  /** How many runs an attempt at the exercise has. */
  readonly count: number;
  readonly environments: readonly EnvironmentRecord[];
}

/**
 * Runs an attempt: `files` lie over those of the example, by their names in the function's folder. What follows a run that
 * may not be looked at is left out. Rejects with BadFile, and with NodeEnvironmentFailed.
 */
export async function attempt(
  exercise: Exercise,
  files: Files,
  options: Omit<NodeRunOptions, 'limits'>,
): Promise<Attempted> {
  const image = await readPlatform(exercise.platform);
  const example = exampleOn(await readExample(exercise.example), exercise.platform);
  const { spec } = await toSpec(example, image);
  checkNames(Object.keys(files), Object.keys(example.task));
  const own = Object.entries(files).map(([name, file]) => [taskPath(spec.platform, name), file] as const);
  const events = eventTexts(exercise, example.events[0] ?? '{}');
  const environments = await runInNode(
    { ...spec, task: { ...spec.task, ...Object.fromEntries(own) } },
    events,
    { ...options, limits: LIMITS },
  );
  const all = environments.flatMap(({ runs, blobs }) =>
    runs.map(({ beginning, events, outcome }, index) => ({
      beginning,
      events,
      ending: outcome,
      blobs: blobs[index] ?? {},
    })),
  );
  const last = all.findIndex((run) => !mayGoOn(exercise, run));
  return { runs: last === -1 ? all : all.slice(0, last + 1), count: events.length, environments };
}

/** Throws BadFile where an attempt has a folder in the place of a file of the example, or the reverse. */
function checkNames(names: readonly string[], others: readonly string[]): void {
  for (const name of names)
    for (const other of others) {
      const [file, folder] = name.startsWith(`${other}/`) ? [other, 'the attempt'] : [name, 'the example'];
      if (name.startsWith(`${other}/`) || other.startsWith(`${name}/`))
        throw new BadFile(
          `${file} is a folder in ${folder} and a file in the other: give one of them another name.`,
        );
    }
}

/** The files of one of the exercise's own attempts. */
export function filesOfAttempt(exercise: Exercise, name: string): Files {
  const files = exercise.attempts[name];
  if (files === undefined) throw new BadFile(`content/exercises/${exercise.id}/ has no attempt ${name}.`);
  return contentsToFiles(files);
}
