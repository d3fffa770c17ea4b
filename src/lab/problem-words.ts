/** What does the lab tell a reader whose run could not begin or broke? A key of its texts, their values, and whether to try again. */
import {
  BootStalled,
  EnvironmentCrashed,
  InsecureOrigin,
  PolicyRefuses,
  PythonFileDamaged,
  PythonFileMissing,
  PythonFileStalled,
  RunnerBlocked,
  WebAssemblyMissing,
} from '../sandbox/errors.ts';
import type { ProblemKey, Values } from './words.ts';

export interface Problem {
  readonly key: ProblemKey;
  readonly values: Values;
  /** Whether trying again, with nothing else changed, can help. */
  readonly retry: boolean;
}

/** What a host answers to who asks too often. */
const TOO_MANY = 429;

/** The problem that an error is to the reader. */
export function errorToProblem(error: unknown): Problem {
  if (error instanceof PythonFileMissing) {
    const { file, status } = error;
    if (status === null) return { key: 'unreachable', values: { file }, retry: true };
    const isBusy = status >= 500 || status === TOO_MANY;
    return { key: isBusy ? 'busy' : 'missing', values: { file, status }, retry: true };
  }
  if (error instanceof PythonFileDamaged) {
    return { key: error.isPage ? 'portal' : 'damaged', values: { file: error.file }, retry: true };
  }
  if (error instanceof PythonFileStalled) {
    return { key: 'stalled', values: { file: error.file, seconds: error.seconds }, retry: true };
  }
  if (error instanceof InsecureOrigin) {
    return { key: 'insecure', values: { origin: error.origin }, retry: false };
  }
  if (error instanceof WebAssemblyMissing) return { key: 'noWebAssembly', values: {}, retry: false };
  if (error instanceof RunnerBlocked) {
    return { key: error.part === 'frame' ? 'frameBlocked' : 'workerBlocked', values: {}, retry: true };
  }
  if (error instanceof PolicyRefuses)
    return { key: 'policy', values: { lacking: error.lacking }, retry: false };
  if (error instanceof BootStalled) {
    return { key: 'bootStalled', values: { seconds: error.seconds }, retry: true };
  }
  if (error instanceof EnvironmentCrashed) return { key: 'crashed', values: {}, retry: true };
  return { key: 'unknown', values: { message: describe(error) }, retry: true };
}

/** Some of Pyodide's faults are no `Error`. */
function describe(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
