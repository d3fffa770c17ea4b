/**
 * `npm run conformance`: runs cases that were measured on a platform's real runtime against its model.
 * USAGE below is its manual.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { listPlatforms, readHarness, readPlatform } from '../src/integrations/platforms.ts';
import { NodeEnvironmentFailed } from '../src/integrations/node-process.ts';
import { contentsToFiles } from '../src/trace/file-content.ts';
import { BadRuntime, readRuntime } from './invoke-runtime.ts';
import { readCases, type Case } from './conformance/case.ts';
import { compare } from './conformance/compare.ts';
import { compareWithEmulator } from './conformance/emulator.ts';
import { reasonMarked, reasonSeen, reasonToSkip } from './conformance/skip-reasons.ts';
import type { Subject } from './conformance/observe.ts';
import { makeCases } from './conformance/random.ts';
import { Runner } from './conformance/runner.ts';
import { compareWays, findCPython } from './conformance/ways.ts';

const USAGE = `Usage: npm run conformance -- [--platform lambda-today | --runtime DIR|FILE] DIR
       npm run conformance -- --random N [--seed S]

Runs every case in the files of the folder DIR (or those that --names NAME,NAME names) on the platform's model and compares what it does with what
was measured. Its last line counts the cases that passed, failed, and were skipped. Exit status: 0 when no
case failed, 1 when one did, 2 for bad arguments.

With --runtime the cases run on a runtime that somebody brings, a folder or an archive, in the place of the model's.

With --random no case is read: N handlers are made, of every kind in turn, and each runs in three ways: in a
Python that is suspended while it waits, in one that never is, and in CPython (PYTHON names it; without one
that way is left out, and the last line says so). The three have to agree.`;

const FIXTURES = path.resolve(import.meta.dirname, '../tests/fixtures/conformance');
/** As many as there are cores on a small machine. */
const PROCESSES = 2;
/** Characters of one line of a difference. */
const LINE_LIMIT = 2000;

/** What became of one case. */
type Verdict =
  | { readonly kind: 'passed' }
  | { readonly kind: 'failed'; readonly differences: readonly string[] }
  | { readonly kind: 'skipped'; readonly reason: string };

/** Where the person stands: npm itself has gone to the project's folder. */
const cwd = process.env.INIT_CWD ?? process.cwd();

async function main(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: {
      platform: { type: 'string', default: 'lambda-today' },
      runtime: { type: 'string' },
      names: { type: 'string' },
      random: { type: 'string' },
      seed: { type: 'string', default: '1' },
      help: { type: 'boolean' },
    },
    allowPositionals: true,
  });
  if (values.help === true) {
    console.log(USAGE);
    return 0;
  }
  if (values.random !== undefined) {
    if (positionals.length > 0) throw new RangeError('Handlers made at random need no folder of cases.');
    return compareRandom(toCount('random', values.random), toCount('seed', values.seed), values.platform);
  }
  const [folder, ...more] = positionals;
  if (folder === undefined || more.length > 0) throw new RangeError('Name one folder of cases.');
  const wanted = values.names === undefined ? null : new Set(values.names.split(','));
  const cases = (await readCases(path.resolve(cwd, folder))).filter(
    ({ name }) => wanted === null || wanted.has(name),
  );
  const subject =
    values.runtime === undefined
      ? await readSubject(values.platform)
      : await readBrought(path.resolve(cwd, values.runtime), values.runtime);
  const verdicts = await judgeAll(cases, subject, await readBase());
  for (const [name, verdict] of verdicts) print(name, verdict);
  const count = (kind: Verdict['kind']): number =>
    [...verdicts.values()].filter((verdict) => verdict.kind === kind).length;
  console.log(`${count('passed')} passed, ${count('failed')} failed, ${count('skipped')} skipped`);
  return count('failed') === 0 ? 0 : 1;
}

function toCount(name: string, text: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 1)
    throw new RangeError(`--${name} takes a number from 1 on.`);
  return number;
}

/** The ways that a handler may run in, against each other. */
async function compareRandom(count: number, seed: number, platform: string): Promise<number> {
  const subject = await readSubject(platform);
  const base = await readBase();
  const cpython = findCPython();
  const verdicts = await workThrough(makeCases(count, seed), subject, base, async (case_, runner) => {
    const differences = await compareWays(case_, runner, cpython);
    return differences.length === 0 ? { kind: 'passed' } : { kind: 'failed', differences };
  });
  for (const [name, verdict] of verdicts) print(name, verdict);
  const failed = [...verdicts.values()].filter(({ kind }) => kind === 'failed').length;
  const ways = cpython === null ? 'two ways, for want of a CPython' : 'three ways';
  console.log(`${String(count)} handlers with seed ${String(seed)}: ${String(failed)} differ in ${ways}`);
  return failed === 0 ? 0 : 1;
}

