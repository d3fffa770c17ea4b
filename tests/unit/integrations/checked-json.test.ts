import assert from 'node:assert/strict';
import { mkdtemp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, it } from 'node:test';
import type { z } from 'astro/zod';
import { checkText } from '../../../src/integrations/checked-json.ts';
import { exampleSchema } from '../../../src/integrations/examples.ts';
import { readPlatformIn } from '../../../src/integrations/platforms.ts';
import { exampleStopsSchema, platformStopsSchema } from '../../../src/integrations/stops.ts';
import { behavioursSchema } from '../../../src/platforms/behaviours-schema.ts';
import { descriptionSchema } from '../../../src/platforms/description-schema.ts';

const ROOT = path.resolve(import.meta.dirname, '../../..');

/** A file of the project, how its schema is called, and slips of the pen in it with the sentence that each gives. */
const SLIPS: readonly (readonly [string, z.ZodType, readonly (readonly [string, string, string])[]])[] = [
  [
    'src/platforms/lambda-today/platform.json',
    descriptionSchema,
    [
      [
        '"directories"',
        '"directorys"',
        'there is no key "directorys" (is "directories" meant?); allowed are platform, title',
      ],
      ['"task": "/var/task"', '"tsk": "/var/task"', 'there is no key "tsk" (is "task" meant?); allowed are'],
      ['"task": "/var/task"', '"tsk": "/var/task"', 'the key "task" is missing; it is a text.'],
      ['"cwd": "/var/task"', '"cwd": "var/task"', '"cwd": a path begins with /.'],
      ['"directories": ["/tmp"]', '"directories": "/tmp"', '"directories" is a list, and not "/tmp".'],
      ['"en": "AWS', '"english": "AWS', 'there is no key "english" in "title"; allowed are en, ja.'],
      [
        '"module": "awslambdaric"',
        '"modul": "awslambdaric"',
        'there is no key "modul" in "starts.image" (is "module" meant?); allowed are module, entry, arguments, variables, processes.',
      ],
      [
        '"functions": [\n        "put_object"',
        '"function": [\n        "put_object"',
        'there is no key "function" in "native.1" (is "functions" meant?)',
      ],
      ['"origin": null', '"origin": 0', '"native.1.origin" is a text, and not 0.'],
      ['"platform":', 'platform:', 'is no JSON: '],
    ],
  ],
  [
    'content/examples/print-the-stack/example.json',
    exampleSchema,
    [
      [
        '"handler"',
        '"hander"',
        'there is no key "hander" (is "handler" meant?); allowed are $schema, platforms, draft, title, handler',
      ],
      ['"platforms": [', '"platforms": [1, ', '"platforms.0" is a text, and not 1.'],
      ['"platforms"', '"platform"', 'there is no key "platform" (is "platforms" meant?)'],
      ['"timeout": 3000', '"timeout": "3 s"', '"timeout" is a number, and not "3 s".'],
      ['{', '{ "draft": "yes",', '"draft" is a boolean, and not "yes".'],
      ['{', '{ "compiled": ["a.py"],', '"compiled" is an object, and not ["a.py"].'],
    ],
  ],
  [
    'src/platforms/lambda-2016/behaviours.json',
    behavioursSchema,
    [
      [
        '"behaviours"',
        '"behaviors"',
        'there is no key "behaviors" (is "behaviours" meant?); allowed are compared, behaviours.',
      ],
      [
        '"area": "start"',
        '"area": "begin"',
        '"behaviours.0.area" is "begin"; allowed is start, invocation, http, values, context, errors, log, end.',
      ],
      ['"kind": "same"', '"kind": "equal"', '"; allowed is same, inferred, differs.'],
      ['"sources"', '"source"', 'there is no key "source" in "behaviours.0" (is "sources" meant?)'],
    ],
  ],
  [
    'src/platforms/lambda-2016/stops.json',
    platformStopsSchema,
    [
      [
        '"texts"',
        '"text"',
        'there is no key "text" in "0" (is "texts" meant?); allowed are name, at, texts.',
      ],
      ['"title"', '"titel"', '(is "title" meant?); allowed are title, says.'],
      ['"call"', '"cal"', '(is "call" meant?); allowed are call, return, raise, calls, phase'],
    ],
  ],
  [
    'content/examples/print-the-stack/stops.json',
    exampleStopsSchema,
    [['[', '[7, ', 'is a text, and not 7.']],
  ],
];

/** The message of what a function throws. */
function messageOf(task: () => unknown): string {
  try {
    task();
  } catch (error) {
    assert.equal((error as Error).name, 'BadFile');
    return (error as Error).message;
  }
  return 'nothing was wrong';
}

describe('a slip of the pen in a file that people write', () => {
  for (const [file, schema, slips] of SLIPS) {
    for (const [right, wrong, sentence] of slips) {
      it(`${file}: ${wrong}`, async () => {
        const text = await readFile(path.join(ROOT, file), 'utf8');
        assert.ok(text.includes(right), `${file} has no ${right}`);
        assert.equal(
          messageOf(() => checkText(text, file, schema)),
          'nothing was wrong',
        );
        const message = messageOf(() => checkText(text.replace(right, wrong), file, schema));
        assert.ok(message.startsWith(file), message);
        assert.ok(message.includes(sentence), message);
      });
    }
  }
});

describe('a platform.json whose names are those of nothing', () => {
  const read = async (change: (description: Record<string, unknown>) => void): Promise<string> => {
    const root = await mkdtemp(path.join(tmpdir(), 'platforms-'));
    try {
      const folder = path.join(root, 'toy');
      await mkdir(path.join(folder, 'disk/opt'), { recursive: true });
      await writeFile(path.join(folder, 'disk/opt/run.py'), '');
      const description = {
        platform: 'toy',
        title: { en: 'Toy', ja: 'おもちゃ' },
        service: 'lambda-today',
        entry: '/opt/run.py',
        cwd: '/opt',
        task: '/srv',
        directories: [],
        variables: {},
        native: [{ module: 'toy', origin: null, functions: ['next'] }],
      };
      change(description);
      await writeFile(path.join(folder, 'platform.json'), JSON.stringify(description));
      await readPlatformIn(root, 'toy');
      return 'nothing was wrong';
    } catch (error) {
      return (error as Error).message;
    } finally {
      await rm(root, { recursive: true });
    }
  };
  const cases: readonly (readonly [string, unknown, string])[] = [
    ['platform', 'other', '"platform" is other, and its folder is toy.'],
    [
      'service',
      'post-office',
      'there is no src/platforms/post-office/service.ts. Write it, or name a "service" that is there: ',
    ],
    ['entry', '/opt/start.py', '"entry" is /opt/start.py, and there is no disk/opt/start.py beside it.'],
    ['connects', 'SERVER', '"connects" names the variable SERVER, which is not among its "variables".'],
    ['listens', 'PORT', '"listens" names the variable PORT, which is not among its "variables".'],
    [
      'shares',
      { boto4: '/opt/boto4' },
      '"shares" names boto4, and src/platforms/shared/disk has no such folder.',
    ],
    [
      'native',
      [{ module: 'toy', origin: null, functions: [], output: 'log' }],
      '"output" of toy is log, which is not among its "functions".',
    ],
  ];
  for (const [key, value, sentence] of cases) {
    it(key, async () => {
      const message = await read((description) => (description[key] = value));
      assert.ok(message.includes('platform.json: ') && message.includes(sentence), message);
    });
  }

  it('passes when all is there', async () => {
    assert.equal(await read(() => undefined), 'nothing was wrong');
  });
});
