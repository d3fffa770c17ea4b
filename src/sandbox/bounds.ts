/**
 * How much an environment may send to the page, by what is counted. What it sends may be forged, and one value that is
 * named a thousand times crosses as one: so everything is counted as often as it is named, and parsing stops where a
 * bound is passed. All bounds are far above what an honest run does.
 */
import type { Bound, Refusal } from '../trace/format.ts';

/** What was sent is no message of an environment's, or more than one may send. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly refusal: Refusal;

  constructor(refusal: Refusal = { by: 'senseless' }) {
    super(refusal.by === 'sent' ? `more than ${String(refusal.most)} ${refusal.what}` : 'no message');
    this.refusal = refusal;
  }
}

/** Of one value, wherever it stands. */
const OF_ONE = {
  // A payload or an event may have megabytes (Lambda: 6 MB).
  text: 10_000_000,
  // Linux takes paths of 4,096 characters at once, and reaches longer ones from folder to folder.
  name: 30_000,
  // Python's own recursion ends at a thousand folders, a loop that goes on by `os.chdir` does not.
  depth: 4000,
  locals: 100_000,
} as const;

/** Of one run, in all. */
const OF_A_RUN = {
  // One every thirty milliseconds, as long as the page lets a run go on.
  messages: 10_000,
  events: 200_000,
  // The page asks for 40,000 at most.
  steps: 50_000,
  files: 20_000,
  objects: 50_000,
  // As many as an account of AWS may have.
  buckets: 10_000,
  // What a browser has not, and what a brought runtime did not get, is told once each.
  notes: 1000,
  // The lab asks for 65,536 at most; the platform's own lines come on top of that.
  output: 20_000_000,
  bytes: 128_000_000,
} as const;

/** Bytes of what outlives runs: the objects in all buckets, and the files that a reset leaves. */
export const MAX_KEPT = 256_000_000;

/** What the least of things costs the page in bytes, beside its characters. */
const LEAST = 64;

type OfOne = keyof typeof OF_ONE;
type OfARun = keyof typeof OF_A_RUN;

/** A text has no more characters than a name, or any text, may have. */
function checkLength(text: string, bound: Extract<OfOne, 'text' | 'name'>): void {
  if (text.length > OF_ONE[bound]) throw passed('text', OF_ONE[bound]);
}

/** A path does not lead through more folders than may lie in one another. Throws `Refused` where it does. */
export function checkDepth(path: string): void {
  let depth = 0;
  for (let at = path.indexOf('/'); at !== -1; at = path.indexOf('/', at + 1)) depth += 1;
  if (depth > OF_ONE.depth) throw passed('depth', OF_ONE.depth);
}

/** Counts what one environment sends for some runs. */
export class Tally {
  readonly #runs: number;
  readonly #counts: Record<OfARun, number> = {
    messages: 0,
    events: 0,
    steps: 0,
    files: 0,
    objects: 0,
    buckets: 0,
    notes: 0,
    output: 0,
    bytes: 0,
  };

  /** `runs` is the number of invocations that were asked for: each may send as much as one may. */
  constructor(runs = 1) {
    this.#runs = Math.max(1, runs);
  }

  /** So many more of them. Throws `Refused` where that is more than the runs may send. */
  count(what: OfARun, more = 1): void {
    const most = OF_A_RUN[what] * this.#runs;
    this.#counts[what] += more;
    if (this.#counts[what] > most) throw passed(what, most);
  }

  /** A thing with a text, which is no longer than texts or names may be. */
  text(text: string, bound: Extract<OfOne, 'text' | 'name'>): void {
    checkLength(text, bound);
    this.count('bytes', text.length + LEAST);
  }

  /** One more of the locals of a frame, of which there were so many. */
  local(before: number, name: string, text: string): void {
    if (before >= OF_ONE.locals) throw passed('locals', OF_ONE.locals);
    checkLength(name, 'name');
    this.text(text, 'text');
    this.count('bytes', name.length);
  }
}

function passed(what: Bound, most: number): Refused {
  return new Refused({ by: 'sent', what, most });
}
