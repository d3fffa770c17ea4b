/**
 * The border between content and site: what an article's frontmatter says, and what the pages read of
 * the recordings. Writers: the authors of `content/articles`, the build's `src/integrations/recordings.ts`; and
 * of the platforms, whose authors write `src/platforms`.
 */
import { defineCollection } from 'astro:content';
import { glob } from 'astro/loaders';
import { z } from 'astro/zod';
import { errorSchema } from './catalogue/error-schema.ts';
import { exerciseSchema } from './exercise/exercise-schema.ts';
import { behavioursSchema } from './platforms/behaviours-schema.ts';
import type { Recording } from './trace/recording.ts';

const articles = defineCollection({
  loader: glob({ base: './content/articles', pattern: '{en,ja}/*.mdx', generateId: pathToId }),
  schema: z.strictObject({
    title: z.string().min(1),
    /** One or two sentences: under the title, in lists, and for search engines. */
    description: z.string().min(1).max(300),
    /** Articles are listed, and follow one another, by this number. */
    order: z.number().int().positive(),
    updated: z.coerce.date(),
    /** A draft is shown while writing (`npm run dev`), and is no part of a build. */
    draft: z.boolean().default(false),
    /** In a translation: the hash of the English text that it follows. `npm run accept-translation` writes it. */
    follows: z.string().optional(),
  }),
});

/** The build made them a moment ago, so only what tells a recording from another file is looked at. */
const recordings = defineCollection({
  loader: glob({ base: './.cache/recordings', pattern: '*.json', generateId: pathToId }),
  schema: z.custom<Recording>(isRecording, 'This is no recording: remove .cache/recordings and build again.'),
});

const text = z.strictObject({ en: z.string().min(1), ja: z.string().min(1) });

/** What a platform's folder says of it; the environment reads more of the file than the pages do. */
const platforms = defineCollection({
  loader: glob({ base: './src/platforms', pattern: '*/platform.json', generateId: pathToFolder }),
  schema: z.object({
    platform: z.string(),
    /** What the pages call it, in each language. */
    title: text,
    short: text.optional(),
    service: z.string().optional(),
    entry: z.string(),
    executable: z.string().optional(),
    cwd: z.string(),
    task: z.string(),
    layers: z.string().optional(),
    connects: z.string().optional(),
    listens: z.string().optional(),
    pipes: z.object({ in: z.number(), out: z.number() }).optional(),
    starts: z
      .record(
        z.string(),
        z.object({ module: z.string().optional(), arguments: z.array(z.string()).default([]) }),
      )
      .default({}),
    variables: z.record(z.string(), z.string()),
    log: z.array(z.string()).default([]),
    native: z.array(
      z.object({ module: z.string(), origin: z.string().nullable(), functions: z.array(z.string()) }),
    ),
  }),
});

/** How a model behaves beside its original, row by row. `tests/unit/platforms/behaviours.test.ts` looks at what rows name. */
const behaviours = defineCollection({
  loader: glob({ base: './src/platforms', pattern: '*/behaviours.json', generateId: pathToFolder }),
  schema: behavioursSchema,
});

/** The catalogue of errors. `npm test -- errors` looks at what its files say of recordings. */
const errors = defineCollection({
  loader: glob({ base: './content/errors', pattern: '*.json', generateId: pathToId }),
  schema: errorSchema,
});

/** The exercises that are checked by their runs. `npm test -- unit` holds each to its right and wrong attempts. */
const exercises = defineCollection({
  loader: glob({ base: './content/exercises', pattern: '*.json', generateId: pathToId }),
  schema: exerciseSchema,
});

export const collections = { articles, behaviours, errors, exercises, platforms, recordings };

/** The path without its ending, letter for letter: `en/who-called-me`, `print-the-stack--lambda-2016`. */
function pathToId({ entry }: { readonly entry: string }): string {
  return entry.replace(/\.\w+$/, '');
}

/** The folder of a file of `src/platforms`: the platform's name. */
function pathToFolder({ entry }: { readonly entry: string }): string {
  return entry.replace(/\/.*$/, '');
}

function isRecording(value: unknown): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    'example' in value &&
    'platform' in value &&
    'runs' in value
  );
}
