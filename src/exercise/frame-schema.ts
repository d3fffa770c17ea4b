/** Which frames an author means, in stops, in questions and in exercises (`FramePattern` in `trace/stops.ts`). */
import { z } from 'astro/zod';

/** All that is given has to fit. A file is a path, or the end of one. */
export const frame = z.strictObject({
  function: z.string().optional(),
  file: z.string().optional(),
  owner: z.enum(['handler', 'runtime', 'library']).optional(),
});
