/** The figures of a bench that compares: each in a row, beside what it is compared with, and held to a gate. */
import type { BrowserName } from '../find-browser.ts';
import { median } from './median.ts';

/** What is measured. */
export interface FigureKind {
  readonly name: string;
  readonly unit: 'ms' | 'MB';
  /** What the other column holds. */
  readonly beside: 'bare page' | 'plain boot';
  /** The most that the ratio may be, or the figure itself; a figure without a gate is only told. */
  readonly gate?: { readonly of: 'ratio' | 'site'; readonly most: number };
}

/** The measurements of one kind in one browser, those of a round at the same place in both lists. */
interface Row {
  readonly browser: BrowserName;
  readonly kind: FigureKind;
  readonly site: number[];
  readonly beside: number[];
}

/** The browser whose figures decide. */
const JUDGE: BrowserName = 'chromium';

export class Figures {
  readonly rows: Row[] = [];

  /** Takes a round's measurement; null where there is nothing beside it. */
  add(browser: BrowserName, kind: FigureKind, site: number, beside: number | null): void {
    let row = this.rows.find((other) => other.browser === browser && other.kind === kind);
    if (row === undefined) {
      row = { browser, kind, site: [], beside: [] };
      this.rows.push(row);
    }
    row.site.push(site);
    if (beside !== null) row.beside.push(beside);
  }

  /** Whether Chromium has kept every gate. */
  get passed(): boolean {
    return this.rows.every((row) => row.browser !== JUDGE || keepsGate(row));
  }

  /** The rows in words: median, minimum and maximum, and the median of the rounds' ratios. */
  print(): void {
    const table = this.rows.map((row) => {
      const { kind, site, beside } = row;
      const ratio = ratioOf(row);
      return [
        row.browser,
        `${kind.name}, ${kind.unit}`,
        spread(site, kind.unit),
        beside.length === 0 ? '–' : `${spread(beside, kind.unit)}${kind.beside === 'bare page' ? '' : ' *'}`,
        Number.isNaN(ratio) ? '–' : ratio.toFixed(2),
        kind.gate === undefined
          ? '–'
          : `${kind.gate.of === 'ratio' ? 'ratio' : kind.unit} ≤ ${kind.gate.most}`,
        keepsGate(row) ? '' : 'MISSED',
      ];
    });
    const head = ['browser', 'figure', 'this site', 'bare page', 'ratio', 'gate', ''];
    const widths = head.map((name, at) => Math.max(name.length, ...table.map((row) => row[at]?.length ?? 0)));
    console.log('');
    for (const row of [head, ...table])
      console.log(`  ${row.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join('  ')}`.trimEnd());
    console.log(
      '\n  median (minimum–maximum); the ratio is the median of the rounds’ ratios; * beside the plain boot',
    );
  }
}

function ratioOf({ site, beside }: Row): number {
  if (beside.length === 0) return Number.NaN;
  return median(site.map((figure, at) => figure / (beside[at] ?? Number.NaN)));
}

function keepsGate(row: Row): boolean {
  const { gate } = row.kind;
  if (gate === undefined) return true;
  return (gate.of === 'ratio' ? ratioOf(row) : median(row.site)) <= gate.most;
}

function spread(numbers: readonly number[], unit: FigureKind['unit']): string {
  const [middle, least, most] = [median(numbers), Math.min(...numbers), Math.max(...numbers)].map((number) =>
    number.toFixed(unit === 'ms' ? 0 : 2),
  );
  return `${middle ?? ''} (${least ?? ''}–${most ?? ''})`;
}
