/** Runtimes that somebody brings, made and run for the tests. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readRuntime } from '../../../scripts/invoke-runtime.ts';
import { runInNode } from '../../../src/integrations/node-environment.ts';
import { chooseStart } from '../../../src/platforms/description.ts';
import type { RecordedRun } from '../../../src/trace/format.ts';
import type { Chosen } from '../run-handler.ts';

const LIMITS = { events: 5000, output: 100_000 };

/** Runs a handler's source on the runtime in a folder. */
export async function runBrought(
  place: string,
  source: string,
  {
    start,
    events = ['{}'],
    timeout = 3000,
    handler = 'lambda_function.lambda_handler',
    waiting = 'suspended',
  }: Chosen = {},
): Promise<RecordedRun[]> {
  const { description, image } = await readRuntime(place, path.basename(place));
  const platform = start === undefined ? description : chooseStart(description, start);
  const environments = await runInNode(
    {
      platform,
      image,
      task: { '/var/task/lambda_function.py': source },
      setup: { handler, suppressInit: false, timeout, variables: platform.variables },
      objects: {},
    },
    events,
    { limits: LIMITS, deadline: 60_000, waiting, world: 'simulated' },
  );
  return environments.flatMap(({ runs }) => runs);
}

/** Folders of files, which `remove` takes away again. */
export class Places {
  readonly #made: string[] = [];

  async make(files: Readonly<Record<string, string>>): Promise<string> {
    const place = await mkdtemp(path.join(tmpdir(), 'brought-'));
    this.#made.push(place);
    for (const [name, text] of Object.entries(files)) {
      await mkdir(path.dirname(path.join(place, name)), { recursive: true });
      await writeFile(path.join(place, name), text);
    }
    return place;
  }

  async remove(): Promise<void> {
    await Promise.all(this.#made.map((place) => rm(place, { recursive: true })));
  }
}
