/** Folders in folders in folders, and thousands of files: what is found and recorded costs what was written, and no more. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { runHandler } from '../run-handler.ts';

const SOURCE = `import os


def lambda_handler(event, context):
    path = "/tmp"
    for level in range(event["levels"]):
        path += "/d"
        os.mkdir(path)
        with open(path + "/f", "w") as file:
            file.write(str(level))
    os.symlink("/tmp/d/d", "/tmp/link")
    os.chdir("/tmp/d")
    seen = [open(name).read() for name in (path + "/f", "/tmp/link/f", "f", "../d/./d/f", "/tmp/link/../f")]
    try:
        open(path + "/missing/f")
    except OSError as error:
        seen.append(error.errno)
    for number in range(event["files"]):
        open(f"/tmp/{number}", "w").close()
    os.chdir("/")
    os.rename("/tmp/d", "/tmp/e")
    return seen
`;

describe('a function that fills its disk', () => {
  it('with folders that are two thousand deep, and thousands of files, ends soon, and each change is told', async () => {
    const events = ['{"levels": 1900, "files": 0}', '{"levels": 3, "files": 900}'];
    const [deep, wide] = (
      await Promise.all(
        events.map((event) =>
          runHandler(SOURCE, {
            events: [event],
            world: 'real',
            timeout: 300_000,
            deadline: 240_000,
            limits: { events: 40_000, output: 1000 },
          }),
        ),
      )
    ).map((environments) => environments[0]?.runs[0]);
    assert.deepEqual(deep?.outcome, { status: 'returned', payload: '["1899", "1", "0", "1", "0", 2]' });
    assert.deepEqual(wide?.outcome, { status: 'returned', payload: '["2", "1", "0", "1", "0", 2]' });
    const told = wide.events.flatMap((event) =>
      event.kind === 'file' ? [`${event.path} ${String(event.size)}`] : [],
    );
    assert.deepEqual(told.slice(0, 4), ['/tmp/d/f 0', '/tmp/d/f 1', '/tmp/d/d/f 0', '/tmp/d/d/f 1']);
    assert.deepEqual(told.slice(-6), [
      '/tmp/d/f null',
      '/tmp/e/f 1',
      '/tmp/d/d/f null',
      '/tmp/e/d/f 1',
      '/tmp/d/d/d/f null',
      '/tmp/e/d/d/f 1',
    ]);
    assert.equal(told.length, 912);
  });
});
