/**
 * `npm run invoke`: runs a handler against a platform's model in a terminal and prints its log and what the client
 * gets. USAGE below is its manual.
 */
import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import words from '../content/ui/en.json' with { type: 'json' };
import { judge } from '../src/exercise/judge.ts';
import { uncheckedToSentence } from '../src/lab/exercise/unchecked-words.ts';
import { BadFile } from '../src/integrations/checked-json.ts';
import { attempt, readExercise, type Exercise } from '../src/integrations/exercises.ts';
import { listPlatforms, readFolder, readPlatform } from '../src/integrations/platforms.ts';
import { runInNode } from '../src/integrations/node-environment.ts';
import type { EnvironmentRecord } from '../src/integrations/node-life.ts';
import { NodeEnvironmentFailed } from '../src/integrations/node-process.ts';
import type { Files } from '../src/sandbox/protocol.ts';
import { chooseStart, taskPath, type PlatformDescription } from '../src/platforms/description.ts';
import { contentsToFiles } from '../src/trace/file-content.ts';
import type { Extension } from '../src/trace/recording.ts';
import { environmentsToJson, environmentsToText, hasFailure } from './invoke-report.ts';
import {
  BadRuntime,
  notesOfRun,
  readRuntime,
  stackAtHandler,
  type BroughtRuntime,
} from './invoke-runtime.ts';
import { writeObjects } from './write-objects.ts';

const USAGE = `Usage: npm run invoke -- [options] TASK_DIR

Runs the handler in the folder TASK_DIR on the model of a platform, and prints its log and what the client
gets.

  --platform NAME     the platform (default: lambda-2016)
  --mode NAME         how the runtime waits for invocations, where the platform has several ways (lambda-2016:
                      event, http)
  --start NAME        how the platform starts its process, where it has several ways (lambda-today: image, managed)
  --extension KIND    internal or external: an extension beside the process of lambda-today. Then the event
                      {"eventType": "SHUTDOWN"} removes the environment, and the process gets SIGTERM
  --handler NAME      the function to call (default: lambda_function.lambda_handler on Lambda, main on OpenWhisk;
                      IronFunctions starts func.py, whatever this says)
  --over DIR          a folder whose files lie over those of TASK_DIR; may be given several times
  --layer DIR         a folder of files that a layer of the function holds (lambda-today: they lie in /opt); may be given
                      several times
  --event JSON|FILE   an invocation's event; several are invocations of one environment (default: {})
  --timeout SECONDS   the function's time-out (default: 3, as on Lambda)
  --clock ahead       let sleeps take no time: they move the clock of the run on instead
  --env NAME=VALUE    a variable of the function's own; may be given several times
  --exercise ID       check TASK_DIR as an attempt at an exercise of the site: its files lie over those that the exercise begins
                      with, and platform, handler, events and time-out are the exercise's. Exit status: 0 when every
                      statement is true
  --json              print one JSON object instead: {platform, environments: [{init, invocations, exit}]}; with
                      --runtime, {runtime} says which it was, and what its stack was when the handler began
  --runtime DIR|FILE  a runtime of your own in the place of the model's: its folder, or a zip, tar or tar.gz of it. Notes
                      on how it runs go to standard error
  --image-file PATH=FILE
                      puts FILE in the place of a file of the platform's disk; may be given several times
  --objects DIR       write what the buckets hold in the end to DIR/BUCKET/KEY
  --help              print this

Exit status: 0 when every invocation returned, 1 when one failed, 2 for bad arguments.`;

/** Milliseconds that an invocation may take beyond the function's time-out, its cold start included. */
const GRACE = 60_000;
/** A terminal shows no steps, so nothing is recorded; output is kept as far as memory is no worry. */
const LIMITS = { events: 0, output: 16 * 1024 * 1024 };
/** Of a brought runtime a stack is told. */
const RECORDED = { ...LIMITS, events: 20_000 };
/** Lambda's default time-out in seconds. */
const TIMEOUT = 3;
/** The longest that Lambda allows, in seconds. */
const MAX_TIMEOUT = 900;

/** An argument is not as it has to be; the message is one line for the person who typed it. */
class BadArgument extends Error {
  override name = 'BadArgument';
}

