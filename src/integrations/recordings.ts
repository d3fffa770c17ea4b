/**
 * Runs every example on each of its platforms at build time and keeps what happened: `.cache/recordings`,
 * one JSON file each, which the content collection `recordings` reads.
 */
import { createHash } from 'node:crypto';
import { glob, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { AstroIntegration } from 'astro';
import { contentToSize, type FileContent } from '../trace/file-content.ts';
import { FIRST_EXAMPLES } from '../i18n/site-part.ts';
import { recordingId, type Recording } from '../trace/recording.ts';
import type { PlatformDescription } from '../platforms/description.ts';
import type { RecordedRun } from '../trace/format.ts';
import type { Stop } from '../trace/stops.ts';
import { predictionOn, checkPrediction } from './predictions.ts';
import { bootImage } from './boot-image.ts';
import { toSpec } from './example-spec.ts';
import { exampleOn, listExamples, readExample, type Example } from './examples.ts';
import { bytesToContent, readPlatform } from './platforms.ts';
import { BadFile } from './checked-json.ts';
import { runInNode } from './node-environment.ts';
import { filesBehind } from './files-behind.ts';
import { checkStops, readStops } from './stops.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const FOLDER = path.join(ROOT, '.cache', 'recordings');

/** Events that a recording keeps of a run: what a page can carry and a reader would step through. */
const LIMITS = { events: 2000, output: 65_536 };
/** Milliseconds that nothing but a loop without an end takes: a busy machine must not decide what is recorded. */
const DEADLINE = 300_000;

/** Recordings that are made at the same time: each keeps a core busy. */
const AT_ONCE = 2;

/** What makes every recording, beside the platform's service, its image and the example; what these import counts as well. */
const MAKERS = [
  'node-environment.ts',
  'node-process.ts',
  'node-children.ts',
  'node-life.ts',
  'node-environment.child.ts',
  'compile-python.child.ts',
  'recordings.ts',
];

export default function recordings(): AstroIntegration {
  return {
    name: 'recordings',
    hooks: {
      'astro:config:setup': async ({ logger }) => {
        const all = await record(process.env.SITE_PART === 'first' ? FIRST_EXAMPLES : []);
        logger.info(`${String(all.length)} recordings are there.`);
      },
    },
  };
}

/**
 * Every recording, in the order of its name, or those of the examples that are named; those whose ingredients have not
 * changed come from the cache. Rejects with BadFile at a name that is none.
 */
export async function record(names: readonly string[] = []): Promise<Recording[]> {
  const known = await listExamples();
  for (const name of names) {
    if (!known.includes(name)) {
      throw new BadFile(`There is no example named ${name}. The examples: ${known.join(', ')}.`);
    }
  }
  const wanted = names.length === 0 ? known : known.filter((id) => names.includes(id));
  const examples = await Promise.all(wanted.map(readExample));
  const ingredients = new Ingredients();
  const pairs = examples.flatMap((example) => example.platforms.map((platform) => ({ example, platform })));
  const all = await mapAtOnce(AT_ONCE, pairs, async ({ example, platform }) => {
    const { stops, areChosen } = await readStops(example.id, platform);
    const recording = await recordOnce(example, platform, stops, ingredients);
    if (areChosen) checkStops(recording);
    checkPrediction(recording);
    return recording;
  });
  if (names.length === 0) await removeOthers(all);
  return all;
}

/** What `work` makes of each item, in their order; no more than `limit` are worked on at the same time. */
async function mapAtOnce<Item, Made>(
  limit: number,
  items: readonly Item[],
  work: (item: Item) => Promise<Made>,
): Promise<Made[]> {
  const made: Made[] = [];
  const left = items.entries();
  const take = async (): Promise<void> => {
    for (const [index, item] of left) made[index] = await work(item);
  };
  await Promise.all(Array.from({ length: limit }, take));
  return made;
}

/** The recording of one example on one platform, from the cache when nothing of it has changed. */
export async function recordExample(id: string, platform: string): Promise<Recording> {
  const { stops } = await readStops(id, platform);
  return recordOnce(await readExample(id), platform, stops, new Ingredients());
}

/** What recordings of a platform have alike, read once for all of them; files may change between two rounds. */
class Ingredients {
  readonly #images = new Map<string, ReturnType<typeof readPlatform>>();
  readonly #hashes = new Map<string, Promise<string>>();

  image(platform: string): ReturnType<typeof readPlatform> {
    return once(this.#images, platform, () => readPlatform(platform));
  }

  /** Of the image and of what runs it. */
  hash(platform: string): Promise<string> {
    return once(this.#hashes, platform, async () => {
      const image = await this.image(platform);
      const makers = await hashMakers(image.description.service ?? platform);
      return createHash('sha256')
        .update(JSON.stringify([makers, image]))
        .digest('hex');
    });
  }
}

function once<Value>(
  known: Map<string, Promise<Value>>,
  name: string,
  make: () => Promise<Value>,
): Promise<Value> {
  const made = known.get(name) ?? make();
  known.set(name, made);
  return made;
}

async function recordOnce(
  whole: Example,
  platform: string,
  stops: readonly Stop[],
  ingredients: Ingredients,
): Promise<Recording> {
  const image = await ingredients.image(platform);
  const example = exampleOn(whole, platform);
  const key = createHash('sha256')
    .update(JSON.stringify([await ingredients.hash(platform), example, stops]))
    .digest('hex');
  const file = path.join(FOLDER, recordingId(example.id, platform));
  const cached = await readCached(file, key);
  if (cached !== null) return cached;

  const { spec, task, compiledFrom } = await toSpec(example, image);
  const { platform: description, setup } = spec;
  const environments = await runInNode(spec, example.events, {
    limits: LIMITS,
    deadline: DEADLINE,
    waiting: 'suspended',
    world: 'simulated',
  });
  const recording: Recording = {
    example: example.id,
    platform,
    taskRoot: description.task,
    setup,
    task,
    compiledFrom,
    stops,
    title: example.title ?? null,
    prediction: predictionOn(example, platform),
    runs: environments.flatMap(({ runs }) => runs).map(blankAddresses),
    blobs: environments.flatMap(({ runs, blobs }) =>
      runs.map((_, at) => keepBlobs(blobs[at] ?? {}, image.files)),
    ),
    disk: {
      files: Object.fromEntries(
        Object.entries(image.files).map(([file, content]) => [file, contentToSize(content)]),
      ),
      folders: [...image.description.directories, description.task],
    },
    environment: environmentOf(description),
  };
  await mkdir(FOLDER, { recursive: true });
  await writeFile(`${file}.json.draft`, JSON.stringify(recording));
  await rename(`${file}.json.draft`, `${file}.json`);
  // Last: a recording without its key is made again.
  await writeFile(`${file}.key`, key);
  return recording;
}

/** Bytes as a recording keeps them: dumps of the platform's own files by those files' names. */
function keepBlobs(
  blobs: Readonly<Record<string, Uint8Array>>,
  image: Readonly<Record<string, FileContent>>,
): Recording['blobs'][number] {
  const names = new Map(Object.entries(image).map(([path, content]) => [JSON.stringify(content), path]));
  return Object.fromEntries(
    Object.entries(blobs).map(([name, bytes]) => {
      const content = bytesToContent(bytes);
      const path = names.get(JSON.stringify(content));
      return [name, path === undefined ? content : { image: path }];
    }),
  );
}

/** Where an object lies in memory is chance: what prints it would differ from build to build. */
function blankAddresses(run: RecordedRun): RecordedRun {
  return JSON.parse(JSON.stringify(run).replaceAll(/\bat 0x[0-9a-f]{4,}/g, 'at 0x…')) as RecordedRun;
}

async function readCached(file: string, key: string): Promise<Recording | null> {
  try {
    if ((await readFile(`${file}.key`, 'utf8')) !== key) return null;
    return JSON.parse(await readFile(`${file}.json`, 'utf8')) as Recording;
  } catch {
    return null;
  }
}

/** What lies there of examples that are gone would still be content. */
/** What a platform does with an environment beside its first process. */
function environmentOf({
  processes,
  resets,
}: Pick<PlatformDescription, 'processes' | 'resets'>): Recording['environment'] {
  if (processes !== undefined) return 'shared';
  return resets === undefined ? 'single' : 'reset';
}

async function removeOthers(recordings: readonly Recording[]): Promise<void> {
  const wanted = new Set(recordings.map(({ example, platform }) => recordingId(example, platform)));
  for await (const name of glob('*.{json,key}', { cwd: FOLDER })) {
    if (!wanted.has(path.parse(name).name)) await rm(path.join(FOLDER, name));
  }
}

/** The hash of what runs examples on a platform: adding another one changes nothing of it. */
async function hashMakers(platform: string): Promise<string> {
  const makers = MAKERS.map((name) => path.join(import.meta.dirname, name));
  const files = await filesBehind([...makers, path.join(ROOT, 'src/platforms', platform, 'service.ts')]);
  // The image's name is the hash of its own ingredients, Python's files and the harness among them.
  const hash = createHash('sha256').update(path.basename(await bootImage()));
  for (const file of files) {
    hash.update(`\0${path.relative(ROOT, file)}\0`).update(await readFile(file));
  }
  return hash.digest('hex');
}
