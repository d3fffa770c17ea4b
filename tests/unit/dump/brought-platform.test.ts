import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { broughtPlatform, platformOf, type Base } from '../../../src/dump/brought-runtime.ts';
import { findRuntime } from '../../../src/dump/find-runtime.ts';
import { receivedNames } from '../../../src/dump/native-calls.ts';
import { readPlatform } from '../../../src/integrations/platforms.ts';
import { readFrames } from '../../../src/platforms/lambda-today/frames.ts';
import { contentsToFiles } from '../../../src/trace/file-content.ts';

const toFiles = (files: Readonly<Record<string, string>>): Map<string, Uint8Array> =>
  new Map(Object.entries(files).map(([path, text]) => [path, new TextEncoder().encode(text)]));

async function bring(paths: Readonly<Record<string, string>>) {
  const files = toFiles(paths);
  const found = findRuntime(files);
  assert.ok(found);
  const { description, files: contents } = await readPlatform(platformOf(found));
  const base: Base = { description, files: contentsToFiles(contents), harness: {} };
  const brought = broughtPlatform(files, found, base);
  assert.ok(brought.runs);
  return { ...brought, keys: brought.notes.map(({ key }) => key) };
}

const below = (root: string, names: readonly string[]): Record<string, string> =>
  Object.fromEntries(names.map((name) => [root === '' ? name : `${root}/${name}`, '']));

const PACKAGE = ['awslambdaric/__init__.py', 'awslambdaric/__main__.py', 'awslambdaric/bootstrap.py'];
const SITE = '/var/lang/lib/python3.14/site-packages';

describe('where a brought runtime lies', () => {
  const PLACES: readonly (readonly [string, string, string])[] = [
    ['', SITE, 'placed'],
    ['site-packages', SITE, 'placed'],
    ['my-venv/lib/python3.9/site-packages', SITE, 'placed'],
    ['var/runtime', '/var/runtime', ''],
    ['dump-1/var/runtime', '/var/runtime', ''],
    ['var/lang/lib/python3.12/site-packages', '/var/lang/lib/python3.12/site-packages', ''],
    ['usr/local/lib/python3.11/site-packages', '/usr/local/lib/python3.11/site-packages', ''],
  ];
  for (const [folder, root, note] of PLACES)
    it(`is ${root} for a package in ${folder === '' ? 'the top of the dump' : folder}`, async () => {
      const { platform, image, keys } = await bring(below(folder, PACKAGE));
      assert.equal(platform.entry, `${root}/awslambdaric/__main__.py`);
      assert.equal(platform.start?.module, 'awslambdaric');
      assert.ok(`${root}/awslambdaric/bootstrap.py` in image);
      assert.equal(keys.includes('placed'), note !== '');
      assert.deepEqual(platform.brought?.path, [root]);
    });

  it('keeps the script of a managed runtime as the start, and the module as the other one', async () => {
    const beside = await bring(below('runtime', [...PACKAGE, 'bootstrap.py']));
    assert.equal(beside.platform.entry, '/var/runtime/bootstrap.py');
    assert.equal(beside.platform.starts?.image?.entry, '/var/runtime/awslambdaric/__main__.py');
    const apart = await bring({
      ...below('var/lang/lib/python3.11/site-packages', PACKAGE),
      'var/runtime/bootstrap.py': '# its own',
      'var/runtime/boto3/__init__.py': '',
    });
    assert.equal(apart.platform.entry, '/var/runtime/bootstrap.py');
    assert.equal(
      new TextDecoder().decode(apart.image['/var/runtime/bootstrap.py'] as Uint8Array),
      '# its own',
    );
    assert.equal(apart.image['/var/runtime/boto3/__init__.py'], undefined);
    assert.equal(apart.platform.variables.AWS_EXECUTION_ENV, 'AWS_Lambda_python3.11');
  });
});

it('plays the native module beside the package and within it, but not one that is Python', async () => {
  const played = async (more: readonly string[]): Promise<readonly string[]> => {
    const { platform, keys } = await bring(below('var/runtime', [...PACKAGE, ...more]));
    const modules = platform.native.map(({ module }) => module).filter((name) => name !== 'lab_bucket');
    return [...modules, ...keys.filter((key) => key.startsWith('played'))];
  };
  const within = 'awslambdaric.runtime_client';
  assert.deepEqual(await played([]), ['runtime_client', within, 'playedNoFile']);
  assert.deepEqual(await played(['awslambdaric/runtime_client.cpython-39-x86_64-linux-gnu.so']), [
    'runtime_client',
    within,
    'played',
  ]);
  assert.deepEqual(await played(['runtime_client.py']), []);
  assert.deepEqual(await played(['awslambdaric/runtime_client.py']), []);
});

it('finds the libraries of a package that lie in another folder than it', async () => {
  const { platform, image, keys } = await bring({
    ...below('var/runtime', [...PACKAGE, 'bootstrap.py']),
    'var/lang/lib/python3.9/site-packages/simplejson/__init__.py': '',
  });
  assert.deepEqual(platform.brought?.path, ['/var/runtime', '/var/lang/lib/python3.9/site-packages']);
  assert.ok('/var/lang/lib/python3.9/site-packages/simplejson/__init__.py' in image);
  assert.ok(!(`${SITE}/simplejson/__init__.py` in image));
  assert.ok(platform.library?.includes('/var/lang/lib/python3.9/site-packages/simplejson/'));
  assert.deepEqual(keys, ['playedNoFile', 'ours'], 'snapshot_restore_py alone is the model’s');
});

