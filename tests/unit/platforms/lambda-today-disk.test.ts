/** The disk of today's Lambda as a function meets it: where things lie, what may be written, what an error tells. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { runHandler, type Chosen } from '../run-handler.ts';

const LIBRARY = '/var/lang/lib/python3.14';
const PACKAGES = `${LIBRARY}/site-packages`;
const LAYERS = ['/opt/python/lib/python3.14/site-packages', '/opt/python'];

/** What a handler returns whose lines these are, behind `import os, sys`. */
async function ask(lines: string, chosen: Chosen = {}): Promise<unknown> {
  const body = lines.replaceAll('\n', '\n    ');
  const source = `import os, sys\n\ndef lambda_handler(event, context):\n    ${body}\n`;
  const [environment] = await runHandler(source, { platform: 'lambda-today', ...chosen });
  const outcome = environment?.runs[0]?.outcome;
  assert.ok(outcome?.status === 'returned', JSON.stringify(environment?.runs));
  return JSON.parse(outcome.payload);
}

/** Says of each change to the disk how it was refused. */
const ATTEMPT = `def attempt(change, *args):
    try:
        change(*args)
    except OSError as error:
        return [type(error).__name__, error.errno, str(error)]
`;

const refused = (names: string): [string, number, string] => [
  'OSError',
  30,
  `[Errno 30] Read-only file system: ${names}`,
];

describe('the root of the disk', () => {
  it('has the folders of a Linux, and none that the lab has laid there', async () => {
    assert.deepEqual(
      await ask(
        'return [sorted(os.listdir("/")), os.listdir("/home"), os.listdir("/lib"), os.listdir("/var/runtime")]',
      ),
      [
        'bin boot dev etc home lib lib64 media mnt opt proc root run sbin srv sys tmp usr var'.split(' '),
        [],
        [],
        ['bootstrap.py'],
      ],
    );
    assert.deepEqual(await ask('return [os.path.exists(path) for path in ("/harness", "/dev/shm")]'), [
      false,
      false,
    ]);
  });

  it('holds Python under /var/lang, as Python itself says', async () => {
    assert.deepEqual(
      await ask(`import site, sysconfig
return [sys.prefix, sys.exec_prefix, sys.base_prefix, sys.executable, os.__file__, site.getsitepackages(),
    sysconfig.get_path("stdlib"), sorted(os.listdir(sys.prefix))]`),
      [
        '/var/lang',
        '/var/lang',
        '/var/lang',
        '/var/lang/bin/python3.14',
        `${LIBRARY}/os.py`,
        [PACKAGES],
        LIBRARY,
        ['bin', 'lib'],
      ],
    );
  });

  it('has the path that was seen in 3.13, and an image has it without the script’s part', async () => {
    const own = ['/var/lang/lib/python314.zip', LIBRARY, `${LIBRARY}/lib-dynload`, PACKAGES];
    assert.deepEqual(await ask('return sys.path'), [
      '/var/task',
      ...LAYERS,
      PACKAGES,
      '/var/runtime',
      ...own,
      ...LAYERS,
    ]);
    assert.deepEqual(await ask('return sys.path', { start: 'image' }), ['/var/task', '/var/runtime', ...own]);
  });
});

describe('a layer', () => {
  const layer = {
    '/opt/python/shared.py': 'def call(f):\n    return f()\n',
    '/opt/python/boto3/__init__.py': 'WHOSE = "layer"\n',
    '/opt/python/mine.py': 'WHOSE = "layer"\n',
    '/opt/python/lib/python3.14/site-packages/shared.py':
      'from boto3 import WHOSE\ndef call(f):\n    return f()\n',
  };

  it('is imported from: behind the function, before the runtime', async () => {
    assert.deepEqual(
      await ask(
        'import boto3, mine, shared\nreturn [boto3.WHOSE, mine.WHOSE, shared.__file__, os.listdir("/opt/python")]',
        { changed: layer, files: { 'mine.py': 'WHOSE = "function"\n' } },
      ),
      [
        'layer',
        'function',
        '/opt/python/lib/python3.14/site-packages/shared.py',
        ['shared.py', 'boto3', 'mine.py', 'lib'],
      ],
    );
  });

  it('may hold the handler, whose frames are the function’s', async () => {
    const [environment] = await runHandler('', {
      platform: 'lambda-today',
      changed: { '/opt/python/app/main.py': 'def handle(event, context):\n    return __file__\n' },
      handler: 'app.main.handle',
    });
    const run = environment?.runs[0];
    assert.deepEqual(run?.outcome, { status: 'returned', payload: '"/opt/python/app/main.py"' });
    const calls = run.events.flatMap((event) => (event.kind === 'call' ? [event] : []));
    assert.equal(calls.find(({ name }) => name === 'handle')?.owner, 'handler');
  });
});

