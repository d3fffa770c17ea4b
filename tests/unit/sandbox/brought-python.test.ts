/** Python that readers bring from elsewhere does here what it does on Linux, however the environment waits. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { eventsToAbsences, eventsToLog, type Outcome } from '../../../src/trace/format.ts';
import { runHandler, type Chosen } from '../run-handler.ts';

/** A handler, and what its runs answer and print. */
interface Case {
  readonly source: string;
  readonly events?: readonly string[];
  /** The answer of each run as JSON text, or the status with which its process ended. */
  readonly ends: readonly (string | number)[];
  /** What the process itself has written. */
  readonly log?: string | RegExp;
  /** Lines of the log that do not belong to the case. */
  readonly timeout?: number;
}

function endOf(outcome: Outcome): string | number {
  if (outcome.status === 'exited') return outcome.code;
  if (outcome.status === 'raised') {
    const { errorType, errorMessage } = JSON.parse(outcome.payload) as Record<string, string>;
    return `${errorType ?? ''}: ${errorMessage ?? ''}`;
  }
  return outcome.status === 'returned' ? outcome.payload : outcome.status;
}

const HEAD = 'def lambda_handler(event, context):\n';

function itRuns(name: string, { source, events = ['{}'], ends, log, timeout }: Case): void {
  it(name, async () => {
    for (const waiting of ['suspended', 'queue'] as const) {
      const chosen: Chosen = { platform: 'lambda-today', events, waiting, ...(timeout && { timeout }) };
      const runs = (await runHandler(source, chosen)).flatMap((environment) => environment.runs);
      const printed = runs.flatMap(({ events: all }) =>
        all.filter((event) => event.kind !== 'output' || event.stream !== 'platform'),
      );
      const text = eventsToLog(printed);
      assert.deepEqual(
        runs.map(({ outcome }) => endOf(outcome)),
        ends,
        `${waiting}\n${text}`,
      );
      if (typeof log === 'string') assert.equal(text, log, waiting);
      else if (log !== undefined) assert.match(text, log, waiting);
    }
  });
}

describe('the end of a process', () => {
  itRuns('finalizes what its modules hold, behind what atexit has', {
    source:
      'import atexit, sys\natexit.register(lambda: print("atexit ran"))\nclass D:\n' +
      '    def __del__(self): print("del ran", n)\nd = D()\nn = 0\n' +
      `${HEAD}    global n; n += 1\n    if n == 2: sys.exit(0)\n`,
    events: ['1', '2'],
    ends: ['null', 0],
    log: 'atexit ran\ndel ran 2\n',
  });
  itRuns('finalizes it behind the words of an error', {
    source: `class D:\n    def __del__(self): print("del ran")\nd = D()\n${HEAD}    raise KeyboardInterrupt\n`,
    ends: [-2],
    log: /^Traceback .*\nKeyboardInterrupt\ndel ran\n$/s,
  });
  itRuns('finalizes nothing where it comes at once', {
    source:
      'import os\nclass D:\n    def __del__(self): os.write(1, b"never")\nd = D()\n' +
      `${HEAD}    os._exit(4)\n`,
    ends: [4],
    log: '',
  });
  itRuns('closes generators that were left open', {
    source:
      'def give():\n    try: yield 1\n    finally: print("closed")\ngiven = give()\n' +
      `${HEAD}    next(given)\n    raise SystemExit(3)\n`,
    ends: [3],
    log: 'closed\n',
  });
  itRuns('calls the hook that the function has put there, once, with the streams of the process', {
    source:
      'import sys\ndef hook(*a): print("hooked", a[0].__name__); print("error", file=sys.stderr)\nsys.excepthook = hook\n' +
      `${HEAD}    raise SystemError("x") if event else KeyboardInterrupt()\n`,
    events: ['1', '0'],
    ends: ['SystemError: x', -2],
    log: /^\[ERROR\] SystemError: x\n.*\nhooked KeyboardInterrupt\nerror\n$/s,
  });
  itRuns('says what is wrong with a hook that fails', {
    source: `import sys\nsys.excepthook = None\n${HEAD}    raise KeyboardInterrupt\n`,
    ends: [-2],
    log: /^Error in sys\.excepthook:\nTypeError: 'NoneType' object is not callable\n\nOriginal exception was:\nTraceback .*\nKeyboardInterrupt\n$/s,
  });
  itRuns('misses a hook that was deleted', {
    source: `import sys\ndel sys.excepthook\n${HEAD}    raise GeneratorExit\n`,
    ends: [1],
    log: /^sys\.excepthook is missing\nTraceback .*\nGeneratorExit\n$/s,
  });
});

