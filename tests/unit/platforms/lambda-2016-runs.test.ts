/** Functions on Lambda of 2016, run: what they may not do to its disk, and what becomes of a process that ends. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { eventsToLog } from '../../../src/trace/format.ts';
import { runHandler } from '../run-handler.ts';

const WRITER = `import os
import shutil
import tempfile

def attempt(change, *args):
    try:
        change(*args)
        return "done"
    except OSError as error:
        return error.strerror

def write(path):
    with open(path, "w") as file:
        file.write("1")

def lambda_handler(event, context):
    own = "/var/task/lambda_function.py"
    write("/tmp/mine")
    os.makedirs("/tmp/a/b")
    shutil.move("/tmp/mine", "/tmp/a/b/mine")
    return {
        "outside": [attempt(write, path) for path in event],
        "changed": [
            attempt(open, own, "a"), attempt(open, own, "r+"), attempt(os.remove, own), attempt(os.chmod, own, 0o777),
            attempt(os.utime, own), attempt(os.truncate, own, 0), attempt(os.rename, own, "/tmp/own"),
            attempt(os.rename, "/tmp/a/b/mine", "/var/mine"), attempt(os.mkdir, "/home/sbx_user1083"),
            attempt(os.makedirs, "/etc/a/b"), attempt(os.symlink, "/tmp", "/usr/tmp"), attempt(os.rmdir, "/tmp"),
        ],
        "inside": [tempfile.gettempdir(), sorted(os.listdir("/tmp/a/b")), attempt(write, "/dev/null")],
        "relative": attempt(write, "here"),
        "read": attempt(open, own),
    }
`;

describe('the disk of 2016', () => {
  // Claims: only-tmp-takes-files
  it('takes files under /tmp and nowhere else, whatever the way', async () => {
    const places = [
      '/x',
      '/home/x',
      '/var/x',
      '/var/task/x',
      '/var/runtime/x',
      '/usr/bin/x',
      '/etc/x',
      '/lib/x',
    ];
    const [environment] = await runHandler(WRITER, { events: [JSON.stringify(places)] });
    const outcome = environment?.runs[0]?.outcome;
    assert.ok(outcome?.status === 'returned', JSON.stringify(outcome));
    const refused = 'Read-only file system';
    assert.deepEqual(JSON.parse(outcome.payload), {
      outside: places.map(() => refused),
      changed: Array.from({ length: 12 }, () => refused),
      inside: ['/tmp', ['mine'], 'done'],
      relative: refused,
      read: 'done',
    });
  });

  it('refuses a write while the module is imported, too, and the fault says so', async () => {
    const [environment] = await runHandler('open("/var/task/cache", "w")\n');
    const run = environment?.runs[0];
    assert.match(
      eventsToLog(run?.events ?? []),
      /^module initialization error: \[Errno \d+\] Read-only file system: '\/var\/task\/cache'\n/m,
    );
    assert.deepEqual(run?.outcome, {
      status: 'raised',
      payload: '{"errorMessage": "module initialization error"}',
    });
  });
});

describe('a process of 2016 that ends', () => {
  const LEAVER = `import os, sys
print("imported, and /tmp has", os.listdir("/tmp"))
open("/tmp/left", "w").close()
calls = 0
def lambda_handler(event, context):
    global calls
    calls += 1
    if event == "return": return calls
    print("leaving")
    if event == "exit": sys.exit("words of its own")
    if event == "_exit": os._exit(7)
    if event == "signal": os.kill(os.getpid(), 9)
`;

  for (const [way, code, written] of [
    ['exit', 1, 'words of its own\n'],
    ['_exit', 7, ''],
    ['signal', -9, ''],
  ] as const) {
    it(`by ${way} says so behind REPORT, and the next run finds nothing that was there`, async () => {
      const environments = await runHandler(LEAVER, {
        events: ['return', way, 'return'].map((word) => JSON.stringify(word)),
      });
      const [first, second, third] = environments.flatMap(({ runs }) => runs);
      assert.ok(first && second && third);
      const id = second.beginning.request;
      const words = `RequestId: ${id} Process exited before completing request`;
      assert.deepEqual(second.outcome, {
        status: 'exited',
        code,
        payload: JSON.stringify({ errorMessage: words }),
      });
      const log = eventsToLog(second.events).replace(/^REPORT .*$/m, 'REPORT');
      assert.equal(
        log,
        `START RequestId: ${id} Version: $LATEST\nleaving\n${written}END RequestId: ${id}\nREPORT\n${words}\n`,
      );
      assert.deepEqual(
        [first, second, third].map(({ beginning }) => beginning.cold),
        [true, false, true],
      );
      assert.match(eventsToLog(third.events), /^imported, and \/tmp has \[\]\n/);
      assert.deepEqual(third.outcome, { status: 'returned', payload: '1' });
    });
  }
});
