import assert from 'node:assert/strict';
import path from 'node:path';
import { describe, it } from 'node:test';
import { readPlatformIn } from '../../../src/integrations/platforms.ts';
import { runInNode } from '../../../src/integrations/node-environment.ts';
import type { EnvironmentRecord } from '../../../src/integrations/node-life.ts';
import type { PlatformDescription } from '../../../src/platforms/description.ts';
import { eventsToLog } from '../../../src/trace/format.ts';
import { contentsToFiles } from '../../../src/trace/file-content.ts';

const PLATFORMS = path.resolve(import.meta.dirname, '../../fixtures/platforms');

/** Prints without a flush. */
const SOURCE = `import sys
def shout(event):
    print(sys._getframe().f_back.f_code.co_filename)
    return event.upper()
`;

/** Runs two events on the toy, whose description may be changed. */
async function runToy(change: Partial<PlatformDescription> = {}): Promise<EnvironmentRecord[]> {
  const { description, files } = await readPlatformIn(PLATFORMS, 'toy');
  const { variables } = description;
  return runInNode(
    {
      platform: { ...description, ...change },
      image: contentsToFiles(files),
      task: { '/srv/task/app.py': SOURCE },
      setup: { handler: 'app.shout', suppressInit: false, timeout: 3000, variables },
      objects: {},
    },
    ['"one"', '"é"'],
    { limits: { events: 1000, output: 1000 }, deadline: 60_000, waiting: 'suspended', world: 'simulated' },
  );
}

describe('a platform that is nothing but a folder', () => {
  it('runs by what its platform.json says, and shows what a handler printed last', async () => {
    const { files } = await readPlatformIn(PLATFORMS, 'toy');
    assert.deepEqual(Object.keys(files), ['/opt/toy/run.py']);
    const [environment] = await runToy();
    assert.deepEqual(
      environment?.runs.map(({ beginning, events, outcome }) => [
        beginning.platform,
        /^\/opt\/toy\/.*$/m.exec(eventsToLog(events))?.[0],
        outcome,
      ]),
      ['"ONE"', '"É"'].map((payload) => ['toy', '/opt/toy/run.py', { status: 'returned', payload }]),
    );
  });

  it('shows why its script failed', async () => {
    const [environment] = await runToy({ handlerVariable: 'TOY_HANDLE' });
    const [run] = environment?.runs ?? [];
    assert.equal(run?.outcome.status, 'exited');
    const log = eventsToLog(run.events);
    assert.match(log, /File "\/opt\/toy\/run\.py", line 5/);
    assert.match(log, /^KeyError: 'TOY_HANDLER'$/m);
  });
});
