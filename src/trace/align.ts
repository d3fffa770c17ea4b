/**
 * How do two runs go side by side? Both are cut at the marks that they have in common; between two marks the one
 * with fewer steps waits for the other. So each mark is reached by both at once, and no step of either is skipped
 * that the other has time for.
 */
import { eventsToMarks, type MarkName } from './marks.ts';
import type { Replay } from './replay.ts';

/** One of the runs: how many steps it has, counted from 1, and at which of them it comes to its marks. */
export interface Side {
  readonly length: number;
  readonly marks: readonly StepMark[];
}

export interface StepMark {
  readonly name: MarkName;
  readonly step: number;
}

/** A mark of both runs; positions count from 0. */
export interface AlignedMark {
  readonly name: MarkName;
  readonly position: number;
}

export interface Alignment {
  /** How many positions there are: at least as many as either run has steps. */
  readonly length: number;
  readonly marks: readonly AlignedMark[];
  /** The steps that stand beside each other there; what lies outside counts as the nearest end. */
  at(position: number): readonly [left: number, right: number];
  /** The first position at which one side (0 is the left) has come to a step. */
  positionOf(side: 0 | 1, step: number): number;
}

/** A run as a side of an alignment. */
export function replayToSide(replay: Replay): Side {
  const marks = eventsToMarks(replay.events).map(({ name, at }) => ({ name, step: replay.stepOfEvent(at) }));
  return { length: replay.length, marks };
}

/** A stretch between two marks: where it begins, and how long it is for both and for each. */
interface Stretch {
  readonly position: number;
  readonly length: number;
  readonly begins: readonly [number, number];
  readonly lengths: readonly [number, number];
}

export function alignRuns(left: Side, right: Side): Alignment {
  const shared = sharedMarks(left, right);
  const starts: readonly (readonly [number, number])[] = [[1, 1], ...shared.map(({ steps }) => steps)];
  const ends = [...starts.slice(1), [left.length + 1, right.length + 1] as const];
  const stretches: Stretch[] = [];
  let position = 0;
  for (const [index, begins] of starts.entries()) {
    const [leftEnd, rightEnd] = ends[index] ?? begins;
    const lengths = [leftEnd - begins[0], rightEnd - begins[1]] as const;
    const length = Math.max(...lengths);
    stretches.push({ position, length, begins, lengths });
    position += length;
  }
  const length = position;
  const at: Alignment['at'] = (wanted) => {
    const place = Math.max(0, Math.min(wanted, length - 1));
    const stretch = stretches.findLast((one) => one.position <= place && one.length > 0);
    if (stretch === undefined) return [1, 1];
    const { begins, lengths } = stretch;
    const within = (side: 0 | 1): number => {
      const last = side === 0 ? left.length : right.length;
      const gone = Math.floor(((place - stretch.position) * lengths[side]) / stretch.length);
      return Math.min(begins[side] + gone, last);
    };
    return [within(0), within(1)];
  };
  return {
    length,
    marks: shared.map(({ name }, index) => ({ name, position: stretches[index + 1]?.position ?? 0 })),
    at,
    positionOf(side, step) {
      let low = 0;
      let high = length - 1;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (at(middle)[side] < step) low = middle + 1;
        else high = middle;
      }
      return low;
    },
  };
}

interface SharedMark {
  readonly name: MarkName;
  readonly steps: readonly [number, number];
}

/** The most marks that both come to in the same order. */
function sharedMarks(left: Side, right: Side): readonly SharedMark[] {
  const candidates = left.marks.flatMap(({ name, step }): SharedMark[] => {
    const other = right.marks.find((mark) => mark.name === name);
    return other === undefined ? [] : [{ name, steps: [step, other.step] }];
  });
  /** For each candidate: the longest row of marks that ends with it. */
  const rows: SharedMark[][] = [];
  for (const candidate of candidates) {
    const before = rows.filter((row) => isAfter(candidate, row.at(-1)));
    rows.push([...longest(before), candidate]);
  }
  return longest(rows);
}

function isAfter({ steps: [left, right] }: SharedMark, other: SharedMark | undefined): boolean {
  return other === undefined || (left >= other.steps[0] && right >= other.steps[1]);
}

function longest(rows: readonly SharedMark[][]): SharedMark[] {
  return rows.reduce((best, row) => (row.length > best.length ? row : best), []);
}