interface Request {
  readonly platform: string;
  /** Null for the platform's usual mode. */
  readonly mode: string | null;
  /** Null for the platform's usual start. */
  readonly start: string | null;
  readonly extension: Extension | null;
  readonly handler: string;
  /** The function's time-out in milliseconds. */
  readonly timeout: number;
  /** Whether the clock of the run goes ahead. */
  readonly isAhead: boolean;
  readonly events: readonly string[];
  readonly variables: Readonly<Record<string, string>>;
  /** Files of the platform's disk that are replaced, by their path there. */
  readonly imageFiles: Files;
  readonly json: boolean;
  /** Null for the platform's own. */
  readonly runtime: BroughtRuntime | null;
  /** Null where the folder is no attempt at one. */
  readonly exercise: Exercise | null;
  readonly objects: string | null;
  /** The folders of the function's files; those of a later one lie over those of an earlier. */
  readonly task: readonly string[];
  /** The folders of its layers; the files of a later one lie over those of an earlier, too. */
  readonly layers: readonly string[];
}

/** The folder that the command was typed in: npm itself has gone to the project's. */
const cwd = process.env.INIT_CWD ?? process.cwd();

async function main(args: readonly string[]): Promise<number> {
  const request = await readArguments(args);
  if (request === null) {
    console.log(USAGE);
    return 0;
  }
  if (request.exercise !== null) return checkAttempt(request.exercise, request);
  const { runtime } = request;
  for (const note of runtime?.notes ?? []) console.error(`-- runtime: ${note}`);
  const environments = await run(request);
  const runs = environments.flatMap((environment) => environment.runs);
  if (runtime !== null)
    for (const note of new Set(runs.flatMap(notesOfRun))) console.error(`-- runtime: ${note}`);
  const about =
    runtime === null ? {} : { runtime: { ...runtime.found, stack: runs.map(stackAtHandler)[0] ?? [] } };
  console.log(
    request.json
      ? JSON.stringify(
          { platform: request.platform, ...about, environments: environmentsToJson(environments) },
          null,
          2,
        )
      : environmentsToText(environments),
  );
  if (request.objects !== null) await writeObjects(request.objects, environments.at(-1)?.objects ?? {});
  return hasFailure(environments) ? 1 : 0;
}

/** Null when only the manual is asked for; rejects with BadArgument. */
async function readArguments(args: readonly string[]): Promise<Request | null> {
  const { values, positionals } = parse(args);
  if (values.help === true) return null;
  const [task, ...more] = positionals;
  if (task === undefined)
    throw new BadArgument(
      'Name the folder of the function (its task), for example: npm run invoke -- content/examples/print-the-stack/task',
    );
  if (more.length > 0)
    throw new BadArgument(
      `One folder is enough; what is ${more.join(' ')}? (Put an event in quotes, behind --event.)`,
    );
  const runtime =
    values.runtime === undefined
      ? null
      : await readRuntime(path.resolve(cwd, values.runtime), values.runtime);
  if (runtime !== null && values.platform !== undefined)
    throw new BadArgument(
      `--runtime ${values.runtime ?? ''} brings its own platform (${runtime.platform}): leave out --platform.`,
    );
  const platform = runtime?.platform ?? values.platform ?? 'lambda-2016';
  const platforms = await listPlatforms();
  if (!platforms.includes(platform))
    throw new BadArgument(`There is no platform "${platform}"; there is ${platforms.join(', ')}.`);
  const description = runtime?.description ?? (await readPlatform(platform)).description;
  return {
    platform,
    mode: values.mode === undefined ? null : readMode(values.mode, description),
    start: values.start === undefined ? null : readStart(values.start, description),
    extension: values.extension === undefined ? null : readExtension(values.extension),
    handler: values.handler ?? description.handler ?? 'lambda_function.lambda_handler',
    timeout: readTimeout(values.timeout ?? String(TIMEOUT)),
    isAhead: readClock(values.clock),
    events: await Promise.all((values.event ?? ['{}']).map(readEvent)),
    variables: Object.fromEntries((values.env ?? []).map(readVariable)),
    imageFiles: await readImageFiles(values['image-file'] ?? [], platform),
    json: values.json ?? false,
    runtime,
    exercise: values.exercise === undefined ? null : await readNamedExercise(values.exercise, values),
    objects: values.objects === undefined ? null : await readObjectsFolder(values.objects),
    task: await Promise.all([task, ...(values.over ?? [])].map(readTaskFolder)),
    layers: await readLayers(values.layer ?? [], description),
  };
}

/** What an exercise says itself, nobody else may. */
const OF_EXERCISE = [
  ...['platform', 'mode', 'start', 'extension', 'handler', 'layer', 'event', 'timeout', 'clock', 'env'],
  ...['image-file', 'objects', 'runtime'],
] as const;

async function readNamedExercise(id: string, given: Readonly<Record<string, unknown>>): Promise<Exercise> {
  const both = OF_EXERCISE.filter((name) => given[name] !== undefined);
  if (both.length > 0)
    throw new BadArgument(
      `--exercise ${id} says by itself what --${both.join(', --')} would say: leave that out.`,
    );
  try {
    return await readExercise(id);
  } catch (error) {
    if (error instanceof BadFile) throw new BadArgument(error.message);
    throw error;
  }
}

