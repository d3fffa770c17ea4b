/**
 * Where the model differs from what was measured and is meant to: each by a pattern over texts, with its
 * reason. Never by a case's name. Whoever adds a line here has looked at both sides.
 */
export interface Difference {
  readonly reason: string;
  /** What is made of a text of either side before the two are compared. */
  readonly unify: (text: string) => string;
}

export const DIFFERENCES: readonly Difference[] = [
  {
    reason: 'Python 3.13 and later add advice to the message about a module that hides one of the library',
    unify: (text) => text.replace(/ \(consider renaming '[^']*' since [^)]*\)/g, ''),
  },
  {
    reason: "the numbers of errors are those of WebAssembly's system interface, not of Linux",
    unify: (text) => text.replace(/\[Errno \d+\]/g, '[Errno <N>]'),
  },
];

/** A text without what is meant to differ. */
export function unify(text: string): string {
  return DIFFERENCES.reduce((unified, difference) => difference.unify(unified), text);
}
