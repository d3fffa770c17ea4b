/** Python that readers bring from elsewhere does here what it does on Linux, however the environment waits. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { eventsToLog, type Outcome } from '../../../src/trace/format.ts';
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
    log: /^\[ERROR\] SystemError: x\r.*\nhooked KeyboardInterrupt\nerror\n$/s,
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
      `import locale\n${HEAD}    found = []\n    for name in "es_ES.UTF-8", "ja_JP.UTF-8", "C", "en_US.UTF-8", "nonsense":\n` +
      '        try: found.append(locale.setlocale(locale.LC_ALL, name))\n        except locale.Error as error: found.append(str(error))\n' +
      '    return [*found, locale.getlocale(), locale.format_string("%d", 1234567, grouping=True)]\n',
    ends: [
      '["unsupported locale setting", "unsupported locale setting", "C", "en_US.UTF-8", "unsupported locale setting", ' +
        '["en_US", "UTF-8"], "1,234,567"]',
    ],
  });
  itRuns('are asked for by the variables', {
    source: `import locale\n${HEAD}    return [locale.setlocale(locale.LC_CTYPE), locale.setlocale(locale.LC_TIME), locale.setlocale(locale.LC_ALL, "")]\n`,
    ends: ['["en_US.UTF-8", "C", "en_US.UTF-8"]'],
  });
  itRuns('that are not there raise where nobody holds it', {
    source: `import locale\n${HEAD}    locale.setlocale(locale.LC_TIME, "de_DE.UTF-8")\n`,
    ends: ['Error: unsupported locale setting'],
  });
});