async function checkAttempt(exercise: Exercise, { task, json }: Request): Promise<number> {
  const files = await readFiles(task, (name) => name);
  const { runs, count, environments } = await attempt(exercise, files, {
    deadline: GRACE,
    waiting: 'suspended',
    world: 'real',
  });
  const verdicts = judge(exercise, runs, count);
  const said = exercise.statements.map(({ says, notYet }, index) => {
    const verdict = verdicts[index] ?? { is: 'unchecked', reason: { why: 'not-run' } };
    const why =
      verdict.is === 'true'
        ? ''
        : verdict.is === 'not-yet'
          ? notYet.en
          : uncheckedToSentence(verdict.reason, words.exercise.unchecked);
    return { says: says.en, ...verdict, why };
  });
  console.log(
    json
      ? JSON.stringify({ exercise: exercise.id, statements: said }, null, 2)
      : [environmentsToText(environments), '', exercise.task.en, ...said.flatMap(statementToLines)].join(
          '\n',
        ),
  );
  return verdicts.every((verdict) => verdict.is === 'true') ? 0 : 1;
}

const MARKS = { true: '✓', 'not-yet': '✗', unchecked: '–' } as const;

function statementToLines({
  says,
  is,
  why,
}: {
  readonly says: string;
  readonly is: keyof typeof MARKS;
  readonly why: string;
}): string[] {
  return [`${MARKS[is]} ${says}`, ...(why === '' ? [] : [`    ${why}`])];
}

async function readLayers(
  folders: readonly string[],
  { platform, layers }: PlatformDescription,
): Promise<string[]> {
  if (folders.length > 0 && layers === undefined)
    throw new BadArgument(`--layer ${folders.join(' ')}: ${platform} has no layers.`);
  return Promise.all(folders.map(readTaskFolder));
}

async function readTaskFolder(task: string): Promise<string> {
  const folder = path.resolve(cwd, task);
  const status = await stat(folder).catch(() => null);
  if (status === null) throw new BadArgument(`There is no folder ${task}.`);
  if (!status.isDirectory()) throw new BadArgument(`${task} is a file: name the folder that it lies in.`);
  return folder;
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        platform: { type: 'string' },
        mode: { type: 'string' },
        start: { type: 'string' },
        extension: { type: 'string' },
        handler: { type: 'string' },
        over: { type: 'string', multiple: true },
        layer: { type: 'string', multiple: true },
        event: { type: 'string', multiple: true },
        timeout: { type: 'string' },
        clock: { type: 'string' },
        env: { type: 'string', multiple: true },
        'image-file': { type: 'string', multiple: true },
        runtime: { type: 'string' },
        exercise: { type: 'string' },
        json: { type: 'boolean' },
        objects: { type: 'string' },
        help: { type: 'boolean' },
      },
    });
  } catch (error) {
    throw new BadArgument(error instanceof Error ? (error.message.split('\n', 1)[0] ?? '') : String(error));
  }
}

/** A file is handed out as it is, so that an event that is no JSON can be tried; text in place must be JSON. */
async function readEvent(text: string): Promise<string> {
  const file = path.resolve(cwd, text);
  // The empty text would name the folder itself, and a JSON text may be too long for a file's name.
  if (text !== '' && existsSync(file)) {
    const status = await stat(file);
    if (!status.isFile())
      throw new BadArgument(`--event ${text} is a folder: name a file, or write the JSON itself.`);
    return readFile(file, 'utf8');
  }
  try {
    JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new BadArgument(
      `--event ${JSON.stringify(text)} is neither a file that exists nor JSON (${reason}).`,
    );
  }
  return text;
}

function readStart(start: string, { platform, starts = {} }: PlatformDescription): string {
  const names = Object.keys(starts);
  if (names.includes(start)) return start;
  const there = names.length === 0 ? 'it starts in one way only' : `there is ${names.join(', ')}`;
  throw new BadArgument(`--start ${start}: ${platform} has no such way to start; ${there}.`);
}

function readExtension(kind: string): Extension {
  if (kind === 'internal' || kind === 'external') return kind;
  throw new BadArgument(`--extension ${kind}: an extension is internal or external.`);
}

function readMode(mode: string, { platform, modes = [] }: PlatformDescription): string {
  if (modes.includes(mode)) return mode;
  throw new BadArgument(
    modes.length === 0
      ? `The platform ${platform} waits in one way only: leave out --mode.`
      : `The platform ${platform} has no mode "${mode}"; there is ${modes.join(', ')}.`,
  );
}