describe('the standard streams', () => {
  itRuns('can be entered, and stay open behind the block', {
    source:
      `import sys\n${HEAD}    with sys.stdout as s: print("inside", s is sys.stdout, file=s)\n` +
      '    with sys.stderr as s: s.write("error\\n")\n    print("after")\n    return s.closed\n',
    events: ['1', '2'],
    ends: ['false', 'false'],
    log: 'inside True\nerror\nafter\n'.repeat(2),
  });
  itRuns('are files in all else that people use of them', {
    source:
      'import contextlib, io, sys\n' +
      `${HEAD}    sys.stdout.reconfigure(line_buffering=True)\n    sys.stdout.writelines(["a\\n", "b\\n"])\n` +
      '    sys.stdout.buffer.write(b"bytes\\n"); sys.stdout.buffer.flush()\n    kept = io.StringIO()\n' +
      '    with contextlib.redirect_stdout(kept): print("kept")\n    print("flushed", flush=True)\n' +
      '    return [sys.stdout.encoding, sys.stdout.fileno(), sys.stderr.fileno(), sys.stdout.isatty(), kept.getvalue()]\n',
    ends: ['["utf-8", 1, 2, false, "kept\\n"]'],
    log: 'a\nb\nbytes\nflushed\n',
  });
});

describe('locales', () => {
  itRuns('are those of the disk, and no others', {
    source:
      `import locale\n${HEAD}    found = []\n    for name in "es_ES.UTF-8", "ja_JP.UTF-8", "C", "en_US.UTF-8", "nonsense", "C.UTF-8":\n` +
      '        try: found.append(locale.setlocale(locale.LC_ALL, name))\n        except locale.Error as error: found.append(str(error))\n' +
      '    return [*found, locale.getlocale(), locale.format_string("%d", 1234567, grouping=True)]\n',
    ends: [
      '["unsupported locale setting", "unsupported locale setting", "C", "unsupported locale setting", ' +
        '"unsupported locale setting", "C.UTF-8", ["C", "UTF-8"], "1234567"]',
    ],
  });
  itRuns('are asked for by the variables', {
    source: `import locale\n${HEAD}    if event: locale.setlocale(locale.LC_ALL, "")\n    return [locale.setlocale(locale.LC_CTYPE), locale.setlocale(locale.LC_TIME)]\n`,
    events: ['0', '1'],
    // LANG names one that is not there.
    ends: ['["C.UTF-8", "C"]', 'Error: unsupported locale setting'],
  });
  itRuns('that are not there raise where nobody holds it', {
    source: `import locale\n${HEAD}    locale.setlocale(locale.LC_TIME, "de_DE.UTF-8")\n`,
    ends: ['Error: unsupported locale setting'],
  });
});

