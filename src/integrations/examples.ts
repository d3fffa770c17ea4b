/**
 * An example: a folder of real files in `content/examples`, and what it asks for.
 *
 * Writers: the site's authors. Readers: the recordings, the checks. `example.json` names the platforms
 * and the handler; `event.json`, or `event-1.json`, `event-2.json` and so on, are the invocations of one
 * environment; `task/` is the function's folder, `on/<platform>/` what lies over it on one platform, `layer/` what its
 * layers hold.
 */
import { glob, readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'astro/zod';
import { LANGUAGES } from '../i18n/languages.ts';
import { chooseStart, type PlatformDescription } from '../platforms/description.ts';
import type { FileContent } from '../trace/file-content.ts';
import { frame } from '../exercise/frame-schema.ts';
import { readFolder } from './platforms.ts';
import { BadFile, readChecked } from './checked-json.ts';

const EXAMPLES = path.resolve(import.meta.dirname, '../../content/examples');

/** What `example.json` may hold. */
export const exampleSchema = z.strictObject({
  $schema: z.string().optional(),
  /** Names of folders in `src/platforms`. */
  platforms: z.array(z.string()).min(1),
  /** A draft runs and is recorded, and no article has to show it yet. */
  draft: z.boolean().default(false),
  /** What it is called where one lab offers several examples as cases. */
  title: z.strictObject({ en: z.string().min(1).max(40), ja: z.string().min(1).max(40) }).optional(),
  handler: z.string().min(1),
  /**
   * What is another on one platform, by its name. Files for it alone lie in `on/<platform>/`, over those of `task/`.
   */
  on: z.record(z.string(), z.strictObject({ handler: z.string().min(1) })).default({}),
  /** The function's time-out in milliseconds. */
  timeout: z.int().positive().default(3000),
  /** `ahead`: on the page its sleeps take no time, and its clock moves on by them; left out, clocks are the reader's. */
  clock: z.enum(['ahead']).optional(),
  /** How the runtime waits for invocations: one of the platform's `modes`; left out, the usual one. */
  mode: z.string().optional(),
  /** How the platform starts its process: one of its `starts`; left out, the usual way. */
  start: z.string().optional(),
  /** What runs beside the process: then an event may tell it that its environment is removed. */
  extension: z.enum(['internal', 'external']).optional(),
  /** True defers the import of the handler's module to the first invocation. */
  suppressInit: z.boolean().default(false),
  /**
   * Files of `task/` of which only a compiled form lies on the disk: their names in `task/`, and the
   * path that each is compiled under, as on another computer.
   */
  compiled: z.record(z.string(), z.string()).default({}),
  /** What its lab asks before the first run, by platform. */
  prediction: z
    .record(
      z.string(),
      z.strictObject({
        kind: z.enum(['depth', 'caller']),
        call: frame,
        texts: z.record(z.enum(LANGUAGES), z.string().min(1).max(120)),
      }),
    )
    .default({}),
  /** Variables of the function's own, beside the platform's. */
  variables: z.record(z.string(), z.string()).default({}),
});

export interface Example extends z.infer<typeof exampleSchema> {
  readonly id: string;
  /** The events in their order, as text. */
  readonly events: readonly string[];
  /** The files of `task/`, by their path in it. */
  readonly task: Readonly<Record<string, FileContent>>;
  /** The files of `layer/`, by their path in it. */
  readonly layer: Readonly<Record<string, FileContent>>;
  /** The files of `on/<platform>/`, by platform and by their path there. */
  readonly adapters: Readonly<Record<string, Readonly<Record<string, FileContent>>>>;
}

/** The names of all examples, in the order of the alphabet. */
export async function listExamples(): Promise<string[]> {
  const files = await Array.fromAsync(glob('*/example.json', { cwd: EXAMPLES }));
  return files.map((file) => path.dirname(file)).sort();
}

/** Reads and checks one example; rejects with BadFile. */
export async function readExample(id: string): Promise<Example> {
  const folder = path.join(EXAMPLES, id);
  const file = `content/examples/${id}/example.json`;
  const data = await readChecked(path.join(folder, 'example.json'), exampleSchema);
  const task = await readFolder(path.join(folder, 'task'), '');
  if (Object.keys(task).length === 0)
    throw new BadFile(`content/examples/${id}/task/ holds no file: put the handler there.`);
  for (const name of Object.keys(data.compiled)) {
    const source = task[name];
    if (source === undefined || !('text' in source) || !name.endsWith('.py')) {
      throw new BadFile(`${file}: "compiled" names ${name}, which is no Python source in task/.`);
    }
  }
  const events = await readEvents(folder, id);
  const layer = await readFolder(path.join(folder, 'layer'), '');
  return { ...data, id, events, task, layer, adapters: await readAdapters(folder, id, data) };
}

/** The example as it is on one platform: with that platform's files and handler. */
export function exampleOn(example: Example, platform: string): Example {
  return {
    ...example,
    handler: example.on[platform]?.handler ?? example.handler,
    task: { ...example.task, ...example.adapters[platform] },
  };
}

async function readAdapters(
  folder: string,
  id: string,
  { platforms, on }: z.infer<typeof exampleSchema>,
): Promise<Example['adapters']> {
  const folders = await Array.fromAsync(glob('on/*/', { cwd: folder }));
  const named = new Set([...folders.map((name) => path.basename(name)), ...Object.keys(on)]);
  for (const platform of named) {
    if (!platforms.includes(platform))
      throw new BadFile(`content/examples/${id}/: "on" names ${platform}, which is not among its platforms.`);
  }
  const entries = platforms.map(
    async (platform) => [platform, await readFolder(path.join(folder, 'on', platform), '')] as const,
  );
  return Object.fromEntries(await Promise.all(entries));
}

/** What an example says of its mode, for a setup; throws BadFile when the platform has none of that name. */
export function modeOn(
  { platform, modes = [] }: Pick<PlatformDescription, 'platform' | 'modes'>,
  { id, mode }: Pick<Example, 'id' | 'mode'>,
): { readonly mode?: string } {
  if (mode === undefined) return {};
  if (modes.includes(mode)) return { mode };
  const there = modes.length === 0 ? 'it waits in one way only' : `there is ${modes.join(', ')}`;
  throw new BadFile(`content/examples/${id}/example.json: ${platform} has no mode "${mode}"; ${there}.`);
}

/** The files of an example's layers as they lie on a platform's disk; throws BadFile where that platform has no layers. */
export function layerOn(
  { platform, layers }: Pick<PlatformDescription, 'platform' | 'layers'>,
  { id, layer }: Pick<Example, 'id' | 'layer'>,
): Readonly<Record<string, FileContent>> {
  const files = Object.entries(layer);
  if (files.length > 0 && layers === undefined)
    throw new BadFile(`content/examples/${id}/layer/ is there, and ${platform} has no layers.`);
  return Object.fromEntries(files.map(([name, content]) => [`${layers ?? ''}/${name}`, content]));
}

/** The platform as an example has it started; throws BadFile when it has no start of that name. */
export function startOn(
  description: PlatformDescription,
  { id, start }: Pick<Example, 'id' | 'start'>,
): PlatformDescription {
  if (start === undefined) return description;
  try {
    return chooseStart(description, start);
  } catch (error) {
    throw new BadFile(`content/examples/${id}/example.json: ${String(error)}.`);
  }
}

async function readEvents(folder: string, id: string): Promise<string[]> {
  const names = await Array.fromAsync(glob('event*.json', { cwd: folder }));
  if (names.length === 0)
    throw new BadFile(`content/examples/${id}/ has no event.json: write the event there, {} for none.`);
  // By their numbers: event-10 comes after event-9.
  names.sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  return Promise.all(names.map(async (name) => (await readFile(path.join(folder, name), 'utf8')).trim()));
}
