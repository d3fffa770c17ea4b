import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LANGUAGES } from '../../../src/i18n/languages.ts';
import { stringsOf } from '../../../src/i18n/strings.ts';
import { FrameRefuses, partToSaid } from '../../../src/lab/part-missing.ts';
import { errorToProblem } from '../../../src/lab/problem-words.ts';
import { fill } from '../../../src/lab/words.ts';
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
} from '../../../src/sandbox/errors.ts';

const ERRORS: readonly unknown[] = [
  new PythonFileMissing('pyodide.asm.wasm', 404),
  new PythonFileMissing('pyodide.asm.wasm', null),
  new PythonFileDamaged('pyodide.asm.wasm', false),
  new PythonFileDamaged('pyodide.asm.wasm', true),
  new PythonFileStalled('pyodide.asm.wasm', 20),
  new InsecureOrigin('http://192.0.2.1'),
  new RunnerBlocked('frame'),
  new RunnerBlocked('worker'),
  new BootStalled(30),
  new EnvironmentCrashed('RangeError', 'Maximum call stack size exceeded'),
  new WebAssemblyMissing(),
  new PythonFileMissing('pyodide.asm.wasm', 503),
  new PolicyRefuses('blob: (script-src)', null),
  'not even an error',
];

test('each named error is its own sentence', () => {
  const keys = ERRORS.map((error) => errorToProblem(error).key);
  assert.deepEqual(keys, [
    'missing',
    'unreachable',
    'damaged',
    'portal',
    'stalled',
    'insecure',
    'frameBlocked',
    'workerBlocked',
    'bootStalled',
    'crashed',
    'noWebAssembly',
    'busy',
    'policy',
    'unknown',
  ]);
});

test('the sentence of every error can be filled in every language', () => {
  for (const language of LANGUAGES) {
    const { problem } = stringsOf(language);
    for (const error of ERRORS) {
      const { key, values } = errorToProblem(error);
      assert.doesNotMatch(fill(problem[key], values), /[{}]|undefined/);
    }
  }
});

test('trying again is offered unless only another address, or another browser, can help', () => {
  const hopeless = ERRORS.filter((error) => !errorToProblem(error).retry);
  assert.deepEqual(
    hopeless.map((error) => errorToProblem(error).key),
    ['insecure', 'noWebAssembly', 'policy'],
  );
});

test('a part of the page that did not come is said to be fetched again, unless its frame refuses', () => {
  const { problem } = stringsOf('en').lab.live;
  assert.deepEqual(partToSaid(new TypeError('no'), problem), { text: problem.page, retry: true });
  assert.deepEqual(partToSaid(new FrameRefuses(), problem), { text: problem.embedded, retry: false });
});
