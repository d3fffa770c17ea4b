import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, describe, it } from 'node:test';
import type { EnvironmentJson } from '../../../scripts/invoke-report.ts';
import { readPlatform } from '../../../src/integrations/platforms.ts';
import { contentsToFiles } from '../../../src/trace/file-content.ts';

const ROOT = path.resolve(import.meta.dirname, '../../..');
const SCRIPT = path.join(ROOT, 'scripts/invoke.ts');
const RUNTIME = '/var/runtime/awslambda/';

const folders: string[] = [];
after(async () => {
  for (const folder of folders) await rm(folder, { recursive: true });
});

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

async function makeFolder(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'invoke-'));
  folders.push(folder);
  for (const [name, text] of Object.entries(files)) await writeFile(path.join(folder, name), text);
  return folder;
}

/** Runs the command as npm does: the script stands in the project, the person somewhere else. */
function invoke(args: readonly string[], cwd = ROOT): Promise<Ended> {
  return new Promise((resolve) => {
    const env = { ...process.env, INIT_CWD: cwd };
    execFile(
      process.execPath,
      [SCRIPT, ...args],
      { cwd: ROOT, env, maxBuffer: 1 << 26 },
      (error, stdout, stderr) => {
        resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr });
      },
    );
  });
}

async function invokeToJson(
  source: string,
  ...args: string[]
): Promise<{ code: number; environments: EnvironmentJson[] }> {
  const folder = await makeFolder({ 'lambda_function.py': source });
  const { code, stdout, stderr } = await invoke(['--json', ...args, folder]);
  assert.equal(stderr, '');
  const { platform, environments } = JSON.parse(stdout) as {
    platform: string;
    environments: EnvironmentJson[];
  };
  assert.equal(platform, 'lambda-2016');
  return { code, environments };
}

const DUMP = `import os
import traceback

import boto3

runs = 0


def lambda_handler(event, context):
    global runs
    runs += 1
    traceback.print_stack()
    folder = "${RUNTIME}"
    for name in os.listdir(folder):
        boto3.resource("s3").Object("dump", name).put(Body=open(folder + name, "rb"))
    return {"run": runs, "event": event, "files": sorted(os.listdir(folder))}
`;

describe('a handler that prints its stack and dumps the runtime', () => {
  it('shows the published frames, lines that are those of the dumped files, and files that are those of the image', async () => {
    const task = await makeFolder({ 'lambda_function.py': DUMP });
    const out = await makeFolder({});
    const { code, stdout, stderr } = await invoke(
      ['--json', '--objects', 'out', '--event', '{"n": 1}', '--event', '{"n": 2}', task],
      out,
    );
    assert.equal(stderr, '');
    assert.equal(code, 0);
    const { environments } = JSON.parse(stdout) as { environments: EnvironmentJson[] };
    assert.equal(environments.length, 1);
    const { init, invocations, exit } = environments[0] as EnvironmentJson;
    assert.deepEqual(init, { log: '', error: null });
    assert.equal(exit, null);

    const image = contentsToFiles((await readPlatform('lambda-2016')).files);
    const names = Object.keys(image).filter((file) => path.posix.dirname(file) === RUNTIME.slice(0, -1));
    const dumped = new Map<string, string>();
    for (const file of names) {
      const bytes = await readFile(path.join(out, 'out/dump', path.basename(file)));
      assert.deepEqual(bytes, Buffer.from(image[file] as string | Uint8Array), file);
      dumped.set(file, bytes.toString('utf8'));
    }
    dumped.set('/var/task/lambda_function.py', DUMP);

    assert.deepEqual(
      invocations.map(({ outcome, error, response }) => [
        outcome,
        error,
        JSON.parse(response ?? '') as unknown,
      ]),
      [1, 2].map((run) => [
        'returned',
        null,
        { run, event: { n: run }, files: names.map((file) => path.basename(file)).sort() },
      ]),
    );
    for (const { log, requestId } of invocations) {
      const lines = log.split('\n');
      assert.equal(lines[0], `START RequestId: ${requestId} Version: $LATEST`);
      assert.equal(lines.at(-3), `END RequestId: ${requestId}`);
      assert.match(
        lines.at(-2) ?? '',
        new RegExp(
          `^REPORT RequestId: ${requestId}\\tDuration: \\d+\\.\\d\\d ms\\tBilled Duration: \\d+00 ms \\tMemory Size: 128 MB\\tMax Memory Used: \\d+ MB$`,
        ),
      );
      const frames = lines.slice(1, -3);
      const seen: string[][] = [];
      for (let at = 0; at < frames.length; at += 2) {
        const [, file = '', line, name = ''] =
          /^ {2}File "(.*)", line (\d+), in (.*)$/.exec(frames[at] ?? '') ?? [];
        seen.push([file, name]);
        assert.equal(frames[at + 1]?.trim(), dumped.get(file)?.split('\n')[Number(line) - 1]?.trim());
      }
      assert.deepEqual(seen, [
        [`${RUNTIME}bootstrap.py`, '<module>'],
        [`${RUNTIME}bootstrap.py`, 'main'],
        [`${RUNTIME}bootstrap.py`, 'handle_event_request'],
        ['/var/task/lambda_function.py', 'lambda_handler'],
      ]);
    }
  });
});

