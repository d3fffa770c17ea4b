import assert from 'node:assert/strict';
import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, describe, it } from 'node:test';
import { promisify } from 'node:util';
import en from '../../../../content/ui/en.json' with { type: 'json' };
import { findPython } from '../../../../scripts/checks/python.ts';
import type { EnvironmentJson } from '../../../../scripts/invoke-report.ts';
import { listPlatforms, readPlatform } from '../../../../src/integrations/platforms.ts';
import {
  functionToFiles,
  zipName,
  type FunctionPlatform,
  type FunctionToPack,
} from '../../../../src/lab/functions/function-files.ts';
import type { CodeRecord } from '../../../../src/lab/link/code-record.ts';
import { zipFiles } from '../../../../src/lab/storage/zip-files.ts';
import { runHandler } from '../../run-handler.ts';

const run = promisify(execFile);
const ROOT = path.resolve(import.meta.dirname, '../../../..');
const ADDRESS = 'https://site.example/en/playground/';
const { readme } = en.functions;

const python = findPython();
const hasPytest =
  python !== null && spawnSync(python, ['-m', 'pytest', '--version'], { stdio: 'ignore' }).status === 0;

const folders: string[] = [];
after(async () => {
  for (const folder of folders) await rm(folder, { recursive: true });
});

async function platformOf(name: string): Promise<FunctionPlatform> {
  const { description } = await readPlatform(name);
  const test = path.join(ROOT, 'src/platforms', name, 'test_handler.py');
  return {
    name,
    title: description.title?.en ?? name,
    taskRoot: description.task,
    layersRoot: description.layers ?? null,
    handler: description.handler ?? 'lambda_function.lambda_handler',
    memoryVariable:
      ['AWS_LAMBDA_FUNCTION_MEMORY_SIZE', 'FN_MEMORY'].find((one) =>
        Object.hasOwn(description.variables, one),
      ) ?? null,
    isLambda: Object.hasOwn(description.variables, 'AWS_LAMBDA_FUNCTION_NAME'),
    test: await readFile(test, 'utf8').catch(() => null),
  };
}

/** Packs a function as the page does, and unpacks it as a reader does. */
async function unpack(asked: FunctionToPack): Promise<string> {
  const files = functionToFiles(asked, readme).map(({ name, text }) => ({
    name,
    bytes: () => Promise.resolve(new TextEncoder().encode(text)),
  }));
  const pieces = await zipFiles(files, () => undefined, new AbortController().signal);
  const folder = await mkdtemp(path.join(tmpdir(), 'function-'));
  folders.push(folder);
  const zip = path.join(folder, zipName(asked.name));
  await writeFile(zip, Buffer.concat(pieces));
  const target = path.join(folder, 'unpacked');
  await run(python ?? 'python3', ['-m', 'zipfile', '-e', zip, target]);
  return target;
}

async function pack(name: string, record: Omit<CodeRecord, 'at' | 'platform'>): Promise<string> {
  return unpack({
    name: 'Try it',
    record: { at: 'playground', platform: name, ...record },
    platform: await platformOf(name),
    answer: null,
    address: ADDRESS,
  });
}

/** Runs the test in a folder as its README says, and gives back what it printed. */
async function runTest(folder: string): Promise<string> {
  const args = hasPytest ? ['-m', 'pytest', '-q', '-s', '-p', 'no:cacheprovider'] : ['test_handler.py'];
  const env = { ...process.env, PYTHONDONTWRITEBYTECODE: '1' };
  const { stdout } = await run(python ?? '', args, { cwd: folder, env });
  if (hasPytest) assert.match(stdout, /\b1 passed/);
  return stdout;
}

/** Runs the command that the README gives, and gives back each invocation's answer. */
async function runCommand(folder: string): Promise<string[]> {
  const manual = await readFile(path.join(folder, 'README.md'), 'utf8');
  const [, command = ''] = /^ {4}npm run invoke -- (.*)$/m.exec(manual) ?? [];
  const script = path.join(ROOT, 'scripts/invoke.ts');
  const line = command.replaceAll('FOLDER', folder);
  const { stdout } = await run(
    'sh',
    ['-c', `"${process.execPath}" "${script}" --json --event 'null' ${line} || true`],
    { cwd: ROOT, env: { ...process.env, INIT_CWD: ROOT }, maxBuffer: 1 << 26 },
  );
  const { environments } = JSON.parse(stdout) as { environments: EnvironmentJson[] };
  return environments.flatMap(({ invocations }) => invocations.map(({ response }) => response ?? ''));
}

