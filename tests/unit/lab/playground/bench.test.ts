/** A reader's function as texts: its record, its way to another platform, its setup, and the names of its files. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import test from 'node:test';
import type { Draft } from '../../../../src/lab/code/drafts.ts';
import { EVENT, SETUP } from '../../../../src/lab/code/text-names.ts';
import { readCodeLink, writeCodeLink } from '../../../../src/lab/link/code-link.ts';
import { LinkFault } from '../../../../src/lab/link/link-fault.ts';
import {
  carryTexts,
  recordToTexts,
  textsToRecord,
  type BenchPlace,
} from '../../../../src/lab/playground/bench-record.ts';
import { followRename, handlerToFiles } from '../../../../src/lab/playground/entry-file.ts';
import { TEMPLATE_NAMES, templateToText } from '../../../../src/lab/playground/event-templates.ts';
import { MAX_FILES, nameToPath } from '../../../../src/lab/playground/file-names.ts';
import { readTextFile } from '../../../../src/lab/playground/read-files.ts';
import {
  applySetup,
  benchToText,
  isReserved,
  setupToBench,
  textToBench,
} from '../../../../src/lab/playground/setup-text.ts';
import { exampleOn, readExample } from '../../../../src/integrations/examples.ts';
import { readPlatform } from '../../../../src/integrations/platforms.ts';
import { toSpec } from '../../../../src/integrations/example-spec.ts';

const EXAMPLE = await readExample('playground');

/** A bench as the page has it. */
async function benchOn(platform: string): Promise<BenchPlace> {
  const image = await readPlatform(platform);
  const { task, spec } = await toSpec(exampleOn(EXAMPLE, platform), image);
  const files = Object.entries(task).map(([name, content]) => [name, 'text' in content ? content.text : '']);
  return {
    platform,
    taskRoot: spec.platform.task,
    layers: spec.platform.layers ?? null,
    isPlatforms: (name) => Object.hasOwn(image.files, name),
    originals: {
      ...(Object.fromEntries(files) as Draft),
      [EVENT]: EXAMPLE.events[0] ?? '',
      [SETUP]: benchToText(setupToBench(spec.setup)),
    },
  };
}

const today = await benchOn('lambda-today');
const y2016 = await benchOn('lambda-2016');
const fn = await benchOn('fn');
const loop = await benchOn('openwhisk-actionloop');
const flask = await benchOn('openwhisk-flask');

const OWN: Draft = {
  '/var/task/app.py': 'def answer(event, context):\n    return 1\n',
  '/var/task/util/prices.py': '',
  '/opt/python/shared.py': 'x = 1\n',
  [EVENT]: '{"half": ',
  [SETUP]: benchToText({
    handler: 'app.answer',
    timeout: 1500,
    memory: 256,
    variables: { STAGE: 'test', A: '' },
  }),
};

