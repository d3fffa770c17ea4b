/**
 * The border between content and site: what an article's frontmatter says, and what the pages read of
 * the recordings. Writers: the authors of `content/articles`, the build's `src/integrations/recordings.ts`.
 */
import { defineCollection } from 'astro:content';
import { glob } from 'astro/loaders';
import { z } from 'astro/zod';
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

export const collections = { articles, recordings };

/** The path without its ending, letter for letter: `en/who-called-me`, `print-the-stack--lambda-2016`. */
function pathToId({ entry }: { readonly entry: string }): string {
  return entry.replace(/\.\w+$/, '');
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
