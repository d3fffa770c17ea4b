/**
 * `npm run conformance`: runs cases that were measured on a platform's real runtime against its model.
 * USAGE below is its manual.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { listPlatforms, readHarness, readPlatform } from '../src/integrations/platforms.ts';
import { NodeEnvironmentFailed } from '../src/integrations/node-environment.ts';
import { contentsToFiles } from '../src/trace/file-content.ts';
import { readCases, type Case, type Expectation } from './conformance/case.ts';
import { compare } from './conformance/compare.ts';
import { compareWithEmulator } from './conformance/emulator.ts';
import { reasonMarked, reasonSeen, reasonToSkip } from './conformance/skip-reasons.ts';
import type { Subject } from './conformance/observe.ts';
import type { Order, Report } from './conformance/observe.child.ts';

const USAGE = `Usage: npm run conformance -- [--platform lambda-today] DIR

Runs every case in the files of the folder DIR on the platform's model and compares what it does with what
was measured. Its last line counts the cases that passed, failed, and were skipped. Exit status: 0 when no
case failed, 1 when one did, 2 for bad arguments.`;

const FIXTURES = path.resolve(import.meta.dirname, '../tests/fixtures/conformance');
const CHILD = path.join(import.meta.dirname, 'conformance/observe.child.ts');
/** As many as there are cores on a small machine. */
const PROCESSES = 2;
/** Far above what a case takes: only one that hangs meets it. Milliseconds. */
const DEADLINE = 60_000;
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
    options: { platform: { type: 'string', default: 'lambda-today' }, help: { type: 'boolean' } },
    allowPositionals: true,
  });
  if (values.help === true) {
    console.log(USAGE);
    return 0;
  }
  const [folder, ...more] = positionals;
  if (folder === undefined || more.length > 0) throw new RangeError('Name one folder of cases.');
  const cases = await readCases(path.resolve(cwd, folder));
  const verdicts = await judgeAll(cases, await readSubject(values.platform), await readBase());
  for (const [name, verdict] of verdicts) print(name, verdict);
  const count = (kind: Verdict['kind']): number =>
    [...verdicts.values()].filter((verdict) => verdict.kind === kind).length;
  console.log(`${count('passed')} passed, ${count('failed')} failed, ${count('skipped')} skipped`);
  return count('failed') === 0 ? 0 : 1;
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
  const work = async (): Promise<void> => {
    const runner = new Runner(subject, base);
    for (let case_ = left.shift(); case_ !== undefined; case_ = left.shift())
      verdicts.set(case_.name, await judge(case_, runner));
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

/** A process that runs cases; a new one takes the place of one that a case has broken. */
class Runner {
  readonly subject: Subject;
  readonly base: Readonly<Record<string, string>>;
  #child: ChildProcess | null = null;

  constructor(subject: Subject, base: Readonly<Record<string, string>>) {
    this.subject = subject;
    this.base = base;
  }

  /** What the model did, or in words why that cannot be said. */
  async observe(case_: Case): Promise<Expectation | string> {
    const child = (this.#child ??= await this.#start());
    let watch: NodeJS.Timeout | undefined;
    const result = await new Promise<Expectation | string>((resolve) => {
      const onExit = (code: number | null): void => {
        resolve(`Python's process ended with ${String(code)}`);
      };
      child.once('exit', onExit);
      child.once('message', (report: Report) => {
        child.off('exit', onExit);
        if (report.type === 'observed') resolve(report.observed);
        else resolve(report.type === 'broken' ? `Python broke: ${report.message}` : 'Python started twice');
      });
      watch = setTimeout(resolve, DEADLINE, `It did not end within ${String(DEADLINE / 1000)} seconds`);
      child.send({ type: 'case', case: case_ } satisfies Order);
    });
    clearTimeout(watch);
    if (typeof result === 'string') this.end();
    return result;
  }

  end(): void {
    this.#child?.kill('SIGKILL');
    this.#child = null;
  }

  async #start(): Promise<ChildProcess> {
    const child = fork(CHILD, [], {
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      // Cases were measured in UTC; Python here takes the machine's zone.
      env: { ...process.env, TZ: 'UTC' },
      // Warnings of Node's own (JSPI is experimental there) are nobody's business here.
      execArgv: ['--no-warnings'],
    });
    await new Promise<void>((resolve, reject) => {
      child.once('message', () => {
        resolve();
      });
      child.once('exit', (code) => {
        reject(new Error(`Python could not be started: its process ended with ${String(code)}.`));
      });
    });
    child.removeAllListeners('exit');
    child.send({ type: 'subject', subject: this.subject, base: this.base } satisfies Order);
    return child;
  }
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof RangeError || (error instanceof TypeError && 'code' in error))) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
