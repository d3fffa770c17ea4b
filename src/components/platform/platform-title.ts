import { getEntry } from 'astro:content';
import type { Language } from '../../i18n/languages.ts';

/** What a platform is called in a language. Throws RangeError when there is no platform of that name. */
export async function platformTitle(platform: string, language: Language): Promise<string> {
  const entry = await getEntry('platforms', platform);
  if (entry === undefined) throw new RangeError(`There is no platform "${platform}" in src/platforms.`);
  return entry.data.title[language];
}

/** What a platform is called where there is little room. Throws RangeError when there is no platform of that name. */
export async function platformShortTitle(platform: string, language: Language): Promise<string> {
  const entry = await getEntry('platforms', platform);
  return entry?.data.short?.[language] ?? (await platformTitle(platform, language));
}
