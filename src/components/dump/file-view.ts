/** One file of a dump: its text in the view of code that all of the site has, a piece at a time where it's a long one. */
import { colourSoon } from '../../lab/code/colour-soon.ts';
import { NO_MARKS, SourceBlock } from '../../lab/code/source-block.ts';
import { makeElement } from '../../lab/make-element.ts';
import { fill, fillPlural } from '../../lab/words.ts';
import type { DumpHost } from './dump-host.ts';
import type { DumpWords } from './page-data.ts';
import type { Summary } from './told.ts';
import { buttonOf, pathOf, sentenceToNodes, writeNumber, writeSize } from './write.ts';

/** The view. */
export class FileView {
  readonly root = makeElement(document, 'div', 'dump-file');
  readonly #host: DumpHost;
  readonly #summary: Summary;
  readonly #words: DumpWords['page'];
  readonly #language: string;
  readonly #follow: (path: string) => void;
  #wish = 0;

  /** `follow` is called where a path of the view is pressed. */
  constructor(
    host: DumpHost,
    summary: Summary,
    words: DumpWords['page'],
    language: string,
    follow: (path: string) => void,
  ) {
    this.#host = host;
    this.#summary = summary;
    this.#words = words;
    this.#language = language;
    this.#follow = follow;
    this.root.tabIndex = -1;
    this.root.role = 'region';
    this.root.setAttribute('aria-label', words.file.title);
    this.root.append(makeElement(document, 'p', 'dump-note', words.file.none));
  }

  /** Shows a file at a line, which is marked where it was asked for. */
  async show(path: string, line: number | null): Promise<void> {
    const wish = (this.#wish += 1);
    const part = await this.#host.ask('text', { path, line: line ?? 1 });
    if (wish !== this.#wish) return;
    const { file } = this.#words;
    const head = makeElement(document, 'p', 'dump-file-head');
    const size = this.#summary.files.find((one) => one.path === path)?.bytes ?? 0;
    const lines = part.text === null ? '' : ` · ${fillPlural(file.lines, part.lines, this.#language)}`;
    head.append(
      pathOf(path),
      ' ',
      makeElement(document, 'span', 'dump-size', `${writeSize(size, this.#language)}${lines}`),
    );
    this.root.replaceChildren(head);
    if (part.importedBy.length > 0) this.root.append(this.#importedBy(part.importedBy));
    if (part.text === null) {
      const native = this.#summary.native.find((one) => one.path === path);
      const note = makeElement(document, 'p', 'dump-note');
      note.append(...sentenceToNodes(native === undefined ? file.noText : file.machineCode));
      this.root.append(note);
      return;
    }
    const block = SourceBlock.ofText(part.text, path, part.first);
    colourSoon(block.element, path);
    if (part.first > 1 || part.next !== null) this.root.append(this.#pager(path, part));
    this.root.append(block.element);
    if (line !== null) block.mark({ ...NO_MARKS, looked: line }, false, () => '');
  }

  #importedBy(paths: readonly string[]): HTMLElement {
    const about = makeElement(document, 'p', 'dump-imported', `${this.#words.file.importedBy} `);
    for (const path of paths.slice(0, 5)) {
      const link = buttonOf('dump-link', '', () => {
        this.#follow(path);
      });
      link.append(pathOf(path));
      about.append(link, ' ');
    }
    if (paths.length > 5)
      about.append(fill(this.#words.more, { count: writeNumber(paths.length - 5, this.#language) }));
    return about;
  }

  #pager(
    path: string,
    part: { readonly first: number; readonly lines: number; readonly next: number | null },
  ): HTMLElement {
    const { file } = this.#words;
    const bar = makeElement(document, 'p', 'dump-pager');
    const last = (part.next ?? part.lines + 1) - 1;
    const write = (value: number): string => writeNumber(value, this.#language);
    bar.append(
      `${fill(file.piece, { from: write(part.first), to: write(last), count: write(part.lines) })} `,
    );
    const go = (line: number): void => {
      void this.show(path, line).then(() => {
        this.root.focus({ preventScroll: true });
      });
    };
    if (part.first > 1)
      bar.append(
        buttonOf('button', file.before, () => {
          go(part.first - 1);
        }),
        ' ',
      );
    const { next } = part;
    if (next !== null)
      bar.append(
        buttonOf('button', file.next, () => {
          go(next);
        }),
      );
    return bar;
  }
}