describe('asyncio', () => {
  itRuns('runs work side by side, on its own loop, in every invocation anew', {
    source:
      'import asyncio\nasync def work(n):\n    await asyncio.sleep(0.01)\n    return n\n' +
      'async def main(e): return await asyncio.gather(*(work(i) for i in range(3)))\n' +
      `${HEAD}    return [asyncio.run(main(event)), type(asyncio.new_event_loop()).__name__]\n`,
    events: ['1', '2'],
    ends: ['[[0, 1, 2], "_UnixSelectorEventLoop"]', '[[0, 1, 2], "_UnixSelectorEventLoop"]'],
  });
  itRuns('has the runtime, the handler and the library below a coroutine, and nothing of the lab’s', {
    source:
      'import asyncio, traceback\nasync def work():\n    await asyncio.sleep(0.05)\n' +
      '    return [[f.filename.rpartition("/")[2], f.name] for f in traceback.extract_stack()][3:]\n' +
      `${HEAD}    return asyncio.run(work())\n`,
    ends: [
      JSON.stringify([
        ['bootstrap.py', 'run'],
        ['bootstrap.py', 'handle_event_request'],
        ['lambda_function.py', 'lambda_handler'],
        ['runners.py', 'run'],
        ['runners.py', 'run'],
        ['base_events.py', 'run_until_complete'],
        ['base_events.py', 'run_forever'],
        ['base_events.py', '_run_once'],
        ['events.py', '_run'],
        ['lambda_function.py', 'work'],
      ])
        .replaceAll(',"', ', "')
        .replaceAll('],[', '], ['),
    ],
  });
  itRuns('keeps a loop that was made at import, and refuses what runs in none or in another', {
    source:
      'import asyncio\nloop = asyncio.new_event_loop()\nfirst = asyncio.run(asyncio.sleep(0, "at import"))\n' +
      'async def nested(): return asyncio.run(asyncio.sleep(0))\n' +
      `${HEAD}    found = [first, loop.run_until_complete(asyncio.sleep(0.1, "kept"))]\n` +
      '    for call in asyncio.get_event_loop, lambda: asyncio.run(nested()):\n' +
      '        try: call()\n        except RuntimeError as error: found.append(str(error)[:40])\n    return found\n',
    events: ['1', '2'],
    ends: Array<string>(2).fill(
      '["at import", "kept", "There is no current event loop in thread", "asyncio.run() cannot be called from a ru"]',
    ),
  });
  itRuns('calls work off in its time, and closes what was left open', {
    source:
      'import asyncio\nasync def give():\n    try:\n        yield 1\n        yield 2\n    finally: print("closed")\n' +
      'async def main():\n    async for n in give(): break\n    found = [n]\n' +
      '    try:\n        async with asyncio.timeout(0.05): await asyncio.Event().wait()\n    except TimeoutError: found.append("timeout")\n' +
      '    try: await asyncio.wait_for(asyncio.sleep(9), 0.05)\n    except TimeoutError: found.append("wait_for")\n' +
      '    async with asyncio.TaskGroup() as group: task = group.create_task(asyncio.to_thread(len, "abc"))\n' +
      '    queue = asyncio.Queue()\n    asyncio.get_running_loop().call_later(0.01, queue.put_nowait, "put")\n' +
      '    return [*found, task.result(), await queue.get()]\n' +
      `${HEAD}    with asyncio.Runner(debug=True) as runner: return runner.run(main())\n`,
    ends: ['[1, "timeout", "wait_for", 3, "put"]'],
    log: 'closed\n',
  });
});

describe('timers', () => {
  itRuns('may be set, and do nothing until they are due', {
    source:
      'import signal\n' +
      `${HEAD}    signal.signal(signal.SIGALRM, lambda *a: print("alarm"))\n    signal.alarm(1)\n    return "set"\n`,
    ends: ['"set"'],
    log: '',
  });
  itRuns('say what is left of them', {
    source:
      `import signal\n${HEAD}    return [signal.alarm(3), signal.alarm(1), signal.alarm(0), signal.alarm(0), ` +
      'signal.setitimer(signal.ITIMER_REAL, 5, 2), signal.setitimer(signal.ITIMER_REAL, 0)[1], signal.getitimer(signal.ITIMER_REAL)]\n',
    ends: ['[0, 3, 1, 0, [0.0, 0.0], 2.0, [0.0, 0.0]]'],
  });
  itRuns('interrupt a computation and a sleep', {
    source:
      'import signal, time\ndef late(number, frame): raise TimeoutError(number, frame.f_code.co_name)\n' +
      'def compute():\n    n = 0\n    while True: n += 1\ndef rest(): time.sleep(60)\n' +
      `${HEAD}    signal.signal(signal.SIGALRM, late)\n    found = []\n    for work in compute, rest:\n` +
      '        signal.setitimer(signal.ITIMER_REAL, 0.2)\n        try: work()\n        except TimeoutError as error: found.append(error.args)\n    return found\n',
    ends: ['[[14, "compute"], [14, "rest"]]'],
    timeout: 20_000,
  });
  itRuns('come again, and a sleep goes on behind them', {
    source:
      'import signal, time\n' +
      `${HEAD}    count = []\n    signal.signal(signal.SIGALRM, lambda *a: count.append(1))\n` +
      '    signal.setitimer(signal.ITIMER_REAL, 0.1, 0.1)\n    start = time.monotonic()\n    time.sleep(0.55)\n' +
      '    return [len(count), time.monotonic() - start >= 0.55]\n',
    ends: ['[5, true]'],
  });
  itRuns('end a process that has not asked for anything else', {
    source: `import signal, time\n${HEAD}    signal.alarm(1)\n    time.sleep(2)\n`,
    ends: [-14],
  });
  itRuns('are heard by a loop of asyncio’s', {
    source:
      'import asyncio, signal\nasync def main():\n    heard = asyncio.Event()\n' +
      '    asyncio.get_running_loop().add_signal_handler(signal.SIGALRM, heard.set)\n    signal.alarm(1)\n    return await heard.wait()\n' +
      `${HEAD}    return asyncio.run(main())\n`,
    ends: ['true'],
  });
});

