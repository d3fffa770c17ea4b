/**
 * The shape of a run: how deep the stack is at each step, and whose code runs there. As paths of an SVG that is as wide
 * as the run has steps and as high as its stack gets.
 */
import type { Owner } from '../../trace/format.ts';
import type { Replay } from '../../trace/replay.ts';

/** The picture's measures, and a path for each owner that has something in it. */
export interface DepthProfile {
  readonly width: number;
  readonly height: number;
  readonly paths: Readonly<Partial<Record<Owner, string>>>;
}

/** Rows of the picture: a deeper stack, as that of a recursion, is cut off there. */
const HIGHEST = 16;

/** Columns of the picture: of a longer run some steps share one, and the deepest is drawn. */
const WIDEST = 1200;

/** Draws it. */
export function replayToProfile(replay: Replay): DepthProfile {
  const width = Math.min(replay.length, WIDEST);
  const columns = Array.from({ length: width }, (_, column) => deepestIn(replay, column, width));
  const height = Math.max(1, ...columns.map(({ depth }) => depth));
  const paths: Partial<Record<Owner, string>> = {};
  let before = NOTHING;
  for (let start = 0; start < columns.length;) {
    const column = columns[start] ?? NOTHING;
    const { depth, owner } = column;
    let end = start + 1;
    while (columns[end]?.depth === depth && columns[end]?.owner === owner) end += 1;
    if (owner !== null && depth > 0) {
      // Relative, and one outline for neighbours of one owner: small numbers, which a page packs well.
      const isNext = before.owner === owner && before.depth > 0;
      const from = isNext ? `v${before.depth - depth}` : `M${start} ${height}v-${depth}`;
      const next = columns[end] ?? NOTHING;
      const isLast = next.owner !== owner || next.depth === 0;
      paths[owner] = `${paths[owner] ?? ''}${from}h${end - start}${isLast ? `V${height}z` : ''}`;
    }
    before = column;
    start = end;
  }
  return { width, height, paths };
}

interface Column {
  readonly depth: number;
  readonly owner: Owner | null;
}

const NOTHING: Column = { depth: 0, owner: null };

function deepestIn(replay: Replay, column: number, width: number): Column {
  const first = Math.floor((column * replay.length) / width) + 1;
  const end = Math.max(first + 1, Math.floor(((column + 1) * replay.length) / width) + 1);
  let deepest: Column = { depth: 0, owner: null };
  for (let step = first; step < end; step += 1) {
    const depth = Math.min(replay.depthOf(step), HIGHEST);
    if (depth > deepest.depth) deepest = { depth, owner: replay.placeOf(step)?.owner ?? null };
  }
  return deepest;
}

/** Upright lines at steps, as one path in a picture that is a step wide for each and 1 high. */
export function stepsToTicks(steps: readonly number[]): string {
  return steps.map((step) => `M${String(step - 0.5)} 0v1`).join('');
}
