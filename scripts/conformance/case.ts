/**
 * One case of conformance, as a JSON file holds it: a handler, its events, and what the real runtime was
 * measured to do with them. tests/fixtures/conformance/README.md tells the format.
 */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

/** Text, or bytes that are none, or what is known of a long text. */
export type Body =
  | string
  | { readonly base64: string }
  | { readonly length: number; readonly sha256: string; readonly starts?: string; readonly ends?: string };

/** One POST of the runtime. Header names are in lower case. */
export interface Post {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Body;
}

/** One message on the descriptor for log frames. */
export interface Frame {
  readonly type: string;
  readonly length: number;
  readonly message: string;
}

export interface Expectation {
  readonly traffic: readonly string[];
  readonly responses: readonly Post[];
  readonly log: string;
  readonly stdout: string;
  readonly stderr: string;
  readonly frames?: readonly Frame[];
  /** A status, negative for a signal, or that the process lives on. */
  readonly exit: number | string;
}

/** What a caller and the log saw under the Runtime Interface Emulator. */
export interface EmulatorExpectation {
  readonly invocations: readonly { readonly body: string }[];
  readonly log: string;
}

export interface CaseEvent {
  readonly body?: string;
  readonly body_base64?: string;
  readonly body_repeat?: {
    readonly prefix: string;
    readonly unit: string;
    readonly count: number;
    readonly suffix: string;
  };
  /** Headers of the `next` answer: replaced, or removed by null. */
  readonly headers?: Readonly<Record<string, string | null>>;
  readonly deadline_in_ms?: number;
}

export interface Case {
  readonly name: string;
  readonly handler: string | null;
  readonly handler_files: Readonly<Record<string, string>>;
  readonly env: Readonly<Record<string, string | null>>;
  readonly events: readonly CaseEvent[];
  /** Statuses other than the usual that the Runtime API answers with. */
  readonly server?: Readonly<Record<string, number>>;
  readonly telemetry_fd?: boolean;
  readonly then_signal?: string;
  readonly unordered?: boolean;
  /** Why what was measured cannot come out in a browser, or only under the Python that was measured. */
  readonly browser?: string;
  readonly python?: string;
  /** Absent where nothing but an emulator was measured. */
  readonly expect?: Expectation;
  readonly rie?: EmulatorExpectation;
}

/** Files of a folder of cases that are none. */
const NO_CASES = new Set(['HISTORY.json', 'INDEX.json', 'base_env.json']);

/** What a case may leave out. */
const NOTHING_SET = { env: {}, events: [] };

/** Every case of a folder, in the order of the files, each of which holds one or a list. Rejects with a sentence for a person. */
export async function readCases(folder: string): Promise<Case[]> {
  const names = await readdir(folder).catch((cause: unknown) => {
    throw new RangeError(`There is no folder ${folder}.`, { cause });
  });
  const files = names.filter((name) => name.endsWith('.json') && !NO_CASES.has(name)).sort();
  const cases = await Promise.all(files.map((name) => readFileOfCases(path.join(folder, name))));
  if (cases.flat().length === 0) throw new RangeError(`There is no case in ${folder}.`);
  return cases.flat();
}

async function readFileOfCases(file: string): Promise<Case[]> {
  let value: unknown;
  try {
    value = JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    throw new RangeError(`${file} is not JSON: ${String(error)}`, { cause: error });
  }
  return [value].flat().map((item: unknown) => {
    if (!isCase(item)) throw new RangeError(`${file} is no case: it needs name, handler and handler_files.`);
    const { expect } = item;
    return {
      ...NOTHING_SET,
      ...item,
      ...(expect === undefined ? {} : { expect: completeExpectation(expect) }),
    };
  });
}

/** What a compact file leaves out: no POST, nothing on standard error, and so all of the log on standard output. */
function completeExpectation(expect: Partial<Expectation> & Pick<Expectation, 'log'>): Expectation {
  return {
    traffic: [],
    responses: [],
    stdout: expect.log,
    stderr: '',
    exit: 0,
    ...expect,
  };
}

function isCase(value: unknown): value is Case {
  return (
    typeof value === 'object' &&
    value !== null &&
    'name' in value &&
    'handler' in value &&
    'handler_files' in value
  );
}

/** The body of an event as bytes. */
export function eventToBytes(event: CaseEvent): Uint8Array {
  if (event.body_base64 !== undefined) return Buffer.from(event.body_base64, 'base64');
  const repeat = event.body_repeat;
  const text =
    repeat === undefined
      ? (event.body ?? '')
      : `${repeat.prefix}${repeat.unit.repeat(repeat.count)}${repeat.suffix}`;
  return new TextEncoder().encode(text);
}
