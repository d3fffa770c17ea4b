/** One handler's source run on a platform's model under Node: what the tests of environments are made of. */
import { readPlatform } from '../../src/integrations/platforms.ts';
import { runInNode } from '../../src/integrations/node-environment.ts';
import type { EnvironmentRecord } from '../../src/integrations/node-life.ts';
import type { NodeRunOptions } from '../../src/integrations/node-process.ts';
import { chooseStart, taskPath } from '../../src/platforms/description.ts';
import { contentsToFiles } from '../../src/trace/file-content.ts';
import type { Extension } from '../../src/trace/recording.ts';

export interface Chosen extends Partial<NodeRunOptions> {
  readonly platform?: string;
  /** One of the platform's starts, where it has several. */
  readonly start?: string;
  /** The events as JSON text. */
  readonly events?: readonly string[];
  readonly variables?: Readonly<Record<string, string>>;
  readonly suppressInit?: boolean;
  readonly extension?: Extension;
  readonly mode?: string;
  /** Lets the clock go ahead of the real world's. */
  readonly clock?: 'ahead';
  /** Files of the platform's disk as somebody has changed them, by path. */
  readonly changed?: Readonly<Record<string, string>>;
  /** Files that lie beside the handler's, by name. */
  readonly files?: Readonly<Record<string, string>>;
  readonly handler?: string;
  /** What its owner calls the file of the source. */
  readonly file?: string;
  /** The function's time-out in milliseconds. */
  readonly timeout?: number;
}

/** Runs the source as `lambda_function.py` or as `file`, in a simulated world unless told otherwise. */
export async function runHandler(source: string, chosen: Chosen = {}): Promise<EnvironmentRecord[]> {
  const { platform = 'lambda-2016', start, events = ['{}'], variables = {}, suppressInit = false } = chosen;
  const { description: standard, files } = await readPlatform(platform);
  const description = start === undefined ? standard : chooseStart(standard, start);
  return runInNode(
    {
      platform: description,
      image: { ...contentsToFiles(files), ...chosen.changed },
      task: Object.fromEntries(
        Object.entries({ [chosen.file ?? 'lambda_function.py']: source, ...chosen.files }).map(
          ([name, text]) => [taskPath(description, name), text],
        ),
      ),
      setup: {
        handler: chosen.handler ?? description.handler ?? 'lambda_function.lambda_handler',
        suppressInit,
        ...(start === undefined ? {} : { start }),
        ...(chosen.mode === undefined ? {} : { mode: chosen.mode }),
        ...(chosen.extension === undefined ? {} : { extension: chosen.extension }),
        ...(chosen.clock === undefined ? {} : { clock: chosen.clock }),
        timeout: chosen.timeout ?? 3000,
        variables: { ...description.variables, ...variables },
      },
      objects: {},
    },
    events,
    {
      limits: chosen.limits ?? { events: 2000, output: 65_536 },
      deadline: chosen.deadline ?? 300_000,
      waiting: chosen.waiting ?? 'suspended',
      world: chosen.world ?? 'simulated',
    },
  );
}

/** Milliseconds: the first is enough on a machine that has nothing else to do. */
const DEADLINES = [3000, 12_000, 48_000];

/**
 * Runs events of which `endless` go on until the deadline. On a busy machine the others may reach a short deadline as
 * well; then all is run again with a longer one.
 */
export async function runToDeadline(
  source: string,
  endless: number,
  chosen: Omit<Chosen, 'deadline'>,
): Promise<EnvironmentRecord[]> {
  let environments: EnvironmentRecord[] = [];
  for (const deadline of DEADLINES) {
    environments = await runHandler(source, { ...chosen, deadline });
    const outcomes = environments.flatMap(({ runs }) => runs.map(({ outcome }) => outcome));
    const late = outcomes.filter((outcome) => outcome.status === 'limited' && outcome.by === 'milliseconds');
    if (late.length <= endless) break;
  }
  return environments;
}
