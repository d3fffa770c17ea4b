/** Which frames an author means, in stops and in questions (`FramePattern` in `trace/stops.ts`). */
import { z } from 'astro/zod';

/** All that is given has to fit. */
export const frame = z.strictObject({
  function: z.string().optional(),
  file: z.string().optional(),
  owner: z.enum(['handler', 'runtime', 'library']).optional(),
});
