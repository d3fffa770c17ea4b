/**
 * Where the model differs from what was measured and is meant to: by patterns over texts, each with its
 * reason, never by a case's name. Both sides of a comparison are changed alike. Whoever adds a row has
 * looked at both sides.
 */
export interface Difference {
  readonly pattern: RegExp;
  readonly replacement: string;
  readonly reason: string;
}

const WORDING = 'Python 3.14, which runs the model, words this message differently';

export const DIFFERENCES: readonly Difference[] = [
  {
    pattern: /\[Errno \d+\]/g,
    replacement: '[Errno <N>]',
    reason: "WebAssembly's system interface has error numbers of its own, not those of Linux",
  },
  {
    pattern: / \(consider renaming '[^']*' (?:since|if) [^)]*\)/g,
    replacement: '',
    reason: 'since Python 3.13 a message advises on modules that hide others',
  },
  { pattern: /(too many values to unpack \(expected \d+), got \d+\)/g, replacement: '$1)', reason: WORDING },
  {
    pattern: /cannot use '[^']*' as a (?:dict key|set element) \((unhashable type: '[^']*')\)/g,
    replacement: '$1',
    reason: WORDING,
  },
  {
    pattern: /(?:float|integer) (?:(?:floor )?division|division or modulo|modulo)(?: by zero)?/g,
    replacement: 'division by zero',
    reason: WORDING,
  },
  {
    pattern: /0\.0 cannot be raised to a negative power|zero to a negative power/g,
    replacement: '<ZERO TO A NEGATIVE POWER>',
    reason: WORDING,
  },
  { pattern: / and no __dict__ for setting new attributes/g, replacement: '', reason: WORDING },
  {
    pattern: /(max|min)\(\) (?:arg is an empty sequence|iterable argument is empty)/g,
    replacement: '$1() <EMPTY>',
    reason: WORDING,
  },
  {
    pattern: /cannot convert dictionary update sequence element #\d+ to a sequence/g,
    replacement: 'object is not iterable',
    reason: WORDING,
  },
  { pattern: / \(missed __(?:exit|enter)__ method\)/g, replacement: '', reason: WORDING },
  { pattern: /(must be in \d+\.\.\d+), not -?\d+/g, replacement: '$1', reason: WORDING },
  { pattern: /(?:re\.)?\bPatternError\b/g, replacement: 'error', reason: 'Python 3.13 renamed re.error' },
  { pattern: /invalid syntax\. Did you mean '[^']*'\?/g, replacement: 'invalid syntax', reason: WORDING },
];

/** A text without what is meant to differ. */
export function unify(text: string): string {
  return DIFFERENCES.reduce(
    (unified, { pattern, replacement }) => unified.replace(pattern, replacement),
    text,
  );
}