describe('the disk of a brought runtime', () => {
  const runtime = {
    ...below('var/runtime', PACKAGE),
    ...below('var/runtime', [
      'runtime_client.cpython-39-x86_64-linux-gnu.so',
      'simplejson/__init__.py',
      'simplejson/_speedups.cpython-39-x86_64-linux-gnu.so',
      'simplejson/__pycache__/__init__.cpython-39.pyc',
      'hidden.pyc',
      'botocore/data/s3.json',
    ]),
    'var/lang/lib/python3.9/json/__init__.py': '',
    'var/task/lambda_function.py': '',
  };

  it('holds nothing of the model’s runtime, no machine code and no compiled file', async () => {
    const { image, platform, keys } = await bring(runtime);
    const paths = Object.keys(image);
    assert.deepEqual(
      paths.filter((path) => path.startsWith(`${SITE}/awslambdaric`) || /\.(?:so|pyc)$/.test(path)),
      [],
    );
    assert.ok(!paths.includes(`${SITE}/simplejson/__init__.py`), 'the dump has its own');
    assert.ok(paths.includes(`${SITE}/snapshot_restore_py/__init__.py`), 'the dump has none');
    assert.ok(!paths.some((path) => path.startsWith('/var/task/') || path.includes('/json/')));
    assert.equal(
      platform.native.find(({ module }) => module === 'runtime_client')?.origin,
      '/var/runtime/runtime_client.cpython-39-x86_64-linux-gnu.so',
    );
    assert.deepEqual(Object.keys(platform.brought?.native ?? {}), ['runtime_client', 'simplejson._speedups']);
    assert.deepEqual(Object.keys(platform.brought?.compiled ?? {}), ['hidden']);
    assert.deepEqual(keys, ['python', 'played', 'machineCode', 'bytecode', 'ours', 'noNetwork', 'library']);
  });

  it('says whose code lies where', async () => {
    const { platform } = await bring(runtime);
    assert.ok(platform.runtime?.includes('/var/runtime/awslambdaric/'));
    assert.ok(platform.library?.includes('/var/runtime/simplejson/'));
  });
});

it('writes log frames of an old client, without a time, and of a new one', () => {
  const frame = (type: number, rest: readonly number[]): number[] => [
    0xa5,
    0x5a,
    0,
    type,
    0,
    0,
    0,
    2,
    ...rest,
    104,
    105,
  ];
  const times = [0, 0, 0, 0, 0, 0, 0, 1];
  const { frames, rest } = readFrames(Uint8Array.from([...frame(1, []), ...frame(3, times), 0xa5]));
  assert.deepEqual(
    frames.map(({ type, message }) => [type, message]),
    [
      [0xa55a0001, 'hi'],
      [0xa55a0003, 'hi'],
    ],
  );
  assert.equal(rest.length, 1);
});

it('does not run one of Python 2.7', () => {
  const files = toFiles({ 'var/runtime/awslambda/bootstrap.py': 'print "a"\n' });
  const found = findRuntime(files);
  assert.ok(found);
  const description = { native: [], variables: {} } as unknown as Base['description'];
  assert.deepEqual(broughtPlatform(files, found, { description, files: {}, harness: {} }), {
    runs: false,
    reason: 'python2',
  });
});

describe('what a bootstrap takes of its native module’s answers', () => {
  it('is told by the names that it gives them', () => {
    const source = `
def wait():
    a = 1
    invokeid, mode, handler, suppress_init, throttled, credentials = runtime.receive_start()
    os.environ['A'] = credentials['key']
    (
        invokeid,
        data_sock,
        credentials,
        event_body,
        context_objs,
        invoked_function_arn,
        x_amzn_trace_id,
    ) = lambda_runtime.receive_invoke()
`;
    assert.deepEqual(receivedNames(source), {
      receive_start: ['request', 'mode', 'handler', 'suppress', 'throttled', 'namedCredentials'],
      receive_invoke: ['request', 'socket', 'namedCredentials', 'event', 'context', 'arn', 'trace'],
    });
  });

  it('is told behind a parenthesis, and where an answer is handed on before it is taken apart', () => {
    const source = `
def wait():
    return lambda_runtime.receive_start()

start_id, mode, handler, suppress_init, credentials = wait()
key = credentials[0]
invoke_id, sock, creds, body, context_objs, arn = (
    lambda_runtime.receive_invoke()
)
`;
    assert.deepEqual(receivedNames(source), {
      receive_start: ['request', 'mode', 'handler', 'suppress', 'credentials'],
      receive_invoke: ['request', 'socket', 'credentials', 'event', 'context', 'arn'],
    });
  });

  it('is told by their number where the names tell nothing', () => {
    const source =
      'a, b, c, d, e = runtime.recv_start(n)\nkey, secret, session = creds\nx = r.receive_invoke(n)\n';
    assert.deepEqual(receivedNames(source).recv_start?.length, 5);
    assert.equal(receivedNames(source).receive_invoke?.at(-1), 'arn', 'of the year of recv_start');
  });
});
