/** What `npm run explain` tells of some lines: as text for a person, as JSON for a program. */
import { styleText } from 'node:util';
import type en from '../../content/ui/en.json';
import type { Explanation, ReadLine } from '../../src/explain/explanation.ts';
import { kindOwner } from '../../src/explain/grammar.ts';
import { sayFinding } from '../../src/explain/say.ts';
import {
  SHOWN_COLUMNS,
  sumRows,
  toRows,
  type ShownColumn,
  type Sum,
  type TableRow,
} from '../../src/explain/table.ts';
import { fill, fillPlural } from '../../src/lab/words.ts';
import { cut, pad, widthOf, wrap } from './columns.ts';

/** The words of explanations, `explain` of a language's strings. */
export type ExplainWords = (typeof en)['explain'];

/** How to tell it. */
export interface ReportOptions {
  readonly words: ExplainWords;
  readonly language: string;
  /** Columns of the terminal. */
  readonly width: number;
  readonly hasColours: boolean;
  /** Whether each line is told as well. */
  readonly hasLines: boolean;
  /** The title of an error's page, by its id. */
  readonly titles: ReadonlyMap<string, string>;
}

/** Sentences under each heading that are told at most; a program reads them all. */
const MOST = 40;

/** The explanation for a person. */
export function explanationToText(explanation: Explanation, options: ReportOptions): string {
  const { words, language, width, hasColours } = options;
  const { page, terminal } = words;
  const bold = (text: string): string =>
    hasColours ? styleText('bold', text, { validateStream: false }) : text;
  const say = (finding: Explanation['findings'][number]): string =>
    sayFinding(finding, words.findings, language);
  const [first, ...more] = explanation.findings.filter(({ isShown }) => isShown);
  const open = explanation.findings.filter(({ isShown }) => !isShown);
  const list = (findings: Explanation['findings']): string => {
    const sentences = findings.slice(0, MOST).map((finding) => {
      const at = firstLineOf(explanation, finding.lines);
      const mark = at === null ? '' : fill(terminal.mark, { line: at });
      return wrap(`  • ${say(finding)}${mark}`, width, '    ');
    });
    if (findings.length > MOST) sentences.push(`    … ${String(findings.length - MOST)}`);
    return sentences.join('\n');
  };
  const unknown = explanation.lines.filter(({ kind }) => kind === 'not-known').length;
  const number = new Intl.NumberFormat(language);
  const parts = [
    wrap(bold(first === undefined ? terminal.nothing : say(first)), width, ''),
    fill(page.result.read, {
      lines: fillPlural(page.lines, explanation.count, language),
      unknown: number.format(unknown),
    }),
  ];
  if (more.length > 0) parts.push(`${bold(page.shows)}\n${list(more)}`);
  if (open.length > 0) parts.push(`${bold(page.leaves)}\n${list(open)}`);
  if (explanation.runs.length > 0)
    parts.push(`${bold(page.table.title)}\n${tableToText(explanation, options)}`);
  if (explanation.errors.length > 0) {
    const pages = explanation.errors.map(
      (id) => `  ${options.titles.get(id) ?? id}: /${language}/errors/${id}/`,
    );
    parts.push(`${bold(terminal.pages)}\n${pages.join('\n')}`);
  }
  if (options.hasLines) parts.push(`${bold(page.list.title)}\n${linesToText(explanation, options)}`);
  return `${parts.join('\n\n')}\n`;
}

function firstLineOf({ lines }: Explanation, indices: readonly number[]): number | null {
  return lines[indices[0] ?? -1]?.spans[0]?.line ?? null;
}

