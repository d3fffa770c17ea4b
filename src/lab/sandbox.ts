/**
 * What runs a lab, and what says why it does not: one part of the page's scripts, fetched when somebody may run something or something
 * has failed. It imports nothing that another part shares with it, so that no second file can fail.
 */
export { policyBehind } from '../sandbox/host-policy.ts';
export { browserNetwork, PythonFiles } from '../sandbox/python-files.ts';
export { DEFAULT_DEADLINE, pageParts, Sandbox, type SandboxOptions } from '../sandbox/sandbox.ts';
export { fetchFaultToWords } from './fetch-fault.ts';
export { errorToProblem } from './problem-words.ts';
export { storedFaultToWords } from './storage/stored-fault.ts';