function readTimeout(text: string): number {
  const milliseconds = Math.round(Number(text) * 1000);
  if (!(milliseconds >= 1 && milliseconds <= MAX_TIMEOUT * 1000)) {
    throw new BadArgument(
      `--timeout ${JSON.stringify(text)} has to be a number of seconds, at most ${String(MAX_TIMEOUT)}.`,
    );
  }
  return milliseconds;
}

function readVariable(text: string): readonly [string, string] {
  const at = text.indexOf('=');
  if (at < 1) throw new BadArgument(`--env ${JSON.stringify(text)} has to read NAME=VALUE.`);
  return [text.slice(0, at), text.slice(at + 1)];
}

/** Only what is there can be replaced: a mistyped path would change nothing, and say nothing. */
async function readImageFiles(texts: readonly string[], platform: string): Promise<Files> {
  const { files } = await readPlatform(platform);
  const entries = texts.map(async (text) => {
    const at = text.indexOf('=');
    if (at < 1) throw new BadArgument(`--image-file ${JSON.stringify(text)} has to read PATH=FILE.`);
    const place = text.slice(0, at);
    const name = text.slice(at + 1);
    if (!Object.hasOwn(files, place)) {
      throw new BadArgument(`--image-file: there is no ${place} on the disk of ${platform}.`);
    }
    const file = path.resolve(cwd, name);
    const status = await stat(file).catch(() => null);
    if (status?.isFile() !== true) throw new BadArgument(`--image-file: there is no file ${name}.`);
    return [place, await readFile(file)] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}

function readClock(text: string | undefined): boolean {
  if (text !== undefined && text !== 'ahead')
    throw new BadArgument(
      `--clock ${JSON.stringify(text)}: there is only ahead, or the machine's own without it.`,
    );
  return text === 'ahead';
}

async function readObjectsFolder(text: string): Promise<string> {
  const folder = path.resolve(cwd, text);
  const status = await stat(folder).catch(() => null);
  if (status !== null && !status.isDirectory())
    throw new BadArgument(`--objects ${text} is a file: name a folder.`);
  return folder;
}

async function run(request: Request): Promise<EnvironmentRecord[]> {
  const { start, runtime } = request;
  const image = runtime === null ? await readBundle(request.platform) : { ...runtime, files: runtime.image };
  const description = start === null ? image.description : chooseStart(image.description, start);
  return runInNode(
    {
      platform: description,
      image: { ...image.files, ...request.imageFiles },
      task: {
        ...(await readFiles(request.layers, (name) => `${description.layers ?? ''}/${name}`)),
        ...(await readFiles(request.task, (name) => taskPath(description, name))),
      },
      setup: {
        handler: request.handler,
        suppressInit: false,
        ...(request.mode === null ? {} : { mode: request.mode }),
        ...(request.start === null ? {} : { start: request.start }),
        ...(request.extension === null ? {} : { extension: request.extension }),
        ...(request.isAhead ? { clock: 'ahead' } : {}),
        timeout: request.timeout,
        variables: { ...description.variables, ...request.variables },
      },
      objects: {},
    },
    request.events,
    {
      limits: runtime === null ? LIMITS : RECORDED,
      deadline: request.timeout + GRACE,
      waiting: 'suspended',
      world: 'real',
    },
  );
}

async function readBundle(platform: string): Promise<{ description: PlatformDescription; files: Files }> {
  const { description, files } = await readPlatform(platform);
  return { description, files: contentsToFiles(files) };
}

/** The files of these folders, each by its path on the platform's disk. */
async function readFiles(folders: readonly string[], toPath: (name: string) => string): Promise<Files> {
  const contents = await Promise.all(
    folders.map((folder) =>
      readFolder(folder, '').catch((error: unknown) => {
        // What an unpacker has given a name of other bytes than UTF-8 cannot be opened by the name that is listed.
        throw new BadFile(
          `${String(error)}\nEvery file of a folder has to be readable, and its name UTF-8: rename it, or unpack the zip anew.`,
        );
      }),
    ),
  );
  const files = contents.flatMap((content) => Object.entries(contentsToFiles(content)));
  return Object.fromEntries(files.map(([name, file]) => [toPath(name), file]));
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (error instanceof BadArgument || error instanceof BadFile || error instanceof BadRuntime) {
    console.error(error.message);
    process.exitCode = 2;
  } else if (error instanceof NodeEnvironmentFailed) {
    console.error(`The model could not be run: ${error.message}`);
    process.exitCode = 1;
  } else throw error;
}
