/** A folder holds files of any name: in a real Python, by way of the platform. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runHandler } from '../run-handler.ts';

const HANDLER = `import os
NAMES = ["__proto__", "constructor", "plain"]
def lambda_handler(event, context):
    for name in NAMES:
        os.mkdir("/tmp/" + name)
        open("/tmp/" + name + "/" + name, "w").close()
    told = [sorted(os.listdir("/tmp")), [os.listdir("/tmp/" + name) for name in NAMES]]
    try:
        os.rmdir("/tmp/__proto__")
    except OSError as error:
        told.append(error.strerror)
    os.remove("/tmp/__proto__/__proto__")
    os.rmdir("/tmp/__proto__")
    beside = os.path.dirname(os.__file__)
    missing = [os.path.exists(folder + "/constructor") for folder in (beside, beside + "/json", "/var/task")]
    return [*told, sorted(os.listdir("/tmp")), missing]
`;

test('a file of a name that every object has something under is listed, keeps its folder, and can go', async () => {
  const [environment] = await runHandler(HANDLER, { events: ['{}'] });
  const outcome = environment?.runs[0]?.outcome;
  const names = ['__proto__', 'constructor', 'plain'];
  assert.deepEqual(JSON.parse(outcome?.status === 'returned' ? outcome.payload : 'null'), [
    names,
    names.map((name) => [name]),
    'Directory not empty',
    names.slice(1),
    [false, false, false],
  ]);
});
