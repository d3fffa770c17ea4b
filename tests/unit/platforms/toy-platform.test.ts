import assert from 'node:assert/strict';
import path from 'node:path';
import { describe, it } from 'node:test';
import { readPlatformIn } from '../../../src/integrations/platforms.ts';
import { runInNode } from '../../../src/integrations/node-environment.ts';
import { eventsToLog } from '../../../src/trace/format.ts';
import { contentsToFiles } from '../../../src/trace/file-content.ts';

const PLATFORMS = path.resolve(import.meta.dirname, '../../fixtures/platforms');

describe('a platform that is nothing but a folder', () => {
  it('runs by what its platform.json says', async () => {
    const { description, files } = await readPlatformIn(PLATFORMS, 'toy');
    assert.deepEqual(Object.keys(files), ['/opt/toy/run.py']);
    const source =
      'import sys\ndef shout(event):\n    print(sys._getframe().f_back.f_code.co_filename)\n    return event.upper()\n';
    const [environment] = await runInNode(
      {
        platform: description,
        image: contentsToFiles(files),
        task: { '/srv/task/app.py': source },
        setup: {
          handler: 'app.shout',
          suppressInit: false,
          timeout: 3000,
          variables: description.variables,
        },
        objects: {},
      },
      ['"one"', '"é"'],
      { limits: { events: 1000, output: 1000 }, deadline: 60_000, waiting: 'suspended', world: 'simulated' },
    );
    assert.deepEqual(
      environment?.runs.map(({ beginning, events, outcome }) => [
        beginning.platform,
        eventsToLog(events).split('\n')[1],
        outcome,
      ]),
      ['"ONE"', '"É"'].map((payload) => ['toy', '/opt/toy/run.py', { status: 'returned', payload }]),
    );
  });
});