describe('the library of today’s Python', () => {
  it('lies in files: modules that are there from the start, and those that are imported later', async () => {
    assert.deepEqual(
      await ask(`import json.decoder, logging, xml.dom.minidom
from importlib.util import find_spec
modules = json, json.decoder, logging, xml.dom.minidom
return [
    [module.__file__, module.__spec__.origin, module.__spec__.loader.path, module.__spec__.cached] for module in modules
] + [json.__path__, find_spec("wsgiref.headers").origin, logging._srcfile, json.dumps.__code__.co_filename]`),
      [
        ...[
          ['json/', '__init__'],
          ['json/', 'decoder'],
          ['logging/', '__init__'],
          ['xml/dom/', 'minidom'],
        ].map(([folder = '', name = '']) => [
          ...Array.from({ length: 3 }, () => `${LIBRARY}/${folder}${name}.py`),
          `${LIBRARY}/${folder}__pycache__/${name}.cpython-314.pyc`,
        ]),
        [`${LIBRARY}/json`],
        `${LIBRARY}/wsgiref/headers.py`,
        `${LIBRARY}/logging/__init__.py`,
        `${LIBRARY}/json/__init__.py`,
      ],
    );
  });

  it('can be listed and read, and what is read is what runs', async () => {
    assert.deepEqual(
      await ask(`import inspect, json, difflib
names = os.listdir(os.path.dirname(os.__file__))
text = open(os.__file__, encoding="utf-8").read()
source = open(difflib.__file__, encoding="utf-8").read()
scope = {}
exec(compile(source, "difflib", "exec"), scope)
return [
    len(names) > 150, names == sorted(set(names), key=names.index), {"os.py", "json", "difflib.py"} <= set(names),
    os.path.getsize(os.__file__) == len(text.encode()), inspect.getsource(os.makedirs) in text,
    inspect.getsource(json.dumps).splitlines()[0][:10],
    scope["get_close_matches"].__code__.co_code == difflib.get_close_matches.__code__.co_code,
]`),
      [true, true, true, true, true, 'def dumps(', true],
    );
  });

  it('shows its files and lines in a traceback, and is no part of the recording', async () => {
    const [environment] = await runHandler(
      'import json, difflib\n\ndef lambda_handler(event, context):\n    list(difflib.ndiff(1, 2))\n',
      { platform: 'lambda-today' },
    );
    const run = environment?.runs[0];
    assert.ok(run?.outcome.status === 'raised');
    const { stackTrace } = JSON.parse(run.outcome.payload) as { stackTrace: string[] };
    const frames = stackTrace.map((entry) =>
      /^ {2}File "(.*)", line \d+, in (.*)\n {4}\S/.exec(entry)?.slice(1),
    );
    assert.deepEqual(frames.slice(0, 3), [
      ['/var/task/lambda_function.py', 'lambda_handler'],
      [`${LIBRARY}/difflib.py`, 'compare'],
      [`${LIBRARY}/difflib.py`, '__init__'],
    ]);
    const calls = run.events.flatMap((event) => (event.kind === 'call' ? [event] : []));
    assert.deepEqual(
      new Set(calls.map(({ source, owner }) => `${owner} ${source.replace(/[^/]*$/, '')}`)),
      new Set(['runtime /var/runtime/', `runtime ${PACKAGES}/awslambdaric/`, 'handler /var/task/']),
    );
  });
});

