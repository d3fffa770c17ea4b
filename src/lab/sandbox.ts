/**
 * What runs a lab, and what says why it does not: one part of the page's scripts, fetched when somebody may run something or something
 * has failed. It imports nothing that another part shares with it, so that no second file can fail.
 */
export { EnvironmentCrashed } from '../sandbox/errors.ts';
export { browserNetwork, PythonFiles } from '../sandbox/python-files.ts';
export { DEFAULT_DEADLINE, pageParts, Sandbox, type SandboxOptions } from '../sandbox/sandbox.ts';
export { fetchFaultToText, runFaultToSaid, storedFaultToText } from './fetch-fault.ts';
