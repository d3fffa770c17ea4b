import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, suite, test } from 'node:test';
import { loadPyodide, type PyodideAPI } from 'pyodide';
import { bootImage } from '../../../src/integrations/boot-image.ts';
import { loadPythonFrom } from '../../../src/integrations/load-python.ts';
import { loadModuleFactory } from '../../../src/integrations/pyodide-module.ts';
import { errorToProblem } from '../../../src/lab/problem-words.ts';
import {
  findRuns,
  ImageWithoutMemory,
  loadFromImage,
  readImage,
  writeImage,
  type BootImage,
} from '../../../src/sandbox/boot-image.ts';
import { Environment } from '../../../src/sandbox/environment.ts';
import { EnvironmentCrashed } from '../../../src/sandbox/errors.ts';
import { PYTHON_OPTIONS } from '../../../src/sandbox/interpreter.ts';
import type { WorkerMessage } from '../../../src/sandbox/protocol.ts';
import { realWorld } from '../../../src/sandbox/world.ts';

const small: BootImage = {
  facts: { buildId: 'b', memory: 65_536, references: {}, modules: ['os'] },
  runs: Uint32Array.of(0, 2, 100, 1),
  bytes: Uint8Array.of(1, 2, 3),
};

/** A copy of a file with 32 bits of it changed. */
function withNumber(file: Uint8Array, at: number, number: number): Uint8Array {
  const copy = file.slice();
  new DataView(copy.buffer).setUint32(at, number, true);
  return copy;
}

suite('an image as a file', () => {
  test('reads as it was written, wherever in memory it lies', () => {
    const file = writeImage(small);
    assert.deepEqual(readImage(file), small);
    const shifted = new Uint8Array(file.length + 1);
    shifted.set(file, 1);
    assert.deepEqual(readImage(shifted.subarray(1)), small);
  });

  test('holds what differs, and what lies close between', () => {
    const heap = new Uint8Array(300);
    heap.set([1, 0, 2], 10);
    heap[200] = 3;
    assert.deepEqual(findRuns(heap, new Uint8Array(100)), {
      runs: Uint32Array.of(10, 3, 200, 1),
      bytes: Uint8Array.of(1, 0, 2, 3),
    });
  });

  const file = writeImage(small);
  const text = new TextDecoder('latin1').decode(file);
  const firstRun = file.length - small.bytes.length - small.runs.byteLength;
  for (const [name, spoilt] of [
    ['empty', new Uint8Array()],
    ['shorter than its header', file.subarray(0, 15)],
    ['cut', file.subarray(0, -1)],
    ['longer than it says', new Uint8Array([...file, 0])],
    ['of another kind', new TextEncoder().encode('<!doctype html><p>Not found')],
    ['one whose facts are no JSON', withNumber(file, text.indexOf('{'), 0)],
    ['one whose facts are another’s', withNumber(file, text.indexOf('memory'), 0x78_78_78_78)],
    ['one with a run outside of the memory', withNumber(file, firstRun, 65_535)],
    ['one whose runs are longer than its bytes', withNumber(file, firstRun + 4, 3)],
  ] as const) {
    test(`that is ${name} is no image`, () => {
      assert.throws(() => readImage(spoilt), { name: 'ImageMismatch' });
    });
  }
});

suite('Python from an image', () => {
  let image: BootImage;
  let factory: unknown;
  let folder = '';

  before(async () => {
    image = readImage(await readFile(await bootImage()));
    factory = await loadModuleFactory();
    folder = await mkdtemp(path.join(tmpdir(), 'image-'));
  });

  after(() => rm(folder, { recursive: true }));

  const options = PYTHON_OPTIONS as Parameters<typeof loadPyodide>[0] & object;

  function isFromImage(python: PyodideAPI): boolean {
    return python.runPython("import sys; 'harness' in sys.modules") as boolean;
  }

  async function bootFrom(file: Uint8Array): Promise<PyodideAPI> {
    const name = path.join(folder, 'boot.image');
    await writeFile(name, file);
    return (await loadPythonFrom(name))(options);
  }

  test('has imported what it had where the image was made', async () => {
    const python = await (await loadPythonFrom(await bootImage()))(options);
    assert.equal(isFromImage(python), true);
    assert.equal(python.runPython('import json; json.dumps([1])'), '[1]');
  });

  test('made with another build of Pyodide does not boot, and the plain boot does instead', async () => {
    const foreign = { ...image, facts: { ...image.facts, buildId: 'another' } };
    await assert.rejects(loadFromImage(loadPyodide, factory, foreign)(options), { name: 'ImageMismatch' });
    const python = await bootFrom(writeImage(foreign));
    assert.equal(isFromImage(python), false);
    assert.equal(python.runPython('import json; json.dumps([1])'), '[1]');
  });

  for (const [name, spoil] of [
    ['cut', (file: Uint8Array) => file.subarray(0, file.length / 2)],
    ['another file', (file: Uint8Array) => new Uint8Array(file.length).fill(0x61)],
    ['damaged in its facts', (file: Uint8Array) => withNumber(file, 16, 0)],
  ] as const) {
    test(`that is ${name} boots plainly`, async () => {
      assert.equal(isFromImage(await bootFrom(spoil(writeImage(image)))), false);
    });
  }

  test('that is not there boots plainly', async () => {
    const python = await (await loadPythonFrom(path.join(folder, 'none')))(options);
    assert.equal(isFromImage(python), false);
  });

  for (const [how, refuse] of [
    ['by throwing', () => assert.fail('no memory')],
    ['by what it returns', () => 0],
  ] as const) {
    test(`for which there is no memory (told ${how}) is no reason to boot plainly`, async () => {
      const create = factory as (settings: unknown) => Promise<{ growMemory: unknown }>;
      const stingy = async (settings: unknown): Promise<unknown> => {
        const module = await create(settings);
        module.growMemory = refuse;
        return module;
      };
      const large = { ...image, facts: { ...image.facts, memory: image.facts.memory * 4 } };
      await assert.rejects(loadFromImage(loadPyodide, stingy, large)(options), {
        name: 'ImageWithoutMemory',
      });
    });
  }

  test('for which there is no memory has crashed, as far as the page can tell', async () => {
    const told = Promise.withResolvers<WorkerMessage>();
    const environment = new Environment({
      post: told.resolve,
      world: realWorld(),
      wasRefusedMemory: () => false,
      loadPython: () => Promise.reject(new ImageWithoutMemory('There is no memory for Python.')),
      library: null,
      zones: () => Promise.reject(new Error('Nothing here asks for zones.')),
      harness: {},
      loadService: () => Promise.reject(new Error('No run begins.')),
      mayWait: true,
    });
    environment.receive({ type: 'boot', mayWait: true });
    const message = await told.promise;
    assert.ok(message.type === 'crashed');
    assert.deepEqual(message, {
      type: 'crashed',
      name: 'ImageWithoutMemory',
      message: 'There is no memory for Python.',
    });
    assert.equal(errorToProblem(new EnvironmentCrashed(message.name, message.message)).key, 'crashed');
  });
});