describe('writing to the disk', () => {
  it('is refused with errno 30 everywhere but in /tmp', async () => {
    const places = ['/x', '/home/x', '/var/x', '/var/task/x', '/opt/x', '/etc/x', `${LIBRARY}/x.py`];
    assert.deepEqual(
      await ask(
        `${ATTEMPT}return [attempt(open, path, "w") for path in ${JSON.stringify(places)}] + [
    attempt(open, "/tmp/x", "w"), attempt(open, "/dev/null", "w"), attempt(open, "/var/task/lambda_function.py"),
]`,
      ),
      [...places.map((place) => refused(`'${place}'`)), null, null, null],
    );
  });

  it('is so in whatever way, and leaves all as it was', async () => {
    const script = '/var/runtime/bootstrap.py';
    assert.deepEqual(
      await ask(
        `${ATTEMPT}script, before = ${JSON.stringify(script)}, os.stat("${script}")
open("/tmp/own", "w").close()
refused = [
    attempt(os.mkdir, "/opt/new"), attempt(os.makedirs, "/var/cache/a/b"), attempt(os.symlink, "/tmp", "/usr/link"),
    attempt(os.rename, "/tmp/own", "/moved"), attempt(os.rename, script, "/tmp/moved"), attempt(os.remove, script),
    attempt(os.rmdir, "/mnt"), attempt(os.truncate, script, 0), attempt(os.chmod, script, 0o777),
    attempt(os.utime, "/opt"), attempt(open, script, "r+"), attempt(os.open, "/bin/sh", os.O_CREAT | os.O_WRONLY),
]
after = os.stat(script)
return [refused, (before.st_mode, before.st_size, before.st_mtime) == (after.st_mode, after.st_size, after.st_mtime),
    os.listdir("/opt"), os.path.exists("/tmp/own")]`,
      ),
      [
        [
          "'/opt/new'",
          "'/var/cache'",
          "'/tmp' -> '/usr/link'",
          "'/tmp/own' -> '/moved'",
          `'${script}' -> '/tmp/moved'`,
          `'${script}'`,
          "'/mnt'",
          `'${script}'`,
          `'${script}'`,
          "'/opt'",
          `'${script}'`,
          "'/bin/sh'",
        ].map(refused),
        true,
        [],
        true,
      ],
    );
  });

  it('holds for files of the library that nobody has looked at before', async () => {
    const path = `${LIBRARY}/xml/dom/minidom.py`;
    assert.deepEqual(
      await ask(`${ATTEMPT}path = "${path}"
return [attempt(open, path, "a"), attempt(os.remove, path), attempt(os.chmod, path, 0), os.path.getsize(path) > 9999]`),
      [refused(`'${path}'`), refused(`'${path}'`), refused(`'${path}'`), true],
    );
  });
});

describe('errors of the system', () => {
  it('have the numbers and the texts of Linux, and the classes that belong to them', async () => {
    assert.deepEqual(
      await ask(`import socket
${ATTEMPT}return [
    attempt(open, "/nowhere"), attempt(os.mkdir, "/tmp"), attempt(os.listdir, "/var/task/lambda_function.py"),
    attempt(open, "/tmp"), attempt(os.close, 77), attempt(socket.create_connection, ("127.0.0.1", 9)),
]`),
      [
        ['FileNotFoundError', 2, "[Errno 2] No such file or directory: '/nowhere'"],
        ['FileExistsError', 17, "[Errno 17] File exists: '/tmp'"],
        ['NotADirectoryError', 20, "[Errno 20] Not a directory: '/var/task/lambda_function.py'"],
        ['IsADirectoryError', 21, "[Errno 21] Is a directory: '/tmp'"],
        ['OSError', 9, '[Errno 9] Bad file descriptor'],
        ['ConnectionRefusedError', 111, '[Errno 111] Connection refused'],
      ],
    );
  });

  it('can be compared with the names of `errno`, in whatever module', async () => {
    assert.deepEqual(
      await ask(`import errno, socket
return [errno.ENOENT, errno.EROFS, errno.EWOULDBLOCK, errno.ENOTSUP, errno.errorcode[30], socket.EBADF,
    os.strerror(30), os.strerror(18), os.strerror(0), os.strerror(999)]`),
      [
        2,
        30,
        11,
        95,
        'EROFS',
        9,
        'Read-only file system',
        'Invalid cross-device link',
        'Success',
        'Unknown error 999',
      ],
    );
  });

  it('are what a program makes of these numbers itself', async () => {
    assert.deepEqual(
      await ask(`class Own(OSError):
    pass

made = [OSError(2, "gone", "f"), OSError(13, "closed"), OSError(44, "none"), OSError(20, "no folder"), Own(2, "own"),
    OSError(10 ** 30, "huge"), OSError("words"), PermissionError(1, "not so")]
return [[type(error).__name__, error.errno if error.errno != 10 ** 30 else "huge", str(error)[:20]] for error in made]`),
      [
        ['FileNotFoundError', 2, "[Errno 2] gone: 'f'"],
        ['PermissionError', 13, '[Errno 13] closed'],
        ['OSError', 44, '[Errno 44] none'],
        ['NotADirectoryError', 20, '[Errno 20] no folder'],
        ['Own', 2, '[Errno 2] own'],
        ['OSError', 'huge', '[Errno 1000000000000'],
        ['OSError', null, 'words'],
        ['PermissionError', 1, '[Errno 1] not so'],
      ],
    );
  });

  it('have them on other platforms, too', async () => {
    const [environment] = await runHandler('def lambda_handler(event, context):\n    open("/x", "w")\n');
    const outcome = environment?.runs[0]?.outcome;
    assert.ok(outcome?.status === 'raised');
    assert.match(outcome.payload, /\[Errno 30\] Read-only file system: '\/x'/);
  });
});
