/** A word with a typing fault, mended: the term of the index that is nearest to it. */
import type MiniSearch from 'minisearch';
import type { IndexedFields } from './index-options.ts';
import { stem } from './stem.ts';
import type { Unit } from './units.ts';

/** Letters from which on a word may have one fault, and two. */
const ONE_FAULT = 5;
const TWO_FAULTS = 9;

/** The unit with its word mended; null when no term is near enough. */
export function nearest(mini: MiniSearch<IndexedFields>, unit: Unit): Unit | null {
  const word = unit.kind === 'word' ? stem(unit.text) : unit.text;
  const most = word.length >= TWO_FAULTS ? 2 : word.length >= ONE_FAULT ? 1 : 0;
  if (most === 0) return null;
  // MiniSearch counts two letters that have changed places as two.
  const suggestions = mini.search(word, { tokenize: () => [word], fuzzy: most + 1 });
  const near = new Map<string, { faults: number; weight: number }>();
  for (const { terms, score } of suggestions) {
    for (const term of terms) {
      const faults = faultsBetween(word, term);
      if (faults > most || term.startsWith('=')) continue;
      near.set(term, { faults, weight: (near.get(term)?.weight ?? 0) + score });
    }
  }
  const [best] = Array.from(near).toSorted(
    ([, one], [, other]) => one.faults - other.faults || other.weight - one.weight,
  );
  return best === undefined ? null : { ...unit, text: best[0], terms: [best[0]], isOpen: false };
}

/** Letters that are missing, too many, wrong, or have changed places with their neighbour. */
export function faultsBetween(one: string, other: string): number {
  const rows: number[][] = [];
  for (let row = 0; row <= one.length; row += 1) {
    const own: number[] = [];
    for (let column = 0; column <= other.length; column += 1) {
      if (row === 0 || column === 0) {
        own.push(row + column);
        continue;
      }
      const at = (up: number, left: number): number =>
        (up === 0 ? own : rows[row - up])?.[column - left] ?? 0;
      const isSame = one[row - 1] === other[column - 1];
      const isSwap =
        row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      own.push(
        Math.min(at(1, 0) + 1, at(0, 1) + 1, at(1, 1) + (isSame ? 0 : 1), isSwap ? at(2, 2) + 1 : Infinity),
      );
    }
    rows.push(own);
  }
  return rows[one.length]?.[other.length] ?? 0;
}
