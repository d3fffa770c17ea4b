/** One line of a difference: in both texts, in the first alone, in the second alone. */
export interface DifferentLine {
  readonly kind: 'same' | 'removed' | 'added';
  readonly text: string;
}

/** Lines beyond which the two texts are shown one after the other: the table would grow with their product. */
const MAX_LINES = 2000;

/** What was changed from one text to another, line by line, by their longest common sequence. */
export function compareLines(before: string, after: string): DifferentLine[] {
  const [a, b] = [before.split('\n'), after.split('\n')];
  if (a.length > MAX_LINES || b.length > MAX_LINES) {
    return [...a.map((text) => removed(text)), ...b.map((text) => added(text))];
  }
  const common = commonLengths(a, b);
  const lines: DifferentLine[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    const [left, right] = [a[i], b[j]];
    if (left !== undefined && left === right) {
      lines.push({ kind: 'same', text: left });
      i += 1;
      j += 1;
    } else if (left !== undefined && (right === undefined || at(common, i + 1, j) >= at(common, i, j + 1))) {
      lines.push(removed(left));
      i += 1;
    } else {
      lines.push(added(right ?? ''));
      j += 1;
    }
  }
  return lines;
}

const removed = (text: string): DifferentLine => ({ kind: 'removed', text });
const added = (text: string): DifferentLine => ({ kind: 'added', text });

/** For each pair of places, how many lines the rests of the two texts have in common. */
function commonLengths(a: readonly string[], b: readonly string[]): Uint16Array[] {
  const lengths = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i -= 1) {
    const row = lengths[i];
    for (let j = b.length - 1; row !== undefined && j >= 0; j -= 1) {
      row[j] =
        a[i] === b[j]
          ? at(lengths, i + 1, j + 1) + 1
          : Math.max(at(lengths, i + 1, j), at(lengths, i, j + 1));
    }
  }
  return lengths;
}

function at(lengths: readonly Uint16Array[], i: number, j: number): number {
  return lengths[i]?.[j] ?? 0;
}
