import SOURCES from '../../../content/sources.json' with { type: 'json' };
import type { Language } from '../../i18n/languages.ts';

/** The sources' short names, by their ids: where there is room for no more. */
export function shortNames(language: Language): ReadonlyMap<string, string> {
  return new Map(Object.entries(SOURCES).map(([id, { short, name }]) => [id, (short ?? name)[language]]));
}
