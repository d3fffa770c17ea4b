/**
 * Where the model differs from what was measured and is meant to: by patterns over texts, never by a case's
 * name. They stand in the rows that tell readers of the difference and its reason, in the platform's
 * `behaviours.json`. Both sides of a comparison are changed alike. Whoever adds a row has looked at both sides.
 */
import file from '../../src/platforms/lambda-today/behaviours.json' with { type: 'json' };

interface Difference {
  readonly pattern: RegExp;
  readonly replacement: string;
}

const DIFFERENCES: readonly Difference[] = file.behaviours.flatMap((row) =>
  (row.patterns ?? []).map(({ pattern, replacement }) => ({
    pattern: new RegExp(pattern, 'g'),
    replacement,
  })),
);

/** A text without what is meant to differ. */
export function unify(text: string): string {
  return DIFFERENCES.reduce(
    (unified, { pattern, replacement }) => unified.replace(pattern, replacement),
    text,
  );
}
