import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { errorOfRun } from '../../../src/catalogue/error-of-run.ts';
import type { ErrorKeys } from '../../../src/catalogue/match-error.ts';
import type { Outcome } from '../../../src/trace/format.ts';

const ERRORS: readonly ErrorKeys[] = [
  { id: 'exit', platform: 'lambda-today', keys: ['exit status'], isGeneral: false },
  { id: 'slow-init', platform: 'lambda-today', keys: ['phase: init status: timeout'], isGeneral: false },
];

const RETURNED: Outcome = { status: 'returned', payload: '1' };
const EXITED: Outcome = { status: 'exited', code: 1, payload: '{"errorMessage": "exit status 1"}' };

const errorOf = (log: string, outcome: Outcome): string | null =>
  errorOfRun({ events: [{ kind: 'output', stream: 'stdout', text: log }], outcome }, 'lambda-today', ERRORS)
    ?.id ?? null;

describe('the error that a run ended in', () => {
  it('is told by its log or its answer', () => {
    assert.equal(errorOf('', EXITED), 'exit');
    assert.equal(errorOf('', { status: 'raised', payload: '{"errorType": "KeyError"}' }), null);
  });

  it('is told by either end of an answer of millions of characters', () => {
    const [many, told] = ['x '.repeat(5_000_000), 'exit status 1'];
    const errorOfAnswer = (payload: string): string | null => errorOf('', { status: 'raised', payload });
    assert.deepEqual([told + many, many + told, many + told + many].map(errorOfAnswer), [
      'exit',
      'exit',
      null,
    ]);
  });

  it('is none where the function answered, whatever that has printed', () => {
    assert.equal(errorOf('the tool ended with exit status 1', RETURNED), null);
  });

  it('is that of an init which went wrong before', () => {
    const log = 'INIT_REPORT Init Duration: 10000.00 ms\tPhase: init\tStatus: timeout\n';
    assert.equal(errorOf(log, RETURNED), 'slow-init');
  });
});