const HELPER = 'TEXT = "$& $1"\n';

const LAMBDA = `import os

import helper

EVENTS = []


def lambda_handler(event, context):
    EVENTS.append(event)
    remaining = context.get_remaining_time_in_millis()
    return {
        "event": event,
        "stage": os.environ["STAGE"],
        "help": helper.TEXT,
        "folder": os.listdir("app"),
        "remaining": 0 < remaining <= 5000,
        "name": context.function_name,
        "memory": context.memory_limit_in_mb,
        "version": context.function_version,
        "group": context.log_group_name,
        "stream": context.log_stream_name,
        "arn": context.invoked_function_arn,
        "id": len(context.aws_request_id),
        "client": context.client_context,
        "identity": context.identity.cognito_identity_id,
        "attributes": sorted(name for name in vars(context) if not name.startswith("_")),
        "log": context.log("written\\n"),
    }
`;

const EVENT = '{"text": "it’s “here”"}';

for (const name of ['lambda-2016', 'lambda-today']) {
  it(
    `a zip for ${name} answers the same by pytest and by npm run invoke`,
    { skip: python === null && 'there is no Python here' },
    async () => {
      const folder = await pack(name, {
        files: {
          '/var/task/app/main.py': LAMBDA,
          // Where there are layers, one has it.
          ...(name === 'lambda-2016' && { '/var/task/helper.py': HELPER }),
        },
        ...(name === 'lambda-today' && { layers: { '/opt/python/helper.py': HELPER } }),
        handler: 'app/main.lambda_handler',
        event: EVENT,
        timeout: 5000,
        memory: 256,
        variables: { STAGE: `it's "$&" \\ here` },
      });
      const [, answer = ''] = await runCommand(folder);
      const parsed = JSON.parse(answer) as Record<string, unknown>;
      assert.deepEqual(parsed.event, JSON.parse(EVENT));
      assert.equal(parsed.memory, '256');
      assert.equal(parsed.stage, `it's "$&" \\ here`);
      const printed = await runTest(folder);
      assert.deepEqual(answerIn(printed), parsed);
    },
  );
}

/** Functions for the platforms without a context, by the platform: the file and its text. */
const OTHERS = {
  'openwhisk-actionloop': [
    '__main__.py',
    'import os\n\n\ndef main(args):\n    return {"args": args, "who": os.environ["__OW_ACTION_NAME"]}\n',
  ],
  'openwhisk-flask': [
    '__main__.py',
    'import os\n\n\ndef main(args):\n    return {"args": args, "who": os.environ["__OW_ACTION_NAME"]}\n',
  ],
  fn: [
    'func.py',
    'import json\n\n\ndef handler(ctx, data):\n    kind = ctx.Headers()["content-type"]\n' +
      '    return json.dumps({"data": json.load(data), "name": ctx.FnName(), "type": kind})\n',
  ],
  'ironfunctions-default': [
    'func.py',
    'import json, os, sys\nprint(json.dumps([json.load(sys.stdin), os.environ["ROUTE"]]), end="")\n',
  ],
  'ironfunctions-http': [
    'func.py',
    'import json, sys\nfrom http.client import parse_headers\n\nwhile sys.stdin.buffer.readline():\n' +
      '    headers = parse_headers(sys.stdin.buffer)\n' +
      '    event = json.loads(sys.stdin.buffer.read(int(headers["Content-Length"])))\n' +
      '    body = json.dumps([event, headers["Route"], headers["Param_name"]])\n' +
      '    print(f"HTTP/1.1 200 OK\\r\\nContent-Length: {len(body)}\\r\\n\\r\\n{body}", end="", flush=True)\n',
  ],
} as const;

