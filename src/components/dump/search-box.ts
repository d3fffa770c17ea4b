/** Some words looked for in every text of a dump. */
import { makeElement } from '../../lab/make-element.ts';
import { textToNodes } from '../../lab/marks.ts';
import { fill, fillPlural } from '../../lab/words.ts';
import type { Hit } from '../../dump/search-dump.ts';
import type { DumpHost } from './dump-host.ts';
import type { DumpWords } from './page-data.ts';
import { buttonOf, pathOf, writeNumber } from './write.ts';

/** The box with its results. */
export class SearchBox {
  readonly root = makeElement(document, 'search', 'dump-search');
  readonly #host: DumpHost;
  readonly #words: DumpWords['page'];
  readonly #language: string;
  readonly #open: (path: string, line: number) => void;
  readonly #status = makeElement(document, 'p', 'dump-note');
  readonly #list = makeElement(document, 'ol', 'dump-hits');
  #wish = 0;

  /** `open` is called with the place that is chosen. */
  constructor(
    host: DumpHost,
    words: DumpWords['page'],
    language: string,
    open: (path: string, line: number) => void,
  ) {
    this.#host = host;
    this.#words = words;
    this.#language = language;
    this.#open = open;
    const { search } = words;
    const form = makeElement(document, 'form', 'dump-search-form');
    const label = makeElement(document, 'label', '', search.label);
    const field = makeElement(document, 'input', 'dump-field');
    field.type = 'search';
    field.spellcheck = false;
    field.autocomplete = 'off';
    field.name = 'words';
    label.append(' ', field);
    const go = makeElement(document, 'button', 'button', search.go);
    go.type = 'submit';
    form.append(label, go);
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      void this.#search(field.value);
    });
    this.#status.role = 'status';
    this.root.append(form, this.#status, this.#list);
  }

  async #search(text: string): Promise<void> {
    const wish = (this.#wish += 1);
    const { search } = this.#words;
    this.#list.replaceChildren();
    this.#status.textContent = text === '' ? '' : search.busy;
    if (text === '') return;
    const found = await this.#host.ask('search', { words: text });
    if (wish !== this.#wish) return;
    const { hits, files, isCut } = found;
    const places = fillPlural(search.places, hits.length, this.#language);
    const inFiles = fillPlural(search.files, files, this.#language);
    this.#status.textContent =
      hits.length === 0
        ? fill(search.nothing, { words: text })
        : isCut
          ? fill(search.cut, { count: writeNumber(hits.length, this.#language) })
          : fill(search.found, { places, files: inFiles });
    this.#list.replaceChildren(...hits.map((hit) => this.#row(hit, text)));
  }

  #row({ path, line, text, at }: Hit, words: string): HTMLElement {
    const row = makeElement(document, 'li', '');
    const button = buttonOf('dump-hit', '', () => {
      this.#open(path, line);
    });
    const place = makeElement(document, 'span', 'dump-hit-place');
    place.append(
      pathOf(path),
      makeElement(document, 'span', 'dump-size', ` ${fill(this.#words.search.line, { line })}`),
    );
    const shown = makeElement(document, 'code', 'dump-hit-text');
    shown.translate = false;
    const end = Math.min(at + words.length, text.length);
    const mark = document.createElement('mark');
    mark.append(...textToNodes(text.slice(at, end)));
    shown.append(...textToNodes(text.slice(0, at)), mark, ...textToNodes(text.slice(end)));
    button.append(place, shown);
    row.append(button);
    return row;
  }
}
