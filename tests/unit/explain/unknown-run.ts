import type { Run } from '../../../src/explain/explanation.ts';

/** An attempt of which the lines tell nothing. */
export const UNKNOWN_RUN: Run = {
  requestId: null,
  attempt: 1,
  start: 'unknown',
  outcome: 'unknown',
  errorType: null,
  error: null,
  python: null,
  durationMs: null,
  billedMs: null,
  initMs: null,
  initBilled: null,
  memoryMb: null,
  usedMb: null,
  from: null,
  to: null,
  before: 'unknown',
  isEmulated: false,
  lines: [],
};
