import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, describe, it } from 'node:test';
import { bootImage, checkVersion } from '../../../src/integrations/boot-image.ts';
import { listPlatforms, readPlatform } from '../../../src/integrations/platforms.ts';
import type { EnvironmentRecord } from '../../../src/integrations/node-life.ts';
import { readImage } from '../../../src/sandbox/boot-image.ts';
import { eventsToLog } from '../../../src/trace/format.ts';
import { runHandler } from '../run-handler.ts';

type Options = Parameters<typeof runHandler>[1];

/** Runs a handler in a Python that boots as it did before there were images. */
async function runPlainly(source: string, options?: Options): Promise<readonly EnvironmentRecord[]> {
  process.env.BOOT = 'plain';
  try {
    return await runHandler(source, options);
  } finally {
    delete process.env.BOOT;
  }
}

after(() => {
  delete process.env.BOOT;
});

function linesOf(environments: readonly EnvironmentRecord[]): string[] {
  const logs = environments.flatMap(({ runs }) => runs.map(({ events }) => eventsToLog(events)));
  return logs.join('').split('\n').slice(1);
}

function outcomesOf(environments: readonly EnvironmentRecord[]): unknown {
  return environments.map(({ runs, exit }) => ({ exit, outcomes: runs.map(({ outcome }) => outcome) }));
}

/** What a process could be told by: its modules, its flags, its library, its time, and a trace through the library. */
const PROBE = `import datetime, json, logging, os, random, sys, time, traceback, uuid
import colorsys

def lambda_handler(event, context):
    print(sorted(sys.modules))
    print(sys.flags, sys.path, sys.argv, sys.version, os.getcwd(), sorted(os.environ))
    for _, module in sorted(sys.modules.items()):
        spec = getattr(module, "__spec__", None)
        print(repr(module)[:120], getattr(module, "__file__", None), getattr(module, "__cached__", None), spec and (spec.origin, spec.cached))
    print(time.tzname, time.timezone, time.altzone, time.daylight, time.localtime(0), time.strftime("%Z"))
    print(datetime.datetime.strptime("2016-12-14", "%Y-%m-%d"), datetime.datetime.now(), logging.getLogger().handlers)
    print(random.random(), uuid.uuid4(), os.urandom(3), json.__doc__[:80], colorsys.__file__)
    try:
        json.loads("{")
    except ValueError:
        traceback.print_exc()
    print({"a", "b", "c"}, hash("a"))
    json.loads("[")
`;

describe('Python from the boot image', () => {
  for (const platform of ['lambda-2016', 'lambda-today']) {
    it(`is the one that boots plainly, to all that a program can see, on ${platform}`, async () => {
      const options = { platform, events: ['1', '2'], limits: { events: 0, output: 1_000_000 } };
      const [image, plain] = [await runHandler(PROBE, options), await runPlainly(PROBE, options)];
      // Words, not events: where a long output is parted hangs on the machine's own time.
      assert.deepEqual(linesOf(image), linesOf(plain));
      assert.deepEqual(outcomesOf(image), outcomesOf(plain));
      assert.ok(linesOf(image).length > 200, 'The probe printed next to nothing.');
    });
  }

  it('tells nothing of the time zone of the place where it runs', async () => {
    process.env.TZ = 'America/New_York';
    try {
      const source = `import time\ndef lambda_handler(event, context):
    print(time.tzname, time.timezone, time.altzone, time.daylight, time.localtime(0)[:6], time.strftime("%Z"))\n`;
      for (const run of [runHandler, runPlainly]) {
        const [line] = linesOf(await run(source));
        assert.equal(line, "('UTC', 'UTC') 0 0 0 (1970, 1, 1, 0, 0, 0) UTC");
      }
    } finally {
      delete process.env.TZ;
    }
  });

  it('has chance and a clock of its own', async () => {
    const source = `import logging, os, random, secrets, tempfile, time, uuid
def lambda_handler(event, context):
    print(random.random(), uuid.uuid4(), secrets.token_hex(8), tempfile.mkdtemp(), os.urandom(8).hex())
    print(abs(time.time_ns() - vars(logging)["_startTime"]) < 60 * 10**9)
`;
    const [first, second] = [
      linesOf(await runHandler(source, { world: 'real' })),
      linesOf(await runHandler(source, { world: 'real' })),
    ];
    const words = (first[0] ?? '').split(' ');
    assert.equal(words.length, 5);
    const others = (second[0] ?? '').split(' ');
    assert.deepEqual(
      words.filter((word, at) => word === others[at]),
      [],
    );
    assert.deepEqual([first[1], second[1]], ['True', 'True']);
  });

  it('hashes of text are the same in every environment, and Python says that they are random', async () => {
    const source = `import sys\ndef lambda_handler(event, context):
    print(hash("a"), sys.flags.hash_randomization, 0, 1)\n`;
    const runs = [await runHandler(source, { world: 'real' }), await runHandler(source, { world: 'real' })];
    const [first, second] = runs.map((run) => linesOf(run)[0]);
    assert.equal(first, second);
    assert.match(first ?? '', /^-?\d+ 1 0 1$/);
  });

  it('holds all that the platforms import of the standard library', async () => {
    const { facts } = readImage(await readFile(await bootImage()));
    const missing: string[] = [];
    for (const platform of await listPlatforms()) {
      for (const [file, content] of Object.entries((await readPlatform(platform)).files)) {
        if (!file.endsWith('.py') || !('text' in content)) continue;
        for (const [, name = ''] of content.text.matchAll(/^(?:import|from) ([\w.]+)/gm)) {
          if (LIBRARY.has(name.split('.')[0] ?? '') && !facts.modules.includes(name)) {
            missing.push(`${platform} ${file}: ${name}`);
          }
        }
      }
    }
    assert.deepEqual(missing, []);
  });

  it('is made for one version of Pyodide, and says what to do about another', () => {
    checkVersion('314.0.7');
    assert.throws(() => {
      checkVersion('315.0.0');
    }, /^UnknownPyodide: Pyodide is 315\.0\.0, and boot images are made for 314\.0\.7\. Compare the options/);
  });
});

/** Packages of the standard library that platforms might import. */
const LIBRARY = new Set(
  (
    'abc argparse ast asyncio base64 calendar collections concurrent contextlib copy csv dataclasses datetime decimal ' +
    'email enum functools hashlib http importlib inspect io itertools json logging math mimetypes operator os pathlib ' +
    'platform queue random re runpy select shutil signal socket socketserver ssl stat string struct subprocess sys ' +
    'tempfile textwrap threading time traceback types typing unicodedata urllib uuid warnings weakref xml zipfile zlib'
  ).split(' '),
);