describe('an environment that dies', () => {
  it('is followed by a new one, and the exit status is told', async () => {
    const { code, environments } = await invokeToJson(
      'import sys\nruns = 0\ndef lambda_handler(event, context):\n    global runs\n    runs += 1\n    if event: sys.exit(event)\n    return runs\n',
      ...['0', '3', '0'].flatMap((event) => ['--event', event]),
    );
    assert.equal(code, 1);
    assert.deepEqual(
      environments.map(({ exit, invocations }) => [
        exit,
        invocations.map(({ outcome, response }) => [outcome, response]),
      ]),
      [
        [
          3,
          [
            ['returned', '1'],
            ['exited', null],
          ],
        ],
        [null, [['returned', '1']]],
      ],
    );
    const [, exited] = environments[0]?.invocations ?? [];
    assert.match(
      exited?.error ?? '',
      /"errorMessage":"RequestId: [-0-9a-f]+ Process exited before completing request"/,
    );
  });

  it('of a fatal error of Python itself leaves what it had printed', async () => {
    const { code, environments } = await invokeToJson(
      'import ctypes\ndef lambda_handler(event, context):\n    print("before")\n    ctypes.string_at(1 << 31)\n',
    );
    assert.equal(code, 1);
    const [invocation] = environments[0]?.invocations ?? [];
    assert.equal(invocation?.outcome, 'crashed');
    assert.match(invocation.log, /^START [^\n]+\nbefore\n/);
    assert.doesNotMatch(invocation.log, /harness/);
  });
});

describe('a handler that takes too long', () => {
  it('is ended when its time is up, in the words of the platform, and a new environment follows', async () => {
    const { code, environments } = await invokeToJson(
      'runs = 0\ndef lambda_handler(event, context):\n    global runs\n    runs += 1\n    print("left", 0 < context.get_remaining_time_in_millis() <= 1500)\n    while event:\n        pass\n    return runs\n',
      ...['--timeout', '1.5', '--event', '0', '--event', '1', '--event', '0'],
    );
    assert.equal(code, 1);
    assert.deepEqual(
      environments.map(({ exit, invocations }) => [
        exit,
        invocations.map(({ outcome, response }) => [outcome, response]),
      ]),
      [
        [
          null,
          [
            ['returned', '1'],
            ['timed-out', null],
          ],
        ],
        [null, [['returned', '1']]],
      ],
    );
    const late = environments[0]?.invocations[1];
    const { errorMessage } = JSON.parse(late?.error ?? '') as { errorMessage: string };
    assert.match(errorMessage, /^\d{4}-[-\d]+T[:.\d]+Z [-0-9a-f]+ Task timed out after 1\.50 seconds$/);
    assert.match(late?.log ?? '', /^START [^\n]+\nleft True\nEND [^\n]+\nREPORT [^\n]+\n[^\n]+ seconds\n$/);
    assert.ok(late?.log.endsWith(`${errorMessage}\n`));
  });
});

