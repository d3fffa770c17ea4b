/** What `platform.json` may hold, key by key; `description.ts` says what each key means. */
import { z } from 'astro/zod';
import type { PlatformDescription } from './description.ts';

const path = z.string().regex(/^\//, 'a path begins with /');
const variables = z.record(z.string(), z.string());

const moduleStart = z.strictObject({
  module: z.string().min(1),
  entry: path,
  arguments: z.array(z.string()),
});

/** A module with all that is said of it, or none. */
const otherStart = z
  .strictObject({
    module: z.string().min(1).exactOptional(),
    entry: path.exactOptional(),
    arguments: z.array(z.string()).exactOptional(),
    variables: variables.exactOptional(),
    processes: z.int().min(2).exactOptional(),
  })
  .refine(
    ({ module, entry, arguments: names }) =>
      new Set([module, entry, names].map((value) => value === undefined)).size === 1,
    'a start that names a module says its entry and its arguments, and no other does',
  );

const nativeModule = z.strictObject({
  module: z.string().min(1),
  origin: path.nullable(),
  functions: z.array(z.string()),
  output: z.string().exactOptional(),
});

export const descriptionSchema = z.strictObject({
  platform: z.string().min(1),
  title: z.strictObject({ en: z.string().min(1), ja: z.string().min(1) }),
  short: z.strictObject({ en: z.string().min(1).max(24), ja: z.string().min(1).max(24) }).exactOptional(),
  service: z.string().min(1).exactOptional(),
  entry: path,
  entryOwner: z.literal('handler').exactOptional(),
  start: moduleStart.exactOptional(),
  starts: z.record(z.string(), otherStart).exactOptional(),
  handler: z.string().min(1).exactOptional(),
  handlerVariable: z.string().min(1).exactOptional(),
  connects: z.string().exactOptional(),
  telemetry: z.string().exactOptional(),
  resets: z.array(path).exactOptional(),
  processes: z.int().min(2).exactOptional(),
  modes: z.array(z.string()).min(1).exactOptional(),
  passesSockets: z.boolean().exactOptional(),
  listens: z.string().exactOptional(),
  pipes: z.strictObject({ in: z.int().nonnegative(), out: z.int().nonnegative() }).exactOptional(),
  renames: z.record(z.string(), z.string()).exactOptional(),
  shares: z.record(z.string(), path).exactOptional(),
  layers: path.exactOptional(),
  executable: path.exactOptional(),
  prefix: path.exactOptional(),
  cwd: path,
  task: path,
  directories: z.array(path),
  readOnly: z.array(path).exactOptional(),
  runtime: z.array(path).min(1).exactOptional(),
  library: z.array(path).exactOptional(),
  locales: z.array(z.string()).exactOptional(),
  variables,
  log: z.array(z.string()).exactOptional(),
  native: z.array(nativeModule),
}) satisfies z.ZodType<PlatformDescription>;
