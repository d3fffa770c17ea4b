/** What `behaviours.json` may hold: which originals a model was held against, and how it does beside them, row by row. */
import { z } from 'astro/zod';

const text = z.strictObject({ en: z.string().min(1), ja: z.string().min(1) });

export const behavioursSchema = z.strictObject({
  /** The originals that the model was held against, each in the version that was seen. */
  compared: z.array(
    z.strictObject({
      /** A key of `content/sources.json`. */
      source: z.string(),
      /** A release, or the first digits of a commit; null where it has none, or nothing says which it was. */
      version: z.string().nullable(),
      /** Null where nothing says when. */
      when: text.nullable(),
      /** `measured`: the original ran, and what it did was written down. `published`: what is public of it was read. */
      how: z.enum(['measured', 'published']),
      /** A key of `.github/living-facts.json`: what is published there now. Null where nothing new can come. */
      watch: z.string().nullable(),
    }),
  ),
  behaviours: z.array(
    z.strictObject({
      id: z.string(),
      area: z.enum(['start', 'invocation', 'http', 'values', 'context', 'errors', 'log', 'end']),
      /** `same`: the model does what the original was seen to do. `inferred`: it decided what the facts leave open. */
      kind: z.enum(['same', 'inferred', 'differs']),
      about: text,
      /** Absent where nothing is known of it. */
      original: text.optional(),
      /** Absent where the model does the same. */
      model: text.optional(),
      /** Keys of `content/sources.json`. */
      sources: z.array(z.string()),
      /** The tests that hold it: a file and a name in it, or a case that was measured. */
      tests: z.array(z.string()),
      /** What a comparison with measured cases takes for equal, because it is meant to differ. */
      patterns: z.array(z.strictObject({ pattern: z.string(), replacement: z.string() })).optional(),
    }),
  ),
});
