/** A paste that was read, and all that is asked of it. It runs in a worker, or in the page where workers are refused. */
import type { ErrorKeys } from '../../catalogue/match-error.ts';
import { explain } from '../../explain/explain.ts';
import type { Explanation, Finding, ReadLine } from '../../explain/explanation.ts';
import type { Owner } from '../../explain/owner.ts';
import { articleOf } from '../../explain/findings.ts';
import type { Kind } from '../../explain/grammar.ts';
import { mask } from '../../explain/mask.ts';
import { lineOwner } from '../../explain/read-lines.ts';
import { sortRows, sumRows, toCsv, toRows, type TableRow } from '../../explain/table.ts';
import { MOST_LINES_SHARED } from './limits.ts';
import { hasMoreLines, readSource } from './read-source.ts';
import {
  SIGNS,
  type Answers,
  type AskName,
  type LinePlace,
  type MaskedText,
  type Progress,
  type ShownLine,
  type Sign,
  type Summary,
  type TableOrder,
  type TablePart,
} from './told.ts';

const SIGN_OF: Readonly<Record<Owner, Sign>> = {
  platform: 'platform',
  runtime: 'runtime',
  yours: 'output',
  library: 'output',
  stdlib: 'output',
  extension: 'extension',
  tool: 'tool',
  console: 'tool',
  unknown: 'unknown',
};

/** Kinds that say nothing of a run, a traceback or an answer. */
const NOTHING_TOLD: ReadonlySet<Kind> = new Set<Kind>([
  'your-output',
  'not-known',
  'left-out',
  'console',
  'tool',
  'command',
  'wrapper',
]);

/** How much of each a page draws at once: the rest is counted. */
const MOST_RUNS = 48;
const MOST_FINDINGS = 60;
const MOST_PLACES = 3;
const MOST_UNKNOWN = 100;
const MOST_ERRORS = 4;
const MOST_ARTICLES = 4;

class HeldPaste {
  readonly #text: string;
  readonly #explanation: Explanation;
  /** The run of each line, or -1. */
  readonly #runs: Int32Array;
  /** The lines of each sign. */
  readonly #bySign = new Map<Sign, number[]>(SIGNS.map((sign) => [sign, []]));
  readonly #rows: readonly TableRow[];

  constructor(text: string, errors: readonly ErrorKeys[]) {
    this.#text = text;
    this.#explanation = explain(text, errors);
    const { lines, runs } = this.#explanation;
    this.#runs = new Int32Array(lines.length).fill(-1);
    for (const [index, run] of runs.entries()) for (const line of run.lines) this.#runs[line] = index;
    for (const [index, line] of lines.entries()) this.#bySign.get(signOf(line))?.push(index);
    this.#rows = toRows(runs);
  }

  summary(): Summary {
    const { count, lines, runs, findings, errors } = this.#explanation;
    return {
      count,
      signs: Object.fromEntries(
        Array.from(this.#bySign, ([sign, own]) => [sign, own.length]),
      ) as Summary['signs'],
      isTold: lines.some(({ kind }) => !NOTHING_TOLD.has(kind)),
      findings: findings.slice(0, MOST_FINDINGS).map(({ lines: shown, ...finding }) => ({
        ...finding,
        places: shown.slice(0, MOST_PLACES).flatMap((index) => this.#placeOf(index) ?? []),
      })),
      runs: runs.slice(0, MOST_RUNS).map(({ lines: own, ...run }, index) => ({
        ...run,
        place: this.#placeOf(own[0]),
        last: own.at(-1) ?? null,
        failedInitMs: failedInitOf(findings, index),
      })),
      runCount: runs.length,
      errors: errors.slice(0, MOST_ERRORS),
      articles: [...new Set(findings.flatMap(({ id }) => articleOf(id) ?? []))].slice(0, MOST_ARTICLES),
      unknown: this.lines('unknown', 0, MOST_UNKNOWN),
    };
  }

  lines(sign: Sign | null, from: number, to: number): readonly ShownLine[] {
    const { lines } = this.#explanation;
    const all = sign === null ? null : (this.#bySign.get(sign) ?? []);
    const until = Math.min(to, all?.length ?? lines.length);
    const shown: ShownLine[] = [];
    for (let at = from; at < until; at += 1) {
      const index = all === null ? at : (all[at] ?? 0);
      const line = lines[index];
      if (line === undefined) continue;
      const { text, kind, isCopy } = line;
      const run = this.#runs[index] ?? -1;
      shown.push({
        index,
        number: numberOf(line),
        text,
        kind,
        owner: lineOwner(line),
        sign: signOf(line),
        isCopy,
        run: run === -1 ? null : run,
      });
    }
    return shown;
  }

  table(order: TableOrder | null, most: number): TablePart {
    const { runs } = this.#explanation;
    const rows =
      order === null ? this.#rows : sortRows(this.#rows, order.column, order.isDescending ? 'down' : 'up');
    return {
      rows: rows.slice(0, most).map((row) => ({ row, place: this.#placeOf(runs[row.run]?.lines[0]) })),
      count: rows.length,
      sums: sumRows(this.#rows),
    };
  }

  csv(): string {
    return toCsv(this.#rows);
  }

  /** Null where there's more than somebody would look through. */
  mask(words: readonly string[]): MaskedText | null {
    if (hasMoreLines(this.#text, MOST_LINES_SHARED)) return null;
    const { text, counts } = mask(this.#text, words);
    return { text, counts, lines: this.#explanation.count };
  }

  #placeOf(index: number | undefined): LinePlace | null {
    const line = index === undefined ? undefined : this.#explanation.lines[index];
    return index === undefined || line === undefined ? null : { index, number: numberOf(line) };
  }
}

/** Answers one question after another about the paste that was read last. */
export class PasteReader {
  #held: HeldPaste | null = null;

  async answer<Name extends AskName>(
    name: Name,
    ask: Answers[Name]['ask'],
    onProgress: (progress: Progress) => void,
  ): Promise<Answers[Name]['answer']> {
    return await this.#answer({ name, ask } as Asked, onProgress);
  }

  async #answer(
    { name, ask }: Asked,
    onProgress: (progress: Progress) => void,
  ): Promise<Answers[AskName]['answer']> {
    if (name === 'read') {
      this.#held = new HeldPaste(await readSource(ask.source, onProgress), ask.errors);
      return this.#held.summary();
    }
    if (this.#held === null) throw new Error('Nothing was read yet.');
    switch (name) {
      case 'lines':
        return this.#held.lines(ask.sign, ask.from, ask.to);
      case 'table':
        return this.#held.table(ask.order, ask.most);
      case 'csv':
        return this.#held.csv();
      case 'mask':
        return this.#held.mask(ask.words);
    }
  }
}

/** A question with its name, one type for each. */
type Asked = { [Name in AskName]: { readonly name: Name; readonly ask: Answers[Name]['ask'] } }[AskName];

function signOf(line: ReadLine): Sign {
  return SIGN_OF[lineOwner(line)];
}

function numberOf({ spans }: ReadLine): number {
  return spans[0]?.line ?? 0;
}

function failedInitOf(findings: readonly Finding[], run: number): number | null {
  const twice = findings.find((finding) => finding.id === 'init-twice' && finding.run === run);
  const ms = twice?.values.firstMs;
  return typeof ms === 'number' ? ms : null;
}
