/** The graph of imports as an ordered list: each file behind those that bring it in, with what it brings in itself. */
import { makeElement } from '../../lab/make-element.ts';
import { fill, fillPlural } from '../../lab/words.ts';
import type { ImportKind } from '../../dump/import-graph.ts';
import type { DumpHost } from './dump-host.ts';
import { MOST_ROWS } from './limits.ts';
import type { DumpWords } from './page-data.ts';
import type { ImportPart, ImportRow, ShownImport, Summary } from './told.ts';
import { buttonOf, codeOf, pathOf, writeNumber } from './write.ts';

const KINDS: readonly ImportKind[] = ['own', 'native', 'standard', 'missing'];

/** The list. */
export class ImportList {
  readonly root = makeElement(document, 'section', 'dump-part dump-imports');
  readonly #host: DumpHost;
  readonly #summary: Summary;
  readonly #words: DumpWords['page'];
  readonly #language: string;
  readonly #open: (path: string, line: number | null) => void;
  readonly #list = makeElement(document, 'ol', 'dump-import-list');
  readonly #rest = makeElement(document, 'p', '');
  readonly #says = makeElement(document, 'p', 'dump-note');
  readonly #legend = makeElement(document, 'ul', 'dump-legend');

  /** `open` is called with the file that is chosen. */
  constructor(
    host: DumpHost,
    summary: Summary,
    words: DumpWords['page'],
    language: string,
    open: (path: string, line: number | null) => void,
  ) {
    this.#host = host;
    this.#summary = summary;
    this.#words = words;
    this.#language = language;
    this.#open = open;
    const { imports } = words;
    const title = makeElement(document, 'h2', '', imports.title);
    title.id = 'dump-imports';
    this.root.setAttribute('aria-labelledby', title.id);
    this.#says.textContent = imports.busy;
    this.root.append(title, this.#says, this.#legend, this.#list, this.#rest);
    void this.#more();
  }

  #write(value: number): string {
    return writeNumber(value, this.#language);
  }

  #begin({ count, reached, modules }: ImportPart): void {
    const { imports } = this.#words;
    const values = { reached: this.#write(reached), python: this.#write(count) };
    this.#says.textContent = fill(this.#summary.found === null ? imports.saysPlain : imports.says, values);
    for (const kind of KINDS) {
      const item = makeElement(document, 'li', '');
      item.append(this.#chip(imports.kinds[kind], kind), ` ${this.#write(modules[kind])}`);
      this.#legend.append(item);
    }
  }

  #chip(text: string, kind: ImportKind): HTMLElement {
    const chip = makeElement(document, 'span', 'dump-chip', text);
    chip.dataset.kind = kind;
    return chip;
  }

  async #more(): Promise<void> {
    const from = this.#list.childElementCount;
    const part = await this.#host.ask('imports', { from, most: MOST_ROWS });
    const { rows, count } = part;
    if (from === 0) this.#begin(part);
    this.#list.append(...rows.map((row) => this.#row(row)));
    const left = count - this.#list.childElementCount;
    this.#rest.replaceChildren();
    if (left > 0)
      this.#rest.append(
        buttonOf('button', fill(this.#words.more, { count: this.#write(left) }), async () => {
          await this.#more();
          this.#list.children[from + MOST_ROWS]?.querySelector('button')?.focus();
        }),
      );
  }

  #row({ path, depth, imports }: ImportRow): HTMLElement {
    const item = makeElement(document, 'li', 'dump-import');
    item.dataset.depth = depth === null ? 'none' : String(Math.min(depth, 6));
    const head = makeElement(document, 'p', 'dump-import-head');
    const link = buttonOf('dump-link', '', () => {
      this.#open(path, null);
    });
    link.append(pathOf(path));
    head.append(link);
    const words = this.#words.imports;
    const place =
      depth === null
        ? words.notReached
        : depth === 0
          ? words.begins
          : fillPlural(words.depth, depth, this.#language);
    head.append(' ', makeElement(document, 'span', 'dump-size', place));
    item.append(head);
    for (const kind of KINDS) {
      const own = imports.filter((one) => one.kind === kind);
      if (own.length > 0) item.append(this.#modules(kind, own, path));
    }
    return item;
  }

  #modules(kind: ImportKind, modules: readonly ShownImport[], from: string): HTMLElement {
    const line = makeElement(document, 'p', 'dump-modules');
    line.append(this.#chip(this.#words.imports.kinds[kind], kind), ' ');
    for (const [index, { module, to, line: at }] of modules.entries()) {
      if (index > 0) line.append(', ');
      const isLink = kind !== 'standard';
      if (!isLink) {
        line.append(codeOf(module));
        continue;
      }
      // What is in no file is shown where it's asked for.
      const link = buttonOf('dump-link', '', () => {
        if (to === null) this.#open(from, at);
        else this.#open(to, null);
      });
      link.append(codeOf(module));
      line.append(link);
    }
    return line;
  }
}
