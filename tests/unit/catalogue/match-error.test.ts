import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { matchError, toPlain, type ErrorKeys } from '../../../src/catalogue/match-error.ts';

const error = (id: string, keys: readonly string[], rest: Partial<ErrorKeys> = {}): ErrorKeys => ({
  id,
  platform: 'lambda-today',
  keys,
  isGeneral: false,
  ...rest,
});

const ERRORS = [
  error('exception', ['traceback (most recent call last)'], { isGeneral: true }),
  error('import', ['unable to import module']),
  error('exit', ['exit status']),
  error('exit-at-import', ['phase: init status: error error type: runtime.exiterror']),
  error('other', ['exit status'], { platform: 'fn' }),
];

describe('an error is known by its lines', () => {
  it('whose letters and spaces may be written otherwise', () => {
    const line = "[ERROR] Runtime.ImportModuleError: Unable  to import module 'x'";
    assert.equal(matchError(line, ERRORS)?.id, 'import');
    assert.equal(toPlain('A\tB\n\u00A0 c'), 'a b c');
  });

  it('by the longest key that is there', () => {
    const log = 'INIT_REPORT\tPhase: init\tStatus: error\tError Type: Runtime.ExitError\nexit status 1';
    assert.equal(matchError(log, ERRORS)?.id, 'exit-at-import');
    assert.equal(matchError('exit status 1', ERRORS)?.id, 'exit');
  });

  it('and by a general one only where no other is', () => {
    const lines = 'Unable to import module\nTraceback (most recent call last):';
    assert.equal(matchError(lines, ERRORS)?.id, 'import');
    assert.equal(matchError('Traceback (most recent call last):', ERRORS)?.id, 'exception');
  });

  it('among those of its own platform', () => {
    assert.equal(matchError('exit status 1', ERRORS, 'fn')?.id, 'other');
    assert.equal(matchError('nothing of the kind', ERRORS), null);
  });
});
