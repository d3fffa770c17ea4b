/** What `behaviours.json` may hold: how a model does beside its original, row by row. */
import { z } from 'astro/zod';

const text = z.strictObject({ en: z.string().min(1), ja: z.string().min(1) });

export const behavioursSchema = z.strictObject({
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
