/** The languages that the site is written in, the one that others are translated from first. */
export const LANGUAGES = ['en', 'ja'] as const;

export type Language = (typeof LANGUAGES)[number];

/** What each language calls itself, and how Open Graph names it. */
export const LANGUAGE_NAMES: Readonly<Record<Language, { readonly own: string; readonly locale: string }>> = {
  en: { own: 'English', locale: 'en_US' },
  ja: { own: '日本語', locale: 'ja_JP' },
};

/** What is between two sentences that follow one another on a line: Japanese has no space there. */
export const SENTENCE_GAP: Readonly<Record<Language, string>> = { en: ' ', ja: '' };

/** The language that a part of an address or of a file's path names. Throws on anything else. */
export function languageOf(code: string | undefined): Language {
  const language = LANGUAGES.find((known) => known === code);
  if (language === undefined) {
    throw new RangeError(`"${String(code)}" is none of the site's languages: ${LANGUAGES.join(', ')}.`);
  }
  return language;
}

/** A day as people write it in a language, for example `14 December 2016`. */
export function dayToText(day: Date, language: Language): string {
  const locale = language === 'en' ? 'en-GB' : 'ja-JP';
  return new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }).format(day);
}