/** What a run has asked for in vain. */
async function absencesOf(lines: readonly string[]): Promise<readonly string[][]> {
  const source = `${HEAD}${lines.map((line) => `    ${line}\n`).join('')}`;
  const found: string[][] = [];
  for (const waiting of ['suspended', 'queue'] as const) {
    const environments = await runHandler(source, { platform: 'lambda-today', events: ['1', '2'], waiting });
    for (const { events, outcome } of environments.flatMap(({ runs }) => runs)) {
      assert.equal(endOf(outcome), 'null');
      found.push(eventsToAbsences(events).map(({ what, name }) => `${what} ${name}`));
    }
  }
  return found;
}

describe('what a browser has not', () => {
  const attempts: readonly (readonly [string, string, string])[] = [
    ['import threading', 'threading.Thread(target=print).start()', 'threads _thread.start_joinable_thread'],
    [
      'import concurrent.futures as c',
      'list(c.ThreadPoolExecutor().map(len, ["a"]))',
      'threads _thread.start_joinable_thread',
    ],
    ['import subprocess', 'subprocess.run(["ls"])', 'processes subprocess.Popen'],
    ['import os', 'os.fork()', 'processes os.fork'],
    ['import os', 'os.system("ls")', 'processes os.system'],
    ['import multiprocessing', 'multiprocessing.Queue()', 'processes multiprocessing'],
    ['import asyncio', 'asyncio.run(asyncio.create_subprocess_exec("ls"))', 'processes subprocess.Popen'],
    ['import urllib.request as u', 'u.urlopen("https://example.com/")', 'network socket.getaddrinfo'],
    ['import asyncio', 'asyncio.run(asyncio.open_connection("10.0.0.1", 80))', 'network socket.connect'],
    ['import socket', 'socket.create_server(("127.0.0.1", 8081))', 'network socket.listen'],
    ['pass', 'import resource', 'module resource'],
    ['import importlib', 'importlib.import_module("pwd")', 'module pwd'],
    ['import ctypes', 'ctypes.CDLL("libc.so.6")', 'module libc.so.6'],
  ];
  for (const [before, call, absence] of attempts)
    it(`is noted once a run, though the handler catches the error: ${call}`, async () => {
      const lines = [before, 'for _ in range(3):', `    try: ${call}`, '    except Exception: pass'];
      assert.deepEqual(await absencesOf(lines), Array<string[]>(4).fill([absence]));
    });

  it('is not noted where the library tries it and does without, nor what Linux has not either', async () => {
    const lines = [
      'import ctypes, importlib, platform, shutil, tarfile, uuid, zipfile',
      'platform.platform(), platform.processor(), uuid.uuid1(), shutil.disk_usage("/")',
      'for name in "winreg", "msvcrt", "no_such_module", "uvloop":',
      '    try: importlib.import_module(name)',
      '    except ImportError: pass',
    ];
    assert.deepEqual(await absencesOf(lines), Array<string[]>(4).fill([]));
  });
});
