/** One form for the forms of an English word that people type: imports, imported, importing. */
export function stem(word: string): string {
  if (word.length < 4 || !/^[a-z]+$/.test(word)) return word;
  const base = word
    .replace(/ies$/, 'y')
    .replace(/(?<=x|ch|sh)es$|(?<=..[^su])s$/, '')
    .replace(/(?<=[aeiouy].*)(?:ing|ed)$/, '')
    .replace(/([bdfgmnprt])\1$/, '$1');
  return base.length > 3 ? base.replace(/e$/, '') : base;
}

/** Endings by which a word is derived from another, and how much of it is left at least. */
const DERIVED =
  /(?<=.{4})(?:ation|ition|ion|ment|abl|ibl|able|ible|ly|ness)$|(?<=.{5})(?:al|ence|enc|ency|ent|ity|iv|ive|ful)$/;

/** What a word, by its stem, is derived from: execution and executable from execut. British and American forms are one. */
export function rootOf(stemmed: string): string {
  if (stemmed.length < 6 || !/^[a-z]+$/.test(stemmed)) return stemmed;
  const root = stemmed
    .replace(/our$/, 'or')
    .replace(/(?<=...)is$/, 'iz')
    .replace(DERIVED, '');
  return root === stemmed ? root : rootOf(root.length > 4 ? root.replace(/e$/, '') : root);
}
