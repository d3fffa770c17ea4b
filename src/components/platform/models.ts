import { getCollection, type CollectionEntry } from 'astro:content';
import type { Language } from '../../i18n/languages.ts';

/** A platform with what is said of its model. */
export interface Model {
  readonly platform: string;
  readonly title: string;
  readonly behaviours: CollectionEntry<'behaviours'>['data']['behaviours'];
}

/** Every platform's model, in the order of their names, with its title in a language. */
export async function allModels(language: Language): Promise<readonly Model[]> {
  const rows = new Map((await getCollection('behaviours')).map(({ id, data }) => [id, data.behaviours]));
  return (await getCollection('platforms'))
    .map(({ id, data }) => ({ platform: id, title: data.title[language], behaviours: rows.get(id) ?? [] }))
    .toSorted((one, other) => one.platform.localeCompare(other.platform));
}
