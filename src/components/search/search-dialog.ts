/**
 * The dialog of the search: a combobox whose list is the results, by kind. The keyboard stays in the field; the arrow keys
 * choose, Enter follows, Escape closes.
 */
import { ownValue } from '../../trace/own-value.ts';
import styles from '../../styles/search.css?url';
import { CONTENTS_PAGE } from '../../i18n/links.ts';
import { isComposing } from '../../lab/composing.ts';
import { findPart } from '../../lab/find-part.ts';
import { fill, fillPlural } from '../../lab/words.ts';
import { answer } from '../../search/answer.ts';
import { LINES_EVENT, handOver } from '../explain/handed-over.ts';
import { forgetRecent, isSlashOn, keepRecent, readRecent, setSlash } from './kept.ts';
import { isLogLike } from './log-lines.ts';
import { dialogMarkup, explainMarkup, recentMarkup, resultsMarkup } from './search-markup.ts';
import { SearchFiles } from './search-files.ts';
import { searchWords } from './search-words.ts';
import { shownOfPaste } from './shown-of-paste.ts';

let open: SearchDialog | null = null;

/** Opens the search, for the first time or again, with what was `typed` until its field is there. */
export async function openSearch(host: HTMLElement, typed: () => string): Promise<void> {
  open ??= new SearchDialog(host);
  await open.show(typed);
}

class SearchDialog {
  readonly #files: SearchFiles;
  readonly #language = document.documentElement.lang;
  readonly #dialog = document.createElement('dialog');
  readonly #base: string;
  readonly #styled: Promise<unknown>;
  readonly #words = searchWords(this.#language);
  /** What was pasted with its lines, which the field has put together. */
  #pasted: { readonly shown: string; readonly text: string } | null = null;
  /** Counts the queries: an answer that comes after a later query is not shown. */
  #asked = 0;

