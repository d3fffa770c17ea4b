/**
 * How a reader's function is set up, as one of their texts: JSON with these keys. What else a setup has is the platform's, or
 * as the bench came with it.
 */
import type { FunctionSetup } from '../../trace/recording.ts';

/** What a reader sets. */
export interface BenchSetup {
  readonly handler: string;
  /** Milliseconds. */
  readonly timeout: number;
  /** Megabytes; null where the platform says nothing of it to the process. */
  readonly memory: number | null;
  /** Variables of the function's own. */
  readonly variables: Readonly<Record<string, string>>;
}

/** The variables by which a platform tells the process how much memory the function has. */
const MEMORY_VARIABLES = ['AWS_LAMBDA_FUNCTION_MEMORY_SIZE', 'FN_MEMORY'] as const;

/** What a recorded setup leaves to the reader. */
export function setupToBench({ handler, timeout, variables }: FunctionSetup): BenchSetup {
  const name = MEMORY_VARIABLES.find((one) => Object.hasOwn(variables, one));
  return { handler, timeout, memory: name === undefined ? null : Number(variables[name]), variables: {} };
}

/** The text of a setup. Equal ones have equal texts: variables are in the order of their names. */
export function benchToText({ handler, timeout, memory, variables }: BenchSetup): string {
  const sorted = Object.fromEntries(Object.entries(variables).sort(([a], [b]) => (a < b ? -1 : 1)));
  return JSON.stringify({ handler, timeout, ...(memory !== null && { memory }), variables: sorted }, null, 2);
}

/** Reads such a text; it is the page's own, or what the browser has kept of it. */
export function textToBench(text: string): BenchSetup {
  const { memory = null, ...rest } = JSON.parse(text) as Omit<BenchSetup, 'memory'> & { memory?: number };
  return { ...rest, memory };
}

/** The setup of a run. What the platform itself sets stays as it is. */
export function applySetup(setup: FunctionSetup, text: string): FunctionSetup {
  const { handler, timeout, memory, variables } = textToBench(text);
  const name = MEMORY_VARIABLES.find((one) => Object.hasOwn(setup.variables, one));
  const own = Object.entries(variables).filter(([one]) => !isReserved(one));
  return {
    ...setup,
    handler,
    timeout,
    variables: {
      ...setup.variables,
      ...Object.fromEntries(own),
      ...(name !== undefined && memory !== null && { [name]: String(memory) }),
    },
  };
}

/** Whether a variable's name is one that a platform keeps for itself, as Lambda's documentation lists them. */
export function isReserved(name: string): boolean {
  return (
    /^(?:AWS_LAMBDA_|_LAMBDA_|LAMBDA_|__OW_|FN_|FDK_|_AWS_XRAY_|AWS_XRAY_)/.test(name) ||
    [
      '_HANDLER',
      '_X_AMZN_TRACE_ID',
      'AWS_DEFAULT_REGION',
      'AWS_REGION',
      'AWS_EXECUTION_ENV',
      'AWS_ACCESS_KEY',
      'AWS_ACCESS_KEY_ID',
      'AWS_SECRET_ACCESS_KEY',
      'AWS_SESSION_TOKEN',
      'FLASK_PROXY_PORT',
    ].includes(name)
  );
}

/** Whether a variable can have that name at all. */
export function isVariableName(name: string): boolean {
  return /^[A-Za-z]\w{0,199}$/.test(name);
}
