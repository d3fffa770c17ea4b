/** The variables that a platform gives every process, as its description has them. */
import { getEntry } from 'astro:content';

export async function platformVariables(platform: string): Promise<Readonly<Record<string, string>>> {
  const entry = await getEntry('platforms', platform);
  return entry?.data.variables ?? {};
}