async function readSubject(platform: string): Promise<Subject> {
  const platforms = await listPlatforms();
  if (!platforms.includes(platform))
    throw new RangeError(`There is no platform "${platform}"; there is ${platforms.join(', ')}.`);
  const { description, files } = await readPlatform(platform);
  if (description.connects === undefined)
    throw new RangeError(`${platform} has no Runtime API: these cases say nothing of it.`);
  return { description, image: contentsToFiles(files), harness: await readHarness() };
}

async function readBrought(place: string, name: string): Promise<Subject> {
  const { description, image } = await readRuntime(place, name);
  if (description.connects === undefined)
    throw new RangeError(`--runtime ${name} has no Runtime API: these cases say nothing of it.`);
  return { description, image, harness: await readHarness() };
}

/** The variables that every case starts from. */
async function readBase(): Promise<Record<string, string>> {
  const text = await readFile(path.join(FIXTURES, 'base_env.json'), 'utf8');
  return JSON.parse(text) as Record<string, string>;
}

/** In the order of the cases, whichever is ready first. */
async function judgeAll(
  cases: readonly Case[],
  subject: Subject,
  base: Readonly<Record<string, string>>,
): Promise<Map<string, Verdict>> {
  const verdicts = new Map<string, Verdict>(cases.map(({ name }) => [name, { kind: 'passed' }]));
  const left = cases.filter((case_) => {
    const reason = reasonToSkip(case_);
    if (reason !== null) verdicts.set(case_.name, { kind: 'skipped', reason });
    return reason === null;
  });
  const judged = await workThrough(left, subject, base, judge);
  for (const [name, verdict] of judged) verdicts.set(name, verdict);
  return verdicts;
}

/** Several at once, each in a process of its own. */
async function workThrough(
  cases: readonly Case[],
  subject: Subject,
  base: Readonly<Record<string, string>>,
  judgeOne: (case_: Case, runner: Runner) => Promise<Verdict>,
): Promise<Map<string, Verdict>> {
  const verdicts = new Map<string, Verdict>(cases.map(({ name }) => [name, { kind: 'passed' }]));
  const left = [...cases];
  const work = async (): Promise<void> => {
    const runner = new Runner(subject, base);
    for (let case_ = left.shift(); case_ !== undefined; case_ = left.shift())
      verdicts.set(case_.name, await judgeOne(case_, runner));
    runner.end();
  };
  await Promise.all(Array.from({ length: Math.min(PROCESSES, left.length) }, work));
  return verdicts;
}

async function judge(case_: Case, runner: Runner): Promise<Verdict> {
  // Where the runtime itself was not measured, the emulator was: platform and runtime together.
  if (case_.expect === undefined) {
    const differences =
      case_.rie === undefined
        ? ['There is nothing in it to compare with.']
        : await compareWithEmulator(case_, case_.rie, runner.base, runner.subject).catch(toSentence);
    return differences.length === 0 ? { kind: 'passed' } : { kind: 'failed', differences };
  }
  const observed = await runner.observe(case_);
  if (typeof observed === 'string') return { kind: 'failed', differences: [observed] };
  const differences = compare(case_.expect, observed, case_.unordered);
  if (differences.length === 0) return { kind: 'passed' };
  const reason = reasonSeen(observed) ?? reasonMarked(case_);
  return reason === null ? { kind: 'failed', differences } : { kind: 'skipped', reason };
}

/** A model that breaks has failed the case, and not the command. */
function toSentence(error: unknown): string[] {
  if (error instanceof NodeEnvironmentFailed) return [error.message];
  throw error;
}

function print(name: string, verdict: Verdict): void {
  if (verdict.kind === 'skipped') console.log(`- ${name}: skipped; ${verdict.reason}`);
  if (verdict.kind === 'failed')
    console.log(`✗ ${name}\n${verdict.differences.join('\n').split('\n').map(toShortLine).join('\n')}`);
}

function toShortLine(line: string): string {
  const shown =
    line.length > LINE_LIMIT ? `${line.slice(0, LINE_LIMIT)} … (${String(line.length)} characters)` : line;
  return `    ${shown}`;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(
    error instanceof RangeError ||
    error instanceof BadRuntime ||
    (error instanceof TypeError && 'code' in error)
  ))
    throw error;
  console.error(error.message);
  process.exitCode = 2;
}
