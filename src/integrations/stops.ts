/**
 * The stops that authors write, read and checked. `src/platforms/<platform>/stops.json` holds those that any run on a
 * platform may have; `content/examples/<id>/stops.json` says for each platform which of them an example has, by name,
 * and adds its own. An example without that file has those of the platform that happen in it.
 */
import path from 'node:path';
import { z } from 'astro/zod';
import { LANGUAGES } from '../i18n/languages.ts';
import type { Recording } from '../trace/recording.ts';
import { Replay } from '../trace/replay.ts';
import { anchorToStep, placeStops, type Stop } from '../trace/stops.ts';
import { BadFile, readChecked } from './checked-json.ts';
import { frame } from '../exercise/frame-schema.ts';

const EXAMPLES = path.resolve(import.meta.dirname, '../../content/examples');
const PLATFORMS = path.resolve(import.meta.dirname, '../platforms');

const anchor = z
  .strictObject({
    call: frame.optional(),
    return: frame.optional(),
    raise: frame.optional(),
    calls: frame.optional(),
    phase: z.enum(['init', 'wait', 'invoke', 'respond', 'report-error']).optional(),
    message: z.string().min(1).optional(),
    end: z.literal(true).optional(),
    time: z.int().positive().optional(),
  })
  .refine(
    (at) => Object.keys(at).filter((key) => key !== 'time').length === 1,
    'it names one thing that happens',
  );

const words = z.strictObject({ title: z.string().min(1).max(60), says: z.string().min(1).max(280) });

const stop = z.strictObject({
  // A step's place in an address is `step-14`: no stop may look like one.
  name: z.string().regex(/^(?!step-\d+$)[a-z][a-z0-9-]*$/),
  at: anchor,
  texts: z.record(z.enum(LANGUAGES), words),
});

/** The stops that any run on a platform may have: `stops.json` in the platform's folder. */
export const platformStopsSchema = z.array(stop);
/** The stops of an example, by platform: `stops.json` in the example's folder. */
export const exampleStopsSchema = z.record(z.string(), z.array(z.union([z.string(), stop])).min(1));

/** The stops of an example on a platform, in the author's order. */
export interface ReadStops {
  readonly stops: readonly Stop[];
  /** Whether the example chose them: then each has to be there. The platform's own are those of some runs only. */
  readonly areChosen: boolean;
}

/** Reads the stops of an example on a platform. Rejects with BadFile. */
export async function readStops(example: string, platform: string): Promise<ReadStops> {
  const common = await readIfThere(path.join(PLATFORMS, platform, 'stops.json'), platformStopsSchema);
  const own = await readIfThere(path.join(EXAMPLES, example, 'stops.json'), exampleStopsSchema);
  const list = own?.[platform];
  if (list === undefined) return { stops: common ?? [], areChosen: false };
  const stops = list.map((one) => {
    if (typeof one !== 'string') return one;
    const found = common?.find(({ name }) => name === one);
    if (found !== undefined) return found;
    throw new BadFile(
      `content/examples/${example}/stops.json: src/platforms/${platform}/stops.json has no stop named ${one}.`,
    );
  });
  return { stops, areChosen: true };
}

/** Throws BadFile when a stop names what does not happen in its recording, or one name is there twice. */
export function checkStops({ example, platform, stops, runs }: Recording): void {
  const [run] = runs;
  if (run === undefined) return;
  const replay = new Replay(run);
  const file = `content/examples/${example}/stops.json, ${platform}`;
  const kept = new Set(placeStops(replay, stops).map(({ stop }) => stop));
  for (const [index, stop] of stops.entries()) {
    if (stops.findIndex(({ name }) => name === stop.name) !== index)
      throw new BadFile(`${file}: two stops are named ${stop.name}.`);
    if (kept.has(stop)) continue;
    const step = anchorToStep(replay, stop.at);
    const why =
      step === null
        ? `what it is anchored to (${JSON.stringify(stop.at)}) does not happen in the recording`
        : `it stands at step ${String(step)}, where another stop stands already`;
    throw new BadFile(`${file}: the stop ${stop.name} has no place: ${why}.`);
  }
}

/** Null when there is no such file. */
async function readIfThere<T>(file: string, schema: z.ZodType<T>): Promise<T | null> {
  try {
    return await readChecked(file, schema);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}
