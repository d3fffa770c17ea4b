/** The platform's own lines in the log of 2016, around an invocation's output: START, END and REPORT [EAWSY]. */
import type { FunctionSetup } from '../../trace/recording.ts';

/** Lambda charged in steps of this many milliseconds then [EAWSY]. */
const BILLING_STEP = 100;

export function startLine(request: string, { variables }: FunctionSetup): string {
  return `START RequestId: ${request} Version: ${variables.AWS_LAMBDA_FUNCTION_VERSION ?? '$LATEST'}\n`;
}

/** END and REPORT with their tabs; `duration` in milliseconds, `memoryUsed` in megabytes. */
export function endLines(
  request: string,
  { variables }: FunctionSetup,
  duration: number,
  memoryUsed: number,
): string {
  const billed = Math.max(BILLING_STEP, Math.ceil(duration / BILLING_STEP) * BILLING_STEP);
  const size = variables.AWS_LAMBDA_FUNCTION_MEMORY_SIZE ?? '128';
  return (
    `END RequestId: ${request}\n` +
    `REPORT RequestId: ${request}\tDuration: ${duration.toFixed(2)} ms\tBilled Duration: ${String(billed)} ms \t` +
    `Memory Size: ${size} MB\tMax Memory Used: ${String(memoryUsed)} MB\n`
  );
}
