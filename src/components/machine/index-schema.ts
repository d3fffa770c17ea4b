/**
 * What `/index.json` holds: everything on the site that has an address, for programs. The JSON Schema beside it is made of this.
 *
 * Addresses are whole where the build knows its origin, else paths from the root of the host.
 */
import { z } from 'astro/zod';

const each = <Value extends z.ZodType>(value: Value, says: string) =>
  z.strictObject({ en: value, ja: value }).describe(says);
const address = z.string().min(1);
const addresses = (says: string) => each(address, says);
const texts = (says: string) => each(z.string().min(1), says);
const twin = addresses('The same as Markdown, in each language.');

const card = addresses('The picture for those who share the page’s address.')
  .nullable()
  .describe('Null where none was drawn.');

const moment = z
  .strictObject({
    id: z.string().describe('The stop’s name in its lab, or the mark that both sides of a pair come to.'),
    step: z.int().positive().nullable().describe('The step of the recorded run; null in a pair.'),
    title: texts('What the moment is called.'),
    page: addresses('Its own page.'),
    twin,
    card,
  })
  .describe('A named moment of a recorded run.');

const lab = z.strictObject({
  id: z.string().describe('The example and the platform, or those of both sides.'),
  kind: z.enum(['lab', 'pair']).describe('One recorded run, or two beside each other.'),
  examples: z.array(z.string()).describe('The names of the handlers.'),
  platforms: z.array(z.string()).describe('The ids of the platforms that they run on.'),
  page: addresses('Its place on the page that it is on first.'),
  embed: addresses('The lab alone, for a frame.').nullable(),
  trace: address.nullable().describe('The whole recorded run as JSON.'),
  moments: z.array(moment).describe('In the order of the run.'),
});

const article = z.strictObject({
  id: z.string(),
  title: texts('Its title.'),
  description: texts('One or two sentences.'),
  updated: texts('The day of its last change.'),
  page: addresses('Its page.'),
  twin,
  card,
});

const error = z.strictObject({
  id: z.string(),
  platform: z.string().describe('The id of the platform that it happens on.'),
  title: texts('The name that Lambda, or the other platform, gives it; or what happens.'),
  names: z.array(z.string()).describe('Other texts by which people meet it.'),
  says: texts('What has happened, in a sentence.'),
  page: addresses('Its page.'),
  twin,
  card,
});

const platform = z.strictObject({
  id: z.string(),
  title: texts('What it is called.'),
  page: addresses('Its model beside the original.'),
});

const file = z.strictObject({
  platform: z.string().describe('The id of its platform.'),
  path: z.string().describe('Where it is on the platform’s disk.'),
  page: addresses('Its lines.'),
});

/** The list's form. */
export const indexSchema = z
  .strictObject({
    $schema: address,
    version: z
      .literal(1)
      .describe('Grows when something that was there is no longer there, or means something else.'),
    name: z.string(),
    home: addresses('The home pages.'),
    articles: z.array(article).describe('In their order.'),
    errors: z.array(error).describe('In the order of the list of errors.'),
    platforms: z.array(platform),
    labs: z.array(lab),
    files: z.array(file).describe('The files of the models’ runtimes.'),
  })
  .describe('Everything on this site that has an address.');

/** The same as JSON Schema. */
export function indexJsonSchema(): object {
  return z.toJSONSchema(indexSchema);
}

export type SiteIndex = z.infer<typeof indexSchema>;