function tableToText(explanation: Explanation, { words, language, width }: ReportOptions): string {
  const { table } = words.page;
  const format = new Intl.NumberFormat(language, { maximumFractionDigits: 2 });
  const percent = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 });
  const number = (value: number | null): string => (value === null ? '' : format.format(value));
  const rows = toRows(explanation.runs);
  const sums = sumRows(rows);
  const days = new Set(rows.flatMap(({ from }) => (from === null ? [] : Math.floor(from / DAY))));
  const isOneDay = days.size === 1;
  const cells = (row: TableRow): Record<ShownColumn, string> => ({
    from: row.from === null ? (row.requestId?.slice(0, 8) ?? `#${row.run + 1}`) : toClock(row.from, isOneDay),
    start: words.starts[row.start],
    durationMs: number(row.durationMs),
    initMs: number(row.initMs),
    initShare: row.initShare === null ? '' : percent.format(row.initShare),
    billedMs: number(row.billedMs),
    usedMb:
      row.usedMb === null || row.memoryMb === null
        ? number(row.usedMb)
        : fill(table.used, { used: number(row.usedMb), size: number(row.memoryMb) }),
    outcome: words.outcomes[row.outcome] + (row.isEmulated ? ' *' : ''),
  });
  const under = (name: string, key: keyof Sum): Record<ShownColumn, string> => ({
    from: name,
    start: key === 'sum' ? fill(table.cold, { cold: sums.starts.cold ?? 0, all: sums.counted }) : '',
    durationMs: number(sums.durationMs[key]),
    initMs: number(sums.initMs[key]),
    initShare: key === 'sum' && sums.initShare !== null ? percent.format(sums.initShare) : '',
    billedMs: number(sums.billedMs[key]),
    usedMb: key === 'sum' ? '' : number(sums.usedMb[key]),
    outcome: '',
  });
  const body = rows.map(cells);
  const foot =
    sums.counted > 1
      ? [under(table.sum, 'sum'), under(table.median, 'median'), under(table.worst, 'worst')]
      : [];
  const all = [table.columns as Readonly<Record<ShownColumn, string>>, ...body, ...foot];
  const columns = [SHOWN_COLUMNS, SHOWN_COLUMNS.filter((column) => column !== 'initShare')].find(
    (some) => some.reduce((sum, column) => sum + 2 + widest(all, column), 0) <= width,
  );
  const text =
    columns === undefined
      ? [...body, ...foot].map((row) => toCard(row, table.columns, width))
      : all.map((row) =>
          columns
            .map((column) => `  ${pad(row[column], widest(all, column), isNumber(column))}`)
            .join('')
            .trimEnd(),
        );
  return [...text, ...(sums.emulated > 0 ? [wrap(`  * ${table.emulated}`, width, '    ')] : [])].join('\n');
}

function widest(rows: readonly Readonly<Record<ShownColumn, string>>[], column: ShownColumn): number {
  return rows.reduce((most, row) => Math.max(most, widthOf(row[column])), 0);
}

function isNumber(column: ShownColumn): boolean {
  return column !== 'from' && column !== 'start' && column !== 'outcome';
}

/** A row where the terminal is too narrow for a table. */
function toCard(
  row: Readonly<Record<ShownColumn, string>>,
  names: Readonly<Record<ShownColumn, string>>,
  width: number,
): string {
  const told = SHOWN_COLUMNS.filter((column) => row[column] !== '' && column !== 'from').map(
    (column) => `${names[column]}: ${row[column]}`,
  );
  return wrap(`  ${row.from} · ${told.join(' · ')}`, width, '    ');
}

const DAY = 86_400_000;

/** A time by UTC, without its day where all have the same. A log without dates has the first day of 1970. */
function toClock(time: number, isOneDay: boolean): string {
  const date = new Date(time);
  if (Number.isNaN(date.getTime())) return '';
  return date
    .toISOString()
    .slice(isOneDay || time < DAY ? 11 : 0, 23)
    .replace('T', ' ');
}

function linesToText({ lines }: Explanation, { words, width }: ReportOptions): string {
  const owners = lines.map((line) => words.owners[ownerOf(line)]);
  const numbers = lines.map(({ spans }) => String(spans[0]?.line ?? ''));
  const [ownerWidth, numberWidth, kindWidth] = [owners, numbers, lines.map(({ kind }) => kind)].map((texts) =>
    texts.reduce((most, text) => Math.max(most, widthOf(text)), 0),
  );
  return lines
    .map((line, at) => {
      const head = `  ${pad(numbers[at] ?? '', numberWidth ?? 0, true)}  ${pad(owners[at] ?? '', ownerWidth ?? 0)}  ${pad(line.kind, kindWidth ?? 0)}  `;
      const text = toVisible(line.text);
      return head + cut(text, Math.max(24, width - widthOf(head)));
    })
    .join('\n');
}

function ownerOf({ kind, fields }: ReadLine): keyof ExplainWords['owners'] {
  const { owner } = fields;
  return typeof owner === 'string' && OWNERS.has(owner)
    ? (owner as keyof ExplainWords['owners'])
    : kindOwner(kind);
}

const OWNERS: ReadonlySet<string> = new Set([
  'platform',
  'runtime',
  'yours',
  'library',
  'stdlib',
  'extension',
  'tool',
  'console',
  'unknown',
]);

/** A line as a terminal may show it: a log's control characters must not move its cursor. */
function toVisible(text: string): string {
  return text.replaceAll('\t', ' ').replace(/\p{Cc}|\p{Bidi_Control}/gu, '·');
}

/** The explanation for a program: all of it, with each finding's sentence. */
export function explanationToJson(explanation: Explanation, words: ExplainWords, language: string): string {
  const findings = explanation.findings.map((finding) => ({
    ...finding,
    sentence: sayFinding(finding, words.findings, language),
  }));
  return JSON.stringify({ ...explanation, findings, sums: sumRows(toRows(explanation.runs)) }, null, 1);
}
