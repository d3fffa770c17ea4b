/**
 * `<lab-source>`: the files of the platform, opened from a frame or chosen from their list. A file's text is that of
 * its own page, which is also where the links lead without this element; it is fetched when it is first asked
 * for, and can be edited like the function's own. Attributes: `data-label`, `data-hint`, for the editor.
 */
import { findPart } from './find-part.ts';
import { LabEditable } from './lab-editable.ts';
import { fillWords } from './words.ts';

export class LabSource extends HTMLElement {
  #listening = new AbortController();
  /** Called with each file that is opened for the first time, and its text. */
  opened: (file: LabEditable, text: string) => void = () => undefined;
  /** Called when a file cannot be fetched, with the address of its page. */
  failed: (page: string) => void = () => undefined;
  /** What had the focus before: closing gives it back. */
  #from: HTMLElement | null = null;
  readonly #files = new Map<string, Promise<LabEditable>>();

  connectedCallback(): void {
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    findPart(this, '.lab-close', HTMLButtonElement).addEventListener(
      'click',
      () => {
        this.close();
      },
      { signal },
    );
    const chooser = this.#chooser;
    chooser.addEventListener(
      'change',
      () => {
        const page = chooser.selectedOptions[0]?.dataset.page;
        if (page !== undefined) void this.open(page, chooser.value, this.#from ?? chooser);
      },
      { signal },
    );
    this.addEventListener(
      'keydown',
      ({ key }) => {
        if (key === 'Escape') this.close();
      },
      { signal },
    );
  }

  disconnectedCallback(): void {
    this.#listening.abort();
  }

  /** Opens the page at `href` at the line that its fragment names. */
  async open(href: string, path: string, from: HTMLElement): Promise<void> {
    const url = new URL(href, document.baseURI);
    try {
      const file = await this.load(url.href, path);
      for (const other of this.querySelectorAll<HTMLElement>('lab-editable')) other.hidden = other !== file;
      this.#chooser.value = path;
      this.hidden = false;
      this.#from = from;
      this.#mark(file, Number(/\d+$/.exec(url.hash)?.[0] ?? '1'));
    } catch {
      this.failed(url.href);
    }
  }

  /** The file as an editable text; it is fetched once, and again if that failed. */
  load(href: string, path: string): Promise<LabEditable> {
    const known = this.#files.get(path);
    if (known !== undefined) return known;
    const loading = this.#fetch(href, path);
    this.#files.set(path, loading);
    loading.catch(() => this.#files.delete(path));
    return loading;
  }

  close(): void {
    this.hidden = true;
    this.#from?.focus();
    this.#from = null;
  }

  get #chooser(): HTMLSelectElement {
    return findPart(this, '.lab-source-file', HTMLSelectElement);
  }

  async #fetch(href: string, path: string): Promise<LabEditable> {
    const response = await fetch(href);
    if (!response.ok) throw new Error(`${href} answered ${String(response.status)}.`);
    const page = new DOMParser().parseFromString(await response.text(), 'text/html');
    const block = page.querySelector('main pre.code');
    if (block === null) throw new Error(`${href} holds no code.`);
    // The lines keep their numbers; their ids belong to the page that they come from.
    for (const line of block.querySelectorAll('[id]')) line.removeAttribute('id');
    const file = document.createElement('lab-editable');
    if (!(file instanceof LabEditable)) throw new Error('The page has no editable texts.');
    file.dataset.name = path;
    file.dataset.language = 'python';
    file.dataset.label = fillWords(this.dataset.label ?? '', { path });
    file.dataset.hint = this.dataset.hint ?? '';
    file.append(document.adoptNode(block));
    file.hidden = true;
    findPart(this, '.lab-source-text', HTMLElement).append(file);
    this.opened(file, blockToText(block));
    return file;
  }

  #mark(file: LabEditable, number: number): void {
    file.showLine(number);
    const block = file.querySelector<HTMLElement>('pre.code');
    block?.focus({ preventScroll: true });
    const line = block?.querySelector<HTMLElement>('.is-marked') ?? null;
    if (block !== null && line !== null) block.scrollTop = line.offsetTop - block.clientHeight / 3;
    this.scrollIntoView({ block: 'nearest' });
  }
}

/** A page shows no line after a file's last newline; every file of an image that is not empty ends with one. */
function blockToText(block: Element): string {
  const text = block.textContent;
  return text === '' ? '' : `${text}\n`;
}

customElements.define('lab-source', LabSource);