describe('every platform', () => {
  for (const [name, [file, source]] of Object.entries(OTHERS))
    it(
      `${name}: its test answers as its model does`,
      { skip: python === null && 'there is no Python here' },
      async () => {
        const { taskRoot } = await platformOf(name);
        const folder = await pack(name, { files: { [`${taskRoot}/${file}`]: source }, event: EVENT });
        const [[environment], printed] = await Promise.all([
          runHandler(source, { platform: name, file, events: [EVENT] }),
          runTest(folder),
        ]);
        const outcome = environment?.runs[0]?.outcome;
        assert.ok(outcome?.status === 'returned' || outcome?.status === 'completed', JSON.stringify(outcome));
        assert.deepEqual(answerIn(printed), JSON.parse(outcome.payload));
      },
    );

  it('has a test with the constants that a zip sets, and with its own platform’s values', async () => {
    for (const name of await listPlatforms()) {
      const { test } = await platformOf(name);
      if (test === null) continue;
      for (const constant of ['HANDLER', 'EVENT', 'TIMEOUT_IN_MS', 'VARIABLES'])
        assert.equal(
          test.match(new RegExp(`^${constant}(: .+)? = `, 'gm'))?.length,
          1,
          `${name} ${constant}`,
        );
      const { description } = await readPlatform(name);
      for (const [variable, value] of Object.entries(description.variables)) {
        const said: string | undefined = new RegExp(`^ {4}"${variable}": "(.*)",$`, 'm').exec(test)?.[1];
        if (said !== undefined) assert.equal(said, value, `${name} ${variable}`);
      }
    }
  });
});

/** The answer that a test has printed; a dot of pytest's may follow it. */
function answerIn(printed: string): unknown {
  const [line = ''] = /^[[{].*[\]}]/m.exec(printed) ?? [];
  return JSON.parse(line);
}

describe('the files of a zip', () => {
  const ask = async (record: Omit<CodeRecord, 'at'>, answer: string | null = null) => ({
    name: 'Mine',
    record: { at: 'playground', ...record },
    platform: await platformOf('lambda-today'),
    answer,
    address: ADDRESS,
  });

  it('never take the name of one of the function’s own', async () => {
    const own = ['test_handler.py', 'EVENT.JSON', 'readme.md', 'layer/x.py', 'lambda_function.py'];
    const files = functionToFiles(
      await ask({
        files: Object.fromEntries(own.map((name) => [`/var/task/${name}`, `# ${name}\n`])),
        layers: { '/opt/python/shared.py': 'x = 1\n' },
      }),
      readme,
    );
    assert.deepEqual(
      files.map(({ name }) => name),
      [...own, 'layer_2/python/shared.py', 'event_2.json', 'test_handler_2.py', 'README_2.md'],
    );
    const test = files.find(({ name }) => name === 'test_handler_2.py')?.text ?? '';
    assert.match(test, /^EVENT = "event_2\.json"$/m);
    assert.match(test, /^LAYERS: list\[str\] = \["layer_2\/python","layer_2"\]$/m);
  });

  it('hold what the last run answered, to be asked for', async () => {
    const files = functionToFiles(await ask({}, '{"say": "it\'s \\"so\\""}'), readme);
    const test = files.find(({ name }) => name === 'test_handler.py')?.text ?? '';
    assert.match(test, /answer = call_handler\(\)\n {4}# assert answer == json\.loads\("\{\\"say\\": /);
    const other = functionToFiles(await ask({}, 'no JSON'), readme);
    assert.ok(!other.some(({ text }) => text.includes('# assert answer')));
  });

  it('are without a test where the platform has none', async () => {
    const asked = await ask({ files: { '/var/task/a.py': '' }, variables: { STAGE: 'x' } });
    const files = functionToFiles({ ...asked, platform: { ...asked.platform, test: null } }, readme);
    assert.deepEqual(
      files.map(({ name }) => name),
      ['a.py', 'event.json', 'README.md'],
    );
    assert.ok(!files.some(({ text }) => text.includes('test_handler')));
  });

  it('leave out a file that is away, and refuse one outside of the function', async () => {
    const away = functionToFiles(await ask({ files: { '/var/task/a.py': null } }), readme);
    assert.ok(!away.some(({ name }) => name === 'a.py'));
    const outside = await ask({ files: { '/var/runtime/bootstrap.py': '' } });
    assert.throws(() => functionToFiles(outside, readme), { key: 'path' });
  });

  it('are in an archive with a name that every disk takes', () => {
    assert.equal(zipName('Try it'), 'Try-it.zip');
    assert.equal(zipName('../..'), 'function.zip');
    assert.equal(zipName('注文の関数 2'), '注文の関数-2.zip');
  });
});