  constructor(host: HTMLElement) {
    const { folder = '' } = host.dataset;
    this.#files = new SearchFiles(folder);
    this.#base = folder.replace(/search\/$/, '');
    this.#dialog.className = 'search';
    this.#dialog.id = 'search';
    const link = Object.assign(document.createElement('link'), { rel: 'stylesheet', href: styles });
    this.#styled = new Promise((resolve) => {
      for (const end of ['load', 'error']) link.addEventListener(end, resolve);
    });
    document.head.append(link);
    this.#dialog.setAttribute('aria-label', this.#words.label);
    this.#dialog.innerHTML = dialogMarkup(this.#words, `${this.#base}${CONTENTS_PAGE}/`);
    host.append(this.#dialog);
    this.#listen();
    this.#dialog.addEventListener('click', (event) => {
      // What is around the dialog's box is the dialog itself.
      if (event.target === this.#dialog) this.#dialog.close();
    });
  }

  async show(typed: () => string): Promise<void> {
    // While the styles come and the reader types, the index comes.
    this.#files.index().catch(() => undefined);
    await this.#styled;
    if (!this.#dialog.open) this.#dialog.showModal();
    const text = typed();
    if (text !== '') {
      this.#field.value = text;
      void this.#search();
      return;
    }
    this.#field.select();
    if (this.#field.value === '') this.#showRecent();
  }

  get #field(): HTMLInputElement {
    return findPart(this.#dialog, '.search-field', HTMLInputElement);
  }

  get #list(): HTMLElement {
    return findPart(this.#dialog, '.search-results', HTMLElement);
  }

  get #options(): readonly HTMLAnchorElement[] {
    return [...this.#list.querySelectorAll<HTMLAnchorElement>('[role="option"]')];
  }

  #listen(): void {
    const field = this.#field;
    field.addEventListener('input', (event) => {
      // What an input method is still composing is no query yet.
      if (!event.isComposing) void this.#search();
    });
    field.addEventListener('compositionend', () => void this.#search());
    field.addEventListener('paste', (event) => {
      const text = event.clipboardData?.getData('text') ?? '';
      const shown = shownOfPaste(text);
      if (shown === text) return;
      // A field would put its lines together without a gap. The whole is there for who wants it explained.
      event.preventDefault();
      this.#pasted = { shown, text };
      field.setRangeText(shown, field.selectionStart ?? 0, field.selectionEnd ?? 0, 'end');
      void this.#search();
    });
    field.addEventListener('keydown', (event) => {
      this.#onKey(event);
    });
    findPart(this.#dialog, '.search-close', HTMLButtonElement).addEventListener('click', () => {
      this.#dialog.close();
    });
    this.#list.addEventListener('click', (event) => {
      const option = event.target instanceof Element ? event.target.closest('a') : null;
      if (option === null) return;
      const isHere = !event.ctrlKey && !event.metaKey && !event.shiftKey;
      if (option.dataset.explain !== undefined) {
        if (isHere) this.#explain(event);
        return;
      }
      const address = option.dataset.address ?? '';
      keepRecent(this.#language, { address, title: option.dataset.title ?? '' });
      // The place may be on this page.
      if (isHere) this.#dialog.close();
    });
    const slash = findPart(this.#dialog, '.search-slash input', HTMLInputElement);
    slash.checked = isSlashOn();
    slash.addEventListener('change', () => {
      setSlash(slash.checked);
    });
    findPart(this.#dialog, '.search-forget', HTMLButtonElement).addEventListener('click', () => {
      forgetRecent(this.#language);
      this.#showRecent();
      field.focus();
    });
  }

  /** The lines as they were pasted, where the field still has them. */
  get #lines(): string {
    const { value } = this.#field;
    if (this.#pasted === null || !value.includes(this.#pasted.shown)) return value;
    return value.replace(this.#pasted.shown, () => this.#pasted?.text ?? '');
  }

  /** The lines go to the page that explains them; it may be this one. */
  #explain(event: Event): void {
    const page = document.querySelector('explain-page');
    if (page === null) {
      handOver(this.#lines);
      return;
    }
    event.preventDefault();
    this.#dialog.close();
    page.dispatchEvent(new CustomEvent(LINES_EVENT, { detail: this.#lines }));
  }

  #onKey(event: KeyboardEvent): void {
    if (isComposing(event)) return;
    const options = this.#options;
    const at = options.findIndex((option) => option.getAttribute('aria-selected') === 'true');
    const steps: Readonly<Partial<Record<string, number>>> = {
      ArrowDown: at + 1,
      ArrowUp: at === -1 ? options.length - 1 : at - 1,
    };
    const next = ownValue(steps, event.key);
    if (next !== undefined && options.length > 0) {
      event.preventDefault();
      this.#choose((next + options.length) % options.length);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      options[Math.max(at, 0)]?.click();
    }
  }

  #choose(chosen: number): void {
    for (const [index, option] of this.#options.entries()) {
      option.setAttribute('aria-selected', String(index === chosen));
      if (index !== chosen) continue;
      this.#field.setAttribute('aria-activedescendant', option.id);
      option.scrollIntoView({ block: 'nearest' });
    }
  }

  async #search(): Promise<void> {
    const words = this.#words;
    this.#asked += 1;
    const asked = this.#asked;
    const query = this.#field.value;
    if (query.trim() === '') {
      this.#showRecent();
      return;
    }
    // The list is still that of the words before.
    this.#list.ariaBusy = 'true';
    const slow = setTimeout(() => {
      if (asked === this.#asked) this.#say(words.loading);
    }, 300);
    try {
      const index = await this.#files.index();
      const { hits, mended } = await answer(index, query, true, this.#files.texts);
      if (asked !== this.#asked) return;
      const isLines = this.#lines.includes('\n') || isLogLike(query);
      const explain = isLines ? explainMarkup(words, this.#base) : '';
      this.#show(resultsMarkup(hits, words, this.#base, explain));
      this.#say(hits.length === 0 ? words.nothing : fillPlural(words.count, hits.length, this.#language));
      const note = findPart(this.#dialog, '.search-note', HTMLElement);
      note.textContent = mended === null || hits.length === 0 ? '' : fill(words.mended, { query: mended });
      findPart(this.#dialog, '.search-nothing', HTMLElement).hidden = hits.length > 0;
    } catch {
      if (asked !== this.#asked) return;
      this.#show('');
      this.#say(words.failed);
      this.#showFailure();
    } finally {
      clearTimeout(slow);
    }
  }

  #showRecent(): void {
    const recent = readRecent(this.#language);
    this.#show(recentMarkup(recent, this.#words, this.#base));
    findPart(this.#dialog, '.search-kept', HTMLElement).hidden = recent.length === 0;
    this.#say('');
  }

  #show(markup: string): void {
    this.#list.innerHTML = markup;
    this.#list.ariaBusy = 'false';
    this.#list.scrollTop = 0;
    const { length } = this.#options;
    this.#field.setAttribute('aria-expanded', String(length > 0));
    this.#field.removeAttribute('aria-activedescendant');
    findPart(this.#dialog, '.search-note', HTMLElement).textContent = '';
    findPart(this.#dialog, '.search-failed', HTMLElement).replaceChildren();
    for (const part of ['.search-nothing', '.search-kept'])
      findPart(this.#dialog, part, HTMLElement).hidden = true;
    if (length > 0) this.#choose(0);
  }

  #say(text: string): void {
    findPart(this.#dialog, '[role="status"]', HTMLElement).textContent = text;
  }

  #showFailure(): void {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'button search-retry';
    button.textContent = this.#words.retry;
    button.addEventListener('click', () => {
      this.#files.forget();
      this.#field.focus();
      void this.#search();
    });
    findPart(this.#dialog, '.search-failed', HTMLElement).replaceChildren(button);
  }
}
