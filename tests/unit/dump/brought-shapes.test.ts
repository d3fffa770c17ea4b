/** Runtimes that are built in other ways than the model and the fixtures: whatever they ask for, they get it or are told. */
import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { notesOfRun, readRuntime, stackAtHandler } from '../../../scripts/invoke-runtime.ts';
import { eventsToAbsences, eventsToLog, eventsToNotes, type RecordedRun } from '../../../src/trace/format.ts';
import { Places, runBrought } from './run-brought.ts';

const HANDLER = `
import logging
count = 0
def lambda_handler(event, context):
    global count
    count += 1
    logging.warning("told %d", count)
    return [count, event]
`;

/** A package that hands out invocations by its module `ways`: `begin`, `take` and `answer`. */
const packageWith = (ways: string): Record<string, string> => ({
  'awslambdaric/__init__.py': '',
  'awslambdaric/__main__.py': 'from . import bootstrap\nbootstrap.run()\n',
  'awslambdaric/bootstrap.py': `
import json
from . import ways

def run():
    from lambda_function import lambda_handler
    ways.begin()
    while True:
        request, event = ways.take()
        ways.answer(request, json.dumps(lambda_handler(json.loads(event), None)))
`,
  'awslambdaric/ways.py': ways,
});

const BY_CLIENT = `
import runtime_client

def take():
    event, headers = runtime_client.next()
    return headers["Lambda-Runtime-Aws-Request-Id"], event

def answer(request, text):
    runtime_client.post_invocation_result(request, bytearray(text.encode()), "application/json")
`;

const payloads = (runs: readonly RecordedRun[]): unknown[] =>
  runs.map(({ outcome }) => ('payload' in outcome ? outcome.payload : outcome.status));
const notes = (run: RecordedRun | undefined): string[] =>
  eventsToNotes(run?.events ?? []).map(({ what, name, at }) => `${what} ${name} ${at?.name ?? '?'}`);