describe('what a handler raises', () => {
  it('is in the log and in the error, and the environment stays', async () => {
    const { code, environments } = await invokeToJson(
      'def lambda_handler(event, context):\n    raise ValueError("no")\n',
      '--event',
      '1',
      '--event',
      '2',
    );
    assert.equal(code, 1);
    assert.equal(environments.length, 1);
    for (const { error, log, outcome } of environments[0]?.invocations ?? []) {
      assert.equal(outcome, 'raised');
      const payload = JSON.parse(error ?? '') as {
        stackTrace: unknown[];
        errorType: string;
        errorMessage: string;
      };
      assert.deepEqual([payload.errorType, payload.errorMessage], ['ValueError', 'no']);
      assert.deepEqual(payload.stackTrace.at(-1), [
        '/var/task/lambda_function.py',
        2,
        'lambda_handler',
        'raise ValueError("no")',
      ]);
      assert.match(
        log,
        /\nno: ValueError\nTraceback \(most recent call last\):\n(?:.*\n)*ValueError: no\n\nEND /,
      );
    }
  });

  it('at the top of the module is written before the platform speaks', async () => {
    const { environments } = await invokeToJson(
      'print("loading")\ndef lambda_handler(event, context):\n    print("handling")\n',
    );
    assert.equal(environments[0]?.init.log, 'loading\n');
    assert.match(environments[0].invocations[0]?.log ?? '', /^START [^\n]+\nhandling\nEND /);
  });
});

describe('the options', () => {
  it('name the handler and set variables; an event may be a file', async () => {
    const folder = await makeFolder({
      'app.py':
        'import os\ndef hello(event, context):\n    return [event, os.environ["NAME"], os.environ["LAMBDA_TASK_ROOT"]]\n',
      'event.json': '{"from": "a file"}',
    });
    const { code, stdout } = await invoke(
      ['--handler', 'app.hello', '--env', 'NAME=a=b', '--event', 'event.json', '.'],
      folder,
    );
    assert.equal(code, 0);
    assert.match(
      stdout,
      /^-- cold start\nSTART (?:.*\n)*-- answer: \[\{"from": "a file"\}, "a=b", "\/var\/task"\]\n$/,
    );
  });

  it('choose the mode, and the answer is the body of the response', async () => {
    const folder = await makeFolder({
      'app.py':
        'def hello(environ, start_response):\n    start_response("200 OK", [])\n    return [environ["REQUEST_METHOD"].encode(), b" ", environ["wsgi.input"].read()]\n',
    });
    const { code, stdout } = await invoke([
      '--mode',
      'http',
      '--handler',
      'app.hello',
      '--event',
      '[1]',
      folder,
    ]);
    assert.equal(code, 0);
    assert.match(stdout, /\n-- answer: POST \[1\]\n$/);
  });

  it('put a file in the place of one of the runtime’s', async () => {
    const { files } = await readPlatform('lambda-2016');
    const original = files[`${RUNTIME}bootstrap.py`];
    assert.ok(original !== undefined && 'text' in original);
    const changed = original.text.replace('request_handler(json_input, context)', '"not your handler"');
    const folder = await makeFolder({
      'lambda_function.py': 'def lambda_handler(event, context):\n    return 1\n',
      'changed.py': changed,
    });
    const { code, stdout } = await invoke(['--image-file', `${RUNTIME}bootstrap.py=changed.py`, '.'], folder);
    assert.equal(code, 0);
    assert.match(stdout, /-- answer: "not your handler"\n$/);
  });

  const refused: readonly (readonly [string, readonly string[], RegExp])[] = [
    ['no folder', [], /^Name the folder/],
    ['a folder that is not there', ['nowhere'], /^There is no folder nowhere\.\n$/],
    ['a file for a folder', ['package.json'], /is a file/],
    ['two folders', ['src', 'tests'], /what is tests\?/],
    ['an event that is no JSON', ['--event', '{', 'src'], /neither a file that exists nor JSON/],
    ['an event that is a folder', ['--event', 'src', 'src'], /is a folder/],
    [
      'a time-out that is none',
      ['--timeout', 'soon', 'src'],
      /--timeout "soon" has to be a number of seconds/,
    ],
    ['a time-out of nothing', ['--timeout', '0', 'src'], /number of seconds/],
    ['a variable without a name', ['--env', '=x', 'src'], /NAME=VALUE/],
    ['an unknown platform', ['--platform', 'moon', 'src'], /no platform "moon"; there is .*lambda-2016/],
    ['an unknown mode', ['--mode', 'mail', 'src'], /no mode "mail"; there is event, http\.$/m],
    [
      'a mode of a platform that has one only',
      ['--platform', 'lambda-today', '--mode', 'http', 'src'],
      /lambda-today waits in one way only: leave out --mode\.$/m,
    ],
    [
      'a file that the image does not have',
      ['--image-file', '/var/x=README.md', 'src'],
      /no \/var\/x on the disk/,
    ],
    ['a file of the image in exchange for none', ['--image-file', '/var/x', 'src'], /PATH=FILE/],
    [
      'a file of the image in exchange for one that is not there',
      ['--image-file', `${RUNTIME}bootstrap.py=nowhere`, 'src'],
      /no file nowhere/,
    ],
    ['an unknown option', ['--fast', 'src'], /'--fast'/],
    ['an option without its value', ['--handler'], /--handler/],
    ['objects into a file', ['--objects', 'package.json', 'src'], /is a file/],
  ];
  for (const [what, args, message] of refused) {
    it(`refuse ${what} in one line`, async () => {
      const { code, stdout, stderr } = await invoke(args);
      assert.equal(code, 2);
      assert.equal(stdout, '');
      assert.match(stderr, message);
      assert.equal(stderr.trimEnd().split('\n').length, 1);
    });
  }
});

