/** The dump beside our model, file by file where names agree. */
import { ownValue } from '../../trace/own-value.ts';
import { differenceToNodes } from '../../lab/code/difference-nodes.ts';
import { makeElement } from '../../lab/make-element.ts';
import { fill } from '../../lab/words.ts';
import { platformOf } from '../../dump/brought-runtime.ts';
import type { DumpHost } from './dump-host.ts';
import type { ModelFiles } from '../../lab/model-files.ts';
import type { DumpPageData } from './page-data.ts';
import type { ComparedFile, Summary } from './told.ts';
import { buttonOf, pathOf } from './write.ts';

type Platform = 'lambda-today' | 'lambda-2016';

/** The view. */
export class CompareView {
  readonly root = makeElement(document, 'section', 'dump-part dump-compare');
  readonly #host: DumpHost;
  readonly #data: DumpPageData;
  readonly #models: ModelFiles;
  readonly #status = makeElement(document, 'p', 'dump-note');
  readonly #list = makeElement(document, 'ul', 'dump-compare-list');
  readonly #shown = makeElement(document, 'div', 'dump-difference');
  readonly #select = makeElement(document, 'select', 'select');

  constructor(host: DumpHost, summary: Summary, data: DumpPageData, models: ModelFiles) {
    this.#host = host;
    this.#data = data;
    this.#models = models;
    const { compare } = data.words.page;
    const title = makeElement(document, 'h2', '', compare.title);
    title.id = 'dump-compare';
    this.root.setAttribute('aria-labelledby', title.id);
    const bar = makeElement(document, 'p', 'dump-bar');
    const label = makeElement(document, 'label', '', `${compare.with} `);
    for (const [id, name] of Object.entries(data.models)) this.#select.append(new Option(name, id));
    this.#select.value = summary.found === null ? 'lambda-today' : platformOf(summary.found);
    label.append(this.#select);
    this.#select.addEventListener('change', () => void this.#compare());
    bar.append(
      label,
      ' ',
      buttonOf('button', compare.go, () => this.#compare()),
    );
    this.#status.role = 'status';
    this.#shown.tabIndex = -1;
    this.root.append(
      title,
      makeElement(document, 'p', 'dump-note', compare.says),
      bar,
      this.#status,
      this.#list,
      this.#shown,
    );
  }

  async #compare(): Promise<void> {
    const { compare } = this.#data.words.page;
    const platform = this.#select.value as Platform;
    this.#list.replaceChildren();
    this.#shown.replaceChildren();
    this.#status.textContent = compare.busy;
    try {
      const { files } = await this.#models.of(platform);
      const rows = await this.#host.ask('compare', { model: files });
      const both = rows.filter(({ own, model }) => own !== null && model !== null).length;
      this.#status.textContent = fill(both === 0 ? compare.none : compare.found, {
        count: both,
        model: this.#data.models[platform],
      });
      this.#list.replaceChildren(...rows.map((row) => this.#row(row, platform)));
    } catch {
      this.#status.textContent = this.#data.words.page.noModel;
    }
  }

  #row(row: ComparedFile, platform: Platform): HTMLElement {
    const { compare } = this.#data.words.page;
    const item = makeElement(document, 'li', '');
    const isBoth = row.own !== null && row.model !== null;
    const state = isBoth
      ? row.isSame
        ? compare.same
        : compare.different
      : row.own === null
        ? compare.modelOnly
        : compare.ownOnly;
    if (isBoth && !row.isSame) {
      const button = buttonOf('dump-link', '', () => this.#show(row, platform));
      button.append(pathOf(row.name));
      item.append(button);
    } else item.append(pathOf(row.name));
    item.append(' ', makeElement(document, 'span', 'dump-size', state));
    return item;
  }

  async #show({ name, own, model }: ComparedFile, platform: Platform): Promise<void> {
    if (own === null || model === null) return;
    const { compare } = this.#data.words.page;
    const { files } = await this.#models.of(platform);
    const content = ownValue(files, model) ?? '';
    const original = typeof content === 'string' ? content : new TextDecoder().decode(content);
    const text = (await this.#host.ask('whole', { path: own })) ?? '';
    const head = makeElement(document, 'p', 'dump-note');
    head.append(fill(compare.legend, { model: this.#data.models[platform] }));
    const block = makeElement(document, 'pre', 'lab-log dump-lines');
    block.translate = false;
    block.tabIndex = 0;
    block.role = 'group';
    block.setAttribute('aria-label', name);
    block.append(...differenceToNodes({ title: name, original, text: text.slice(0, MOST_COMPARED) }));
    this.#shown.replaceChildren(head, block);
    this.#shown.focus({ preventScroll: true });
    this.#shown.scrollIntoView({ block: 'nearest' });
  }
}

/** Characters of a file that are compared: a module that somebody wrote by hand has fewer. */
const MOST_COMPARED = 400_000;