describe('a runtime that is built in its own way', () => {
  const places = new Places();
  after(() => places.remove());

  it('reaches the server beside it by any socket', async () => {
    const place = await places.make(
      packageWith(`
import asyncio
import http.client
import os
import select
import socket
import urllib.request

HOST, PORT = os.environ["AWS_LAMBDA_RUNTIME_API"].split(":")
BASE = "/2018-06-01/runtime/invocation/"

def text_of(method, path, body):
    return f"{method} {BASE}{path} HTTP/1.1\\r\\nHost: x\\r\\nContent-Length: {len(body)}\\r\\n\\r\\n".encode() + body

def parsed(head):
    return {name.lower(): value for name, value in (line.split(": ", 1) for line in head.decode().split("\\r\\n")[1:])}

def plain(method, path, body=b""):
    for family, kind, protocol, _, address in socket.getaddrinfo(HOST, PORT, 0, socket.SOCK_STREAM):
        with socket.socket(family, kind, protocol) as connection:
            connection.settimeout(5)
            connection.connect(address)
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            connection.sendall(text_of(method, path, body))
            assert select.select([connection], [], [], 1)[0] == [connection]
            got = b""
            while b"\\r\\n\\r\\n" not in got:
                got += connection.recv(50)
            head, rest = got.split(b"\\r\\n\\r\\n", 1)
            headers = parsed(head)
            while len(rest) < int(headers["content-length"]):
                rest += connection.recv(50)
            return headers, rest

def as_file(method, path, body=b""):
    connection = socket.create_connection((HOST, int(PORT)))
    assert connection.getpeername() == (HOST, int(PORT))
    with connection, connection.makefile("rwb") as file:
        file.write(text_of(method, path, body))
        file.flush()
        head = b"".join(iter(file.readline, b"\\r\\n"))
        headers = parsed(head.strip())
        return headers, file.read(int(headers["content-length"]))

def as_stream(method, path, body=b""):
    async def call():
        reader, writer = await asyncio.open_connection(HOST, int(PORT))
        writer.write(text_of(method, path, body))
        headers = parsed((await reader.readuntil(b"\\r\\n\\r\\n")).strip())
        rest = await reader.readexactly(int(headers["content-length"]))
        writer.close()
        return headers, rest
    return asyncio.run(call())

def by_library(method, path, body=b""):
    request = urllib.request.Request(f"http://{HOST}:{PORT}{BASE}{path}", data=body or None, method=method)
    with urllib.request.urlopen(request) as response:
        return response.headers, response.read()

kept = http.client.HTTPConnection(HOST, int(PORT))

def kept_alive(method, path, body=b""):
    kept.request(method, BASE + path, body)
    response = kept.getresponse()
    return response.headers, response.read()

WAYS = [plain, as_file, as_stream, by_library, kept_alive, kept_alive]

def begin():
    one, other = socket.socketpair()
    one.sendall(b"to wake")
    assert other.recv(2) + other.recv(9) == b"to wake"

def take():
    headers, event = WAYS[0]("GET", "next")
    return headers["lambda-runtime-aws-request-id"], event

def answer(request, text):
    WAYS.pop(0)("POST", f"{request}/response", text.encode())
`),
    );
    const runs = await runBrought(place, HANDLER, { events: ['1', '2', '3', '4', '5', '6'] });
    assert.deepEqual(payloads(runs), ['[1, 1]', '[2, 2]', '[3, 3]', '[4, 4]', '[5, 5]', '[6, 6]']);
    assert.deepEqual(
      runs.flatMap(({ events }) => eventsToAbsences(events)),
      [],
    );
    assert.deepEqual(
      stackAtHandler(runs[0] ?? assert.fail()).map(({ owner }) => owner),
      ['runtime', 'runtime', 'handler'],
    );
  });

  it('writes to the descriptor of its log in any way', async () => {
    const place = await places.make(
      packageWith(`${BY_CLIENT}
import io
import os
import struct

def begin():
    number = int(os.environ.pop("_LAMBDA_TELEMETRY_LOG_FD"))
    def buffered(text):
        with os.fdopen(os.dup(number), "wb") as file:
            file.write(text)
    for name, write in {
        "fdopen": os.fdopen(number, "wb", 0).write,
        "open": open(number, "wb", buffering=0, closefd=False).write,
        "FileIO": io.FileIO(number, "w", closefd=False).write,
        "write": lambda text: os.write(number, text),
        "writev": lambda text: os.writev(number, [text[:5], text[5:]]),
        "dup": buffered,
        "path": open(f"/proc/self/fd/{number}", "wb", 0).write,
    }.items():
        message = f"by {name}".encode()
        write(struct.pack(">IIQ", 0xa55a0003, len(message), 0) + message)
    with open("/tmp/other", "w") as file:
        file.write("as ever")
    print(open("/tmp/other").read(), isinstance(open("/tmp/other", "rb", 0), io.FileIO))
`),
    );
    const [run] = await runBrought(place, HANDLER);
    const log = eventsToLog(run?.events ?? []);
    assert.deepEqual(
      log.match(/^by \w+$/gm),
      ['fdopen', 'open', 'FileIO', 'write', 'writev', 'dup', 'path'].map((name) => `by ${name}`),
    );
    assert.match(log, /^as ever True$/m);
  });

  it('waits in threads of any kind', async () => {
    const place = await places.make(
      packageWith(`${BY_CLIENT}
import _thread
import queue
import threading
from concurrent.futures import ThreadPoolExecutor, wait

take_here = take

def begin():
    threading.Thread(target=lambda: print("never"), daemon=True).start()

def joined():
    box = []
    thread = threading.Thread(target=lambda: box.append(take_here()), name="poll")
    thread.start()
    while thread.is_alive():
        thread.join(0.1)
    return box[0]

def queued():
    got = queue.Queue()
    threading.Thread(target=lambda: got.put((threading.current_thread().name, take_here())), name="poll").start()
    name, value = got.get()
    assert (name, threading.current_thread().name) == ("poll", "MainThread")
    return value

def by_event():
    box, ready = [], threading.Event()
    threading.Thread(target=lambda: (box.append(take_here()), ready.set())).start()
    assert ready.wait()
    return box[0]

def locked():
    box, lock = [], _thread.allocate_lock()
    lock.acquire()
    _thread.start_new_thread(lambda: (box.append(take_here()), lock.release()), ())
    lock.acquire()
    return box[0]

def pooled():
    with ThreadPoolExecutor(1) as pool:
        future = pool.submit(take_here)
        wait([future])
        return future.result()

WAYS = [joined, queued, by_event, locked, pooled]

def take():
    return WAYS.pop(0)()
`),
    );
    const runs = await runBrought(place, HANDLER, { events: ['1', '2', '3', '4', '5'] });
    assert.deepEqual(payloads(runs), ['[1, 1]', '[2, 2]', '[3, 3]', '[4, 4]', '[5, 5]']);
    assert.deepEqual(runs.flatMap(notes), [
      'whenWaited Thread.start begin',
      'inPlace _thread.start_new_thread locked',
      'inPlace ThreadPoolExecutor.submit pooled',
    ]);
  });

  it('gets what has left the library or is not in a browser, and what there is no stand-in for is told', async () => {
    const place = await places.make(
      packageWith(`${BY_CLIENT}
import asyncio
import json
import os
import time
import traceback
from collections import Mapping

ODD = "\\d"

def told(ask):
    try:
        return ask()
    except (ImportError, AttributeError, OSError) as error:
        return type(error).__name__

def begin():
    import cgi, pwd, resource
    from distutils.version import LooseVersion
    assert isinstance({}, Mapping) and time.clock() >= 0 and os.errno.ENOENT == 2
    assert cgi.parse_header('text/plain; charset="utf-8"') == ("text/plain", {"charset": "utf-8"})
    assert LooseVersion("3.10.1") > LooseVersion("3.9")
    assert json.loads("[1]", encoding="utf-8") == [1]
    assert os.listdir("/var/runtime") == []
    asyncio.get_event_loop().run_until_complete(asyncio.sleep(0))
    assert traceback.format_exception(etype=KeyError, value=KeyError(1), tb=None) == ["KeyError: 1\\n"]
    assert resource.getrlimit(resource.RLIMIT_NOFILE)[0] == 1024 and pwd.getpwuid(os.getuid()).pw_dir.startswith("/home/")
    print(told(lambda: cgi.FieldStorage), told(lambda: os.sched_getaffinity(0)), told(lambda: __import__("asyncore")))
    print(told(lambda: open("/proc/meminfo")), told(os.fork), told(lambda: __import__("curses")))
`),
    );
    const [run] = await runBrought(place, HANDLER);
    assert.ok(run);
    const log = eventsToLog(run.events);
    assert.match(log, /^AttributeError AttributeError ModuleNotFoundError$/m);
    assert.match(log, /^FileNotFoundError OSError ModuleNotFoundError$/m);
    assert.doesNotMatch(log, /Warning: /);
    assert.deepEqual(
      notes(run).filter((note) => !note.startsWith('lent')),
      [
        'standIn collections.Mapping <module>',
        'standIn cgi begin',
        'standIn distutils begin',
        'standIn distutils.version begin',
        'standIn time.clock begin',
        'standIn os.errno begin',
        'standIn json.loads(encoding=) begin',
        'standIn asyncio.get_event_loop begin',
        'standIn traceback.format_exception(etype=) begin',
        'leftName cgi.FieldStorage <lambda>',
        'noName os.sched_getaffinity <lambda>',
        'left asyncore <lambda>',
        'machineFile /proc/meminfo <lambda>',
      ],
    );
    assert.deepEqual(
      notes(run).filter((note) => note.startsWith('lent')),
      ['lent pwd begin', 'lent resource begin'],
    );
    assert.deepEqual(
      eventsToAbsences(run.events).map(({ what, name, at }) => [what, name, at?.name]),
      [
        ['processes', 'os.fork', 'told'],
        ['module', 'curses', '<lambda>'],
      ],
    );
    assert.doesNotMatch(notesOfRun(run).join('\n'), /\{\w+\}|undefined/);
  });

  it('gets nothing that had left the library before the Python that it was made for', async () => {
    const place = await places.make({
      ...packageWith(`${BY_CLIENT}
import cgi

def begin():
    try:
        import imp
    except ImportError:
        from collections import Mapping
`),
      'runtime_client.cpython-312-x86_64-linux-gnu.so': 'x',
    });
    const [run] = await runBrought(place, HANDLER);
    assert.match(
      eventsToLog(run?.events ?? []),
      /^ImportError: cannot import name 'Mapping' from 'collections'/m,
    );
    assert.deepEqual(new Set(notes(run)), new Set(['standIn cgi <module>', 'left imp begin']));
    assert.deepEqual(eventsToAbsences(run?.events ?? []), []);
  });

  it('may be single modules beside its script, in a folder of any name', async () => {
    const script = (folder: string): Record<string, string> => ({
      [`${folder}/bootstrap.py`]: `
import os, sys
sys.path.insert(0, os.environ["LAMBDA_TASK_ROOT"])
import six
import loop_of_ours

if __name__ == "__main__":
    loop_of_ours.run()
`,
      [`${folder}/loop_of_ours.py`]: `import json${BY_CLIENT}
def run():
    from lambda_function import lambda_handler
    while True:
        request, event = take()
        answer(request, json.dumps(lambda_handler(json.loads(event), None)))
`,
      'var/runtime/six.py': 'PY3 = True\n',
    });
    for (const folder of ['var/runtime', 'var/runtime/awslambda']) {
      const place = await places.make(script(folder));
      const [run] = await runBrought(place, HANDLER);
      assert.ok(run);
      assert.deepEqual(payloads([run]), ['[1, {}]']);
      assert.deepEqual(
        stackAtHandler(run).map(({ file, owner }) => [file, owner]),
        [
          [`/${folder}/bootstrap.py`, 'runtime'],
          [`/${folder}/loop_of_ours.py`, 'runtime'],
          ['/var/task/lambda_function.py', 'handler'],
        ],
      );
    }
    const shebang = {
      ...script('var/runtime'),
      'var/runtime/bootstrap': '#!/var/lang/bin/python3.7\nimport bootstrap\nbootstrap.loop_of_ours.run()\n',
    };
    const [run] = await runBrought(await places.make(shebang), HANDLER);
    assert.ok(run);
    assert.equal(stackAtHandler(run)[0]?.file, '/var/runtime/bootstrap');
  });

  it('is no use as compiled files alone, and that is the sentence', async () => {
    const place = await places.make({
      'var/runtime/awslambdaric/__main__.pyc': 'x',
      'var/runtime/awslambdaric/bootstrap.pyc': 'x',
    });
    await assert.rejects(
      readRuntime(place, 'mine'),
      /^BadRuntime: --runtime mine: It holds .* compiled files/,
    );
  });
});
