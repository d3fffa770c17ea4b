/** What has been opened, in parts: run it, read it, its imports, its machine code, beside the model, what was left out. */
import { makeElement } from '../../lab/make-element.ts';
import { oneByOne } from '../../lab/one-by-one.ts';
import { fill } from '../../lab/words.ts';
import { CompareView } from './compare-view.ts';
import { FileTree } from './file-tree.ts';
import { FileView } from './file-view.ts';
import { ImportList } from './import-list.ts';
import type { ResultOptions } from './result-options.ts';
import { RunPart } from './run-part.ts';
import { SearchBox } from './search-box.ts';
import { buttonOf, pathOf, writeNumber, writeSize } from './write.ts';

/** The parts. */
export class ResultView {
  readonly #options: ResultOptions;
  readonly #tree: FileTree;
  readonly #file: FileView;
  readonly #run: RunPart;
  #isOver = false;

  constructor(options: ResultOptions) {
    this.#options = options;
    const { root, host, summary, data, models, language } = options;
    const { page } = data.words;
    const open = (path: string, line: number | null): void => {
      void this.#show(path, line, true);
    };
    this.#run = new RunPart(options);
    this.#tree = new FileTree(
      summary.files,
      page.tree,
      language,
      (path) => void this.#show(path, null, false),
    );
    this.#file = new FileView(host, summary, page, language, (path) => {
      open(path, null);
    });
    const search = new SearchBox(host, page, language, open);
    root.replaceChildren(this.#run.root, this.#read(search));
    // Each in a task of its own: all at once would be a long frame.
    const parts: readonly (() => readonly HTMLElement[])[] = [
      () => [new ImportList(host, summary, page, language, open).root],
      () => [this.#native(open)],
      () => [new CompareView(host, summary, data, models).root, ...this.#leftOut()],
    ];
    for (const part of parts)
      oneByOne(() => {
        if (!this.#isOver) root.append(...part());
      });
    const first = this.#first();
    if (first !== null) void this.#show(first, null, false);
  }

  /** Ends what runs. */
  end(): void {
    this.#isOver = true;
    this.#run.end();
  }

  /** The file that is shown first: where the runtime begins, or the first text. */
  #first(): string | null {
    const { found, files } = this.#options.summary;
    const named = found === null ? null : (found.script ?? `${found.folder}/bootstrap.py`);
    return (
      (files.find(({ path }) => path === named) ?? files.find(({ path }) => path.endsWith('.py')) ?? files[0])
        ?.path ?? null
    );
  }

  async #show(path: string, line: number | null, isCalled: boolean): Promise<void> {
    this.#tree.mark(path);
    await this.#file.show(path, line);
    if (!isCalled) return;
    const { root } = this.#file;
    root.scrollIntoView({ block: 'nearest' });
    root.focus({ preventScroll: true });
  }

  #read(search: SearchBox): HTMLElement {
    const { page } = this.#options.data.words;
    const part = makeElement(document, 'section', 'dump-part');
    const title = makeElement(document, 'h2', '', page.files);
    title.id = 'dump-files';
    part.setAttribute('aria-labelledby', title.id);
    const two = makeElement(document, 'div', 'dump-two');
    two.append(this.#tree.root, this.#file.root);
    part.append(title, search.root, two);
    return part;
  }

  #native(open: (path: string, line: number | null) => void): HTMLElement {
    const { summary, language, data } = this.#options;
    const { native: words, more } = data.words.page;
    const part = makeElement(document, 'section', 'dump-part');
    const title = makeElement(document, 'h2', '', words.title);
    title.id = 'dump-native';
    part.setAttribute('aria-labelledby', title.id);
    part.append(
      title,
      makeElement(document, 'p', 'dump-note', summary.native.length === 0 ? words.none : words.says),
    );
    if (summary.native.length === 0) return part;
    const table = makeElement(document, 'table', 'dump-table');
    const head = makeElement(document, 'tr', '');
    for (const name of [words.file, words.module, words.processor, words.python, words.size]) {
      const cell = makeElement(document, 'th', '', name);
      cell.scope = 'col';
      head.append(cell);
    }
    const body = makeElement(document, 'tbody', '');
    for (const { path, module, processor, python, bytes, isReal } of summary.native) {
      const row = makeElement(document, 'tr', '');
      const link = buttonOf('dump-link', '', () => {
        open(path, null);
      });
      link.append(pathOf(path));
      const first = makeElement(document, 'td', '');
      first.append(link);
      const machine = isReal
        ? processor === null || processor === 'other'
          ? words.other
          : processor
        : words.notReal;
      const made = python === 'abi3' ? words.abi3 : (python ?? words.any);
      row.append(
        first,
        makeElement(document, 'td', '', module ?? words.library),
        makeElement(document, 'td', '', machine),
        makeElement(document, 'td', '', made),
        makeElement(document, 'td', '', writeSize(bytes, language)),
      );
      body.append(row);
    }
    const header = makeElement(document, 'thead', '');
    header.append(head);
    table.append(header, body);
    const scroll = makeElement(document, 'div', 'dump-scroll');
    scroll.tabIndex = 0;
    scroll.role = 'group';
    scroll.setAttribute('aria-label', words.title);
    scroll.append(table);
    part.append(scroll);
    const left = summary.nativeCount - summary.native.length;
    if (left > 0)
      part.append(
        makeElement(document, 'p', 'dump-note', fill(more, { count: writeNumber(left, language) })),
      );
    return part;
  }

  #leftOut(): HTMLElement[] {
    const { summary, language, data } = this.#options;
    if (summary.leftOutCount === 0) return [];
    const { leftOut: reasons, page } = data.words;
    const part = makeElement(document, 'section', 'dump-part');
    const title = makeElement(document, 'h2', '', page.leftOut.title);
    title.id = 'dump-left-out';
    part.setAttribute('aria-labelledby', title.id);
    const list = makeElement(document, 'ul', 'dump-compare-list');
    for (const { name, reason } of summary.leftOut) {
      const item = makeElement(document, 'li', '');
      item.append(pathOf(name), ' ', makeElement(document, 'span', 'dump-size', reasons[reason]));
      list.append(item);
    }
    part.append(title, makeElement(document, 'p', 'dump-note', page.leftOut.says), list);
    const left = summary.leftOutCount - summary.leftOut.length;
    if (left > 0)
      part.append(
        makeElement(document, 'p', 'dump-note', fill(page.more, { count: writeNumber(left, language) })),
      );
    return [part];
  }
}
