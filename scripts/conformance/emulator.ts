/**
 * Runs a case that was measured under the Runtime Interface Emulator, as the site runs a platform: with its own
 * service behind it, in a process of Node's. What the emulator does in its own way is told apart from what Lambda
 * does, and so the model: its log and its answers are put into the emulator's form before they are compared.
 */
import { runInNode } from '../../src/integrations/node-environment.ts';
import type { EnvironmentRecord } from '../../src/integrations/node-life.ts';
import { eventsToLog, type Outcome, type RecordedRun } from '../../src/trace/format.ts';
import { differenceToText } from '../difference.ts';
import { eventToBytes, type Case, type EmulatorExpectation } from './case.ts';
import { startOf, variablesOf, type Subject } from './observe.ts';

/** Of Python's that runs here; only the masked version of a path would tell. */
const PYTHON = '3.14';
const DEFAULT_TIMEOUT = 300_000;

/** Every difference from what was measured, as text for a person. */
export async function compareWithEmulator(
  case_: Case,
  expected: EmulatorExpectation,
  base: Readonly<Record<string, string>>,
  { description, image }: Subject,
): Promise<string[]> {
  const variables = variablesOf(case_, base, PYTHON);
  const seconds = Number(variables.AWS_LAMBDA_FUNCTION_TIMEOUT);
  const task = Object.entries(case_.handler_files).map(([name, text]) => [
    `${description.task}/${name}`,
    text,
  ]);
  const environments = await runInNode(
    {
      platform: startOf(description, case_),
      image,
      task: Object.fromEntries(task) as Record<string, string>,
      setup: {
        handler: case_.handler ?? '',
        suppressInit: false,
        timeout: seconds > 0 ? seconds * 1000 : DEFAULT_TIMEOUT,
        variables,
      },
      objects: {},
    },
    case_.events.map((event) => new TextDecoder().decode(eventToBytes(event))),
    { limits: { events: 0, output: 1_000_000 }, deadline: 60_000, waiting: 'suspended', world: 'simulated' },
  );
  const answers = environments.flatMap(({ runs }) => runs.map(({ outcome }) => toEmulatorBody(outcome)));
  const fields: [string, string, string][] = [
    ['answers', expected.invocations.map(({ body }) => body).join('\n'), answers.join('\n')],
    ['log', maskLog(expected.log), maskLog(toEmulatorLog(environments))],
  ];
  return fields
    .filter(([, before, after]) => before !== after)
    .map(([name, before, after]) => `${name}: - measured, + model\n${differenceToText(before, after)}`);
}

/** The emulator leaves out when and which invocation was too late, and answers for a dead process with nothing. */
function toEmulatorBody(outcome: Outcome): string {
  if (outcome.status === 'timed-out')
    return /Task timed out after [\d.]+ seconds/.exec(outcome.payload)?.[0] ?? '';
  return outcome.status === 'returned' || outcome.status === 'raised' ? outcome.payload : '';
}

/**
 * It tells nothing of the init phase but its duration, which stands first and in every first REPORT; nothing of how an
 * invocation ended; and it begins each invocation before the init phase of its process.
 */
function toEmulatorLog(environments: readonly EnvironmentRecord[]): string {
  return environments
    .flatMap(({ runs }) => runs.map((run) => toEmulatorRun(run)))
    .join('')
    .replaceAll(/^(REPORT [^\t]*\t)(.*?)(Init Duration: [^\t]*\t)$/gm, '$1$3$2')
    .replaceAll(/(Memory Size: (\d+) MB\tMax Memory Used: )\d+/g, '$1$2');
}

/** One invocation, whose init phase it tries once. */
function toEmulatorRun({ events }: RecordedRun): string {
  const log = eventsToLog(events).replace(/^INIT_START .*\n/, '');
  const [first = '', ...more] = log.split(/^INIT_REPORT .*\n/m);
  const answered = more.at(-1) ?? first;
  const tried = more.length === 0 ? '' : first;
  const [start = ''] = /^START .*\n/m.exec(answered) ?? [];
  const rest = answered.replace(start, '').replace(/\tStatus: .*$/m, '\t');
  return start + tried + rest;
}

/** Ids and durations are chance. */
function maskLog(log: string): string {
  return log
    .replaceAll(/(RequestId: )[-0-9a-f]{36}/g, '$1<ID>')
    .replaceAll(/Billed Duration: \d+ ms/g, 'Billed Duration: <N> ms')
    .replaceAll(/Duration: [\d.]+ ms/g, (text) => (text.includes('.') ? 'Duration: <N.NN> ms' : text));
}