describe('--objects', () => {
  it('writes keys of any name below the folder, and nothing beside it', async () => {
    const keys = ['../../up', 'a b', '日本', 'x'.repeat(255), 'y'.repeat(300), 'a', 'a/b', '/rooted', '..'];
    const source = `import boto3
def lambda_handler(event, context):
    client = boto3.client("s3")
    client.create_bucket(Bucket="hollow")
    for key in event:
        client.put_object(Bucket="b", Key=key, Body=key)
`;
    const task = await makeFolder({ 'lambda_function.py': source });
    const out = await makeFolder({});
    const { code, stderr } = await invoke(
      ['--objects', 'in/out', '--event', JSON.stringify(keys), task],
      out,
    );
    assert.deepEqual([code, stderr], [0, '']);
    const entries = await readdir(out, { recursive: true, withFileTypes: true });
    const files = entries
      .filter((entry) => entry.isFile())
      .map((entry) => path.join(entry.parentPath, entry.name));
    const written = await Promise.all(
      files.map(async (file) => [path.relative(out, file), await readFile(file, 'utf8')] as const),
    );
    assert.deepEqual(
      Object.fromEntries(written),
      Object.fromEntries([
        ['in/out/b/%2E%2E/%2E%2E/up', '../../up'],
        ['in/out/b/a b', 'a b'],
        ['in/out/b/日本', '日本'],
        [`in/out/b/${'x'.repeat(255)}`, 'x'.repeat(255)],
        [`in/out/b/${'y'.repeat(240)}~`, 'y'.repeat(300)],
        ['in/out/b/a~2', 'a'],
        ['in/out/b/a/b', 'a/b'],
        ['in/out/b/%/rooted', '/rooted'],
        ['in/out/b/%2E%2E~2', '..'],
      ]),
    );
    assert.deepEqual(await readdir(path.join(out, 'in/out')), ['b', 'hollow']);
  });
});

describe('a folder over the function’s', () => {
  it('brings the file that the platform begins with, and the handler has that platform’s usual name', async () => {
    const example = path.join(ROOT, 'content/examples/print-the-stack');
    const platform = 'openwhisk-actionloop';
    const over = path.join(example, 'on', platform);
    const args = ['--json', '--platform', platform, '--over', over, path.join(example, 'task')];
    const { code, stdout } = await invoke(args);
    const { environments } = JSON.parse(stdout) as { environments: EnvironmentJson[] };
    assert.equal(code, 0);
    assert.equal(environments[0]?.invocations[0]?.response, '{"result": null}');
  });

  it('has to be there', async () => {
    const { code, stderr } = await invoke([
      '--over',
      'no-such-folder',
      'content/examples/print-the-stack/task',
    ]);
    assert.deepEqual([code, stderr], [2, 'There is no folder no-such-folder.\n']);
  });
});

describe('a layer', () => {
  const example = path.join(ROOT, 'content/examples/import-from-a-layer');

  it('lies in /opt, where the platform has layers', async () => {
    const args = ['--json', '--platform', 'lambda-today', '--layer', path.join(example, 'layer')];
    const { code, stdout } = await invoke([...args, path.join(example, 'task')]);
    const { environments } = JSON.parse(stdout) as { environments: EnvironmentJson[] };
    assert.equal(code, 0);
    const [invocation] = environments[0]?.invocations ?? [];
    assert.match(invocation?.log ?? '', /^names \/var\/task\/names\.py\nshared \/opt\/python\/shared\.py$/m);
    assert.equal(invocation?.response, '"Hello, function"');
  });

  it('is refused where it has none', async () => {
    const { code, stderr } = await invoke(['--layer', example, path.join(example, 'task')]);
    assert.deepEqual([code, stderr], [2, `--layer ${example}: lambda-2016 has no layers.\n`]);
  });
});