test('a record holds the whole function, and gives it back', async () => {
  const record = textsToRecord(OWN, today, true);
  assert.deepEqual(recordToTexts(record, today), OWN);
  const { variables, ...rest } = record;
  assert.deepEqual(variables, { A: '', STAGE: 'test' });
  assert.deepEqual(textsToRecord(OWN, today, false), rest);
  // The file that the bench comes with was removed, and has to be away again.
  assert.equal(record.files?.['/var/task/lambda_function.py'], null);
  const fragment = await writeCodeLink(record);
  assert.match(fragment, /^#playground~1\./);
  assert.deepEqual(recordToTexts(await readCodeLink(fragment), today), OWN);
});

test('what a record leaves out is as the bench comes with it', () => {
  assert.deepEqual(recordToTexts({ at: 'playground' }, fn), fn.originals);
});

test('a record that a bench cannot hold is refused by its reason', () => {
  const faultOf = (record: object): string => {
    try {
      recordToTexts({ at: 'playground', ...record }, y2016);
    } catch (error) {
      assert.ok(error instanceof LinkFault, String(error));
      return `${error.key} ${error.about}`;
    }
    return '';
  };
  assert.equal(faultOf({ platform: 'fn' }), 'platform fn');
  assert.equal(faultOf({ start: 'image' }), 'setting start');
  assert.equal(faultOf({ layers: { '/opt/a.py': '' } }), 'path /opt/a.py');
  assert.equal(faultOf({ files: { '/var/runtime/bootstrap.py': '' } }), 'path /var/runtime/bootstrap.py');
  assert.equal(faultOf({ files: { '/var/task/lambda_function.py/a.py': '' } }).split(' ')[0], 'path');
  assert.equal(faultOf({ variables: { AWS_LAMBDA_RUNTIME_API: 'x' } }), 'setting AWS_LAMBDA_RUNTIME_API');
  const many = Array.from({ length: MAX_FILES }, (_, index) => [`/var/task/f${String(index)}.py`, '']);
  assert.equal(faultOf({ files: Object.fromEntries(many) as object }).split(' ')[0], 'huge');
  assert.equal(faultOf({ files: { '/var/task/own.py': '' } }), '');
});

test('between platforms that call alike everything goes along', () => {
  const carried = carryTexts(OWN, today, y2016, y2016.originals);
  const rest = Object.fromEntries(Object.entries(OWN).filter(([name]) => !name.startsWith('/opt/')));
  assert.deepEqual(carried, rest);
  // And back: the layer has waited.
  assert.deepEqual(carryTexts(carried, y2016, today, OWN), OWN);
  const other = { ...loop.originals, '/action/1/bin/main__.py': 'def main(params):\n    return {}\n' };
  assert.equal(
    carryTexts(other, loop, flask, flask.originals)['/action/__main__.py'],
    other['/action/1/bin/main__.py'],
  );
});

test('where a platform calls in another way its own file calls the reader’s function', () => {
  const onLoop = carryTexts(OWN, today, loop, loop.originals);
  assert.match(onLoop['/action/1/bin/main__.py'] ?? '', /^from app import answer as lambda_handler$/m);
  assert.equal(onLoop['/action/1/bin/app.py'], OWN['/var/task/app.py']);
  assert.equal(onLoop['/action/1/bin/lambda_function.py'], undefined);
  assert.equal(textToBench(onLoop[SETUP] ?? '').handler, 'main');
  const onFn = carryTexts(onLoop, loop, fn, fn.originals);
  assert.match(onFn['/function/func.py'] ?? '', /^from app import answer as lambda_handler$/m);
  assert.equal(onFn['/function/main__.py'], undefined);
  assert.equal(textToBench(onFn[SETUP] ?? '').memory, 128);
  const back = carryTexts(onFn, fn, today, today.originals);
  assert.equal(textToBench(back[SETUP] ?? '').handler, 'app.answer');
  assert.equal(back['/var/task/func.py'], undefined);
  // A file of that platform's own that the reader has changed is not lost on the way.
  const changed = { ...onFn, '/function/func.py': '# mine\n' };
  assert.equal(carryTexts(back, today, fn, changed)['/function/func.py'], '# mine\n');
});

test('a setup’s text changes what is the reader’s, and leaves what is the platform’s', async () => {
  const image = await readPlatform('lambda-today');
  const { spec } = await toSpec(exampleOn(EXAMPLE, 'lambda-today'), image);
  const text = benchToText({
    handler: 'a.b',
    timeout: 100,
    memory: 512,
    variables: { TZ: 'Asia/Tokyo', _HANDLER: 'x' },
  });
  const { variables, handler, timeout } = applySetup(spec.setup, text);
  assert.deepEqual([handler, timeout], ['a.b', 100]);
  assert.deepEqual(variables, {
    ...spec.setup.variables,
    TZ: 'Asia/Tokyo',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '512',
  });
  assert.deepEqual(applySetup(spec.setup, today.originals[SETUP] ?? ''), spec.setup);
  for (const name of Object.keys(spec.setup.variables).filter((one) => one.startsWith('AWS_')))
    assert.ok(isReserved(name), name);
});

test('equal setups have equal texts', () => {
  const one = { handler: 'a.b', timeout: 1, memory: null };
  assert.equal(
    benchToText({ ...one, variables: { b: '2', a: '1' } }),
    benchToText({ ...one, variables: { a: '1', b: '2' } }),
  );
});

test('a name leads to a path, or to the reason why not', () => {
  const others = ['/var/task/app.py', '/var/task/util/prices.py'];
  const of = (name: string, place = today): string => {
    const named = nameToPath(name, others, place);
    return 'path' in named ? named.path : named.fault;
  };
  assert.equal(of(' new.py '), '/var/task/new.py');
  assert.equal(of('util/new.py'), '/var/task/util/new.py');
  assert.equal(of('data/list.txt'), '/var/task/data/list.txt');
  assert.equal(of('/var/task/x.py'), '/var/task/x.py');
  assert.equal(of('/opt/python/x.py'), '/opt/python/x.py');
  assert.equal(of('日本語 の名前.py'), '/var/task/日本語 の名前.py');
  assert.equal(of('/opt/python/x.py', y2016), 'layers');
  assert.equal(of(''), 'empty');
  assert.equal(of('a\u202eb.py'), 'unseen');
  assert.equal(of('a\\b.py'), 'unseen');
  for (const name of ['../x.py', 'a//b.py', './x.py', 'folder/']) assert.equal(of(name), 'parts', name);
  assert.equal(of('/etc/passwd'), 'outside');
  assert.equal(of('/var/runtime/x.py'), 'outside');
  assert.equal(of('app.py'), 'taken');
  assert.equal(of('app.py/x.py'), 'folder');
  assert.equal(of('util'), 'folder');
  assert.equal(of('x'.repeat(255)), 'long');
  const full = Array.from({ length: MAX_FILES }, (_, index) => `/var/task/${String(index)}`);
  assert.deepEqual(nameToPath('x.py', full, today), { fault: 'many' });
});

test('a handler’s name follows the rename of its module, and of no other file', () => {
  assert.deepEqual(handlerToFiles('my/function.main.answer'), [
    'my/function/main.py',
    'my/function/main/__init__.py',
  ]);
  assert.deepEqual(handlerToFiles('main'), []);
  assert.deepEqual(handlerToFiles('../up.answer'), []);
  assert.equal(
    followRename('lambda_function.lambda_handler', 'lambda_function.py', 'a/b.py'),
    'a.b.lambda_handler',
  );
  assert.equal(followRename('app.answer', 'app/__init__.py', 'web/__init__.py'), 'web.answer');
  assert.equal(followRename('app.answer', 'app.py', 'app.txt'), 'app.answer');
  assert.equal(followRename('app.answer', 'other.py', 'x.py'), 'app.answer');
  assert.equal(followRename('func.py', 'func.py', 'main.py'), 'main.py');
});

test('what is no text, or too much, is not taken', async () => {
  assert.deepEqual(await readTextFile(new Blob(['x = "ä"\r\n'])), { text: 'x = "ä"\r\n' });
  assert.deepEqual(await readTextFile(new Blob([])), { text: '' });
  assert.deepEqual(await readTextFile(new Blob([new Uint8Array([0x50, 0x4b, 3, 4, 0xff])])), {
    fault: 'binary',
  });
  assert.deepEqual(await readTextFile(new Blob(['a\0b'])), { fault: 'binary' });
  assert.deepEqual(await readTextFile(new Blob(['x'.repeat(262_145)])), { fault: 'large' });
  const folder = { size: 0, arrayBuffer: () => Promise.reject(new Error('NotReadable')) };
  assert.deepEqual(await readTextFile(folder), { fault: 'unreadable' });
});

test('every event to begin with is JSON, has a title in both languages, and names no account of anybody', async () => {
  for (const language of ['en', 'ja']) {
    const file = path.resolve(import.meta.dirname, `../../../../content/ui/${language}.json`);
    const words = JSON.parse(await readFile(file, 'utf8')) as {
      playground: { templates: { titles: Record<string, string> } };
    };
    assert.deepEqual(Object.keys(words.playground.templates.titles).toSorted(), TEMPLATE_NAMES.toSorted());
  }
  for (const name of TEMPLATE_NAMES) {
    const text = templateToText(name);
    assert.equal(JSON.stringify(JSON.parse(text), null, 2), text, name);
    for (const [number] of text.matchAll(/(?<!-)\b\d{12}\b/g)) assert.equal(number, '123456789012', name);
  }
});
