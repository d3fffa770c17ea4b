/**
 * Runs invocations against a platform under Node: what the recordings and the command line are made of. An environment is
 * one process of Node's, or several that take its invocations in turn.
 */
import type { EarlierProcesses, EnvironmentSpec, QueuedInvocation } from '../sandbox/protocol.ts';
import { Turns } from '../sandbox/turns.ts';
import { leavesProcess } from '../trace/format.ts';
import { Life, type EnvironmentRecord } from './node-life.ts';
import { NodeEnvironmentFailed, NodeProcess, type NodeRunOptions, type SharedWorld } from './node-process.ts';

/**
 * Hands out all events in order. An environment that dies is followed by a new one, or reset where the platform
 * does that; buckets outlive environments. Rejects with NodeEnvironmentFailed when Python cannot be started.
 */
export async function runInNode(
  spec: EnvironmentSpec,
  events: readonly string[],
  options: NodeRunOptions,
): Promise<EnvironmentRecord[]> {
  const records: EnvironmentRecord[] = [];
  const chain: Chain = { before: null, state: null };
  let left = events;
  let objects = spec.objects;
  while (left.length > 0) {
    const record = await liveOnce({ ...spec, objects }, left, options, chain);
    if (record.runs.length === 0) throw new NodeEnvironmentFailed(describeEnd(spec, record));
    records.push(record);
    objects = record.objects;
    left = left.slice(record.runs.length);
  }
  return records;
}

/** What one process of Node's leaves to the next one. */
interface Chain extends SharedWorld {
  /** Null when the next one begins a new environment. */
  before: EarlierProcesses | null;
}

/** Why an environment took no invocation: mostly its platform's own script failed. */
function describeEnd({ platform }: EnvironmentSpec, { exit, unfinished }: EnvironmentRecord): string {
  const wrote = unfinished.trim() === '' ? 'It wrote nothing.' : `It wrote:\n${unfinished.trimEnd()}`;
  return `The process of ${platform.platform} ended with status ${String(exit)} before it took an invocation. ${wrote}`;
}

/** One environment, from its cold start or its reset until it has answered everything or its process is gone. */
async function liveOnce(
  spec: EnvironmentSpec,
  events: readonly string[],
  options: NodeRunOptions,
  chain: Chain,
): Promise<EnvironmentRecord> {
  const life = new Life(spec.objects, chain.before?.files ?? {});
  const { processes } = spec.platform;
  if (processes !== undefined) {
    await liveInTurns(spec, processes, events, options, life, chain);
    return life.record();
  }
  const queue: QueuedInvocation[] = events.map((event, index) => ({ run: index + 1, event }));
  const ending = await liveAsProcess(spec, queue, options, life, chain);
  if (ending === 'restarts') {
    chain.before = life.leave(chain.before, spec);
    const [first, ...others] = queue.slice(life.finished);
    const request = life.openRequest;
    if (first === undefined || request === null) return life.record();
    await liveAsProcess(spec, [{ ...first, request }, ...others], options, life, chain);
  }
  chain.before = life.isReset && spec.platform.resets !== undefined ? life.leave(chain.before, spec) : null;
  return life.record();
}

/** One process: resolves when it has answered everything, is gone, or another process has to go on for it. */
async function liveAsProcess(
  spec: EnvironmentSpec,
  queue: readonly QueuedInvocation[],
  options: NodeRunOptions,
  life: Life,
  chain: Chain,
): Promise<'answered' | 'over' | 'restarts'> {
  const process = await NodeProcess.start(withBefore(spec, chain.before), options, chain);
  try {
    return await process.invoke(queue, new Set(queue.map(({ run }) => run)), life);
  } finally {
    process.end();
  }
}

function withBefore(spec: EnvironmentSpec, before: EarlierProcesses | null): EnvironmentSpec {
  return before === null ? spec : { ...spec, before };
}

/** One process of an environment that has several. */
interface Member {
  /** Null where it could not wait, and its invocations have to be repeated in a new one. */
  readonly process: NodeProcess | null;
  readonly spec: EnvironmentSpec;
  readonly earlier: readonly QueuedInvocation[];
}

/** An environment whose processes take turns, until all has been answered. */
async function liveInTurns(
  spec: EnvironmentSpec,
  processes: number,
  events: readonly string[],
  options: NodeRunOptions,
  life: Life,
  world: SharedWorld,
): Promise<void> {
  const turns = new Turns<Member>(processes, spec.platform.directories, spec.objects);
  const started = new Set<NodeProcess>();
  let last: Member | null = null;
  try {
    for (const [index, event] of events.entries()) {
      const turn = index === 0 ? null : turns.next(last, life.objects);
      const member: Member = turn?.process ?? {
        process: null,
        spec: withBefore({ ...spec, objects: life.objects }, turn?.before ?? null),
        earlier: [],
      };
      const changes = turn?.process ? { changes: turn.changes } : {};
      const own: QueuedInvocation = { run: index + 1, event, ...changes };
      const process = member.process ?? (await NodeProcess.start(member.spec, options, world));
      started.add(process);
      const known = life.finished;
      const repeated = member.process === null ? member.earlier : [];
      await process.invoke([...repeated, own], new Set([own.run]), life);
      const run = life.runAt(known);
      if (run === null) return;
      turns.note(run.events, life.blobsAt(known));
      const isAlive = leavesProcess(run.outcome);
      if (!isAlive || !process.waits) process.end();
      last = isAlive
        ? { ...member, process: process.waits ? process : null, earlier: [...member.earlier, own] }
        : null;
    }
  } finally {
    for (const process of started) process.end();
  }
}
