import glossary from '../../../content/glossary.json' with { type: 'json' };
import { LANGUAGES, type Language } from '../../i18n/languages.ts';

/** A word of this site and what it means. */
export interface GlossaryTerm {
  readonly id: string;
  readonly term: string;
  /** One or two sentences; names from code stand between backticks. */
  readonly meaning: string;
}

/** The glossary in the order of a language's alphabet. */
export function glossaryIn(language: Language): readonly GlossaryTerm[] {
  const { compare } = new Intl.Collator(language);
  return Object.entries(glossary)
    .map(([id, texts]) => ({ id, ...texts[language] }))
    .sort((a, b) => compare(a.term, b.term));
}

/** Whether the glossary has a term; a link to one that it lacks would lead nowhere. */
export function isTerm(id: string): boolean {
  return LANGUAGES.every((language) => glossaryIn(language).some((term) => term.id === id));
}
