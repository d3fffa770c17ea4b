/**
 * The interface's strings. `content/ui/en.json` is the schema: the other languages must have the same
 * keys, and name the same values in braces. The types hold the keys where they are used; `findFaults` holds
 * all of it when the site is built.
 */
import en from '../../content/ui/en.json' with { type: 'json' };
import ja from '../../content/ui/ja.json' with { type: 'json' };
import type { Language } from './languages.ts';

export type Strings = typeof en;

const STRINGS: Readonly<Record<Language, Strings>> = { en, ja };

/** The strings of a language. Throws when its file does not follow the English one. */
export function stringsOf(language: Language): Strings {
  const faults = findFaults(en, STRINGS[language]);
  if (faults.length > 0) throw new Error(`content/ui/${language}.json: ${faults.join('; ')}.`);
  return STRINGS[language];
}

/** What is wrong with `strings` as a translation of `schema`, a phrase for each fault. */
export function findFaults(schema: unknown, strings: unknown): readonly string[] {
  const wanted = flatten(schema);
  const found = flatten(strings);
  const faults: string[] = [];
  for (const [key, text] of wanted) {
    const translation = found.get(key);
    if (translation === undefined) faults.push(`"${key}" is missing`);
    else if (translation.trim() === '' && text.trim() !== '') faults.push(`"${key}" is empty`);
    else if (placeholders(translation) !== placeholders(text)) {
      faults.push(`"${key}" must name ${placeholders(text) || 'no value in braces'}`);
    }
  }
  for (const key of found.keys()) {
    if (!wanted.has(key)) faults.push(`"${key}" is not in the English file`);
  }
  return faults;
}

function placeholders(text: string): string {
  return [...new Set(text.match(/\{\w+\}/g) ?? [])].sort().join(', ');
}

/** Strings by their dotted key, for example `layout.skip`. */
function flatten(value: unknown, prefix = ''): Map<string, string> {
  const texts = new Map<string, string>();
  if (typeof value === 'string') texts.set(prefix, value);
  else if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value)) {
      for (const entry of flatten(inner, prefix === '' ? key : `${prefix}.${key}`)) texts.set(...entry);
    }
  }
  return texts;
}
