/**
 * `<lab-runtime>`: the files of the platform's disk, for readers who want to change them: one is chosen from a list, or
 * asked for by name, and stands then below the function's own as a text like these. Its text is that of the
 * file's own page, fetched when it is first asked for. Attributes: `data-label`, `data-hint`, for the editor.
 */
import { findPart } from '../find-part.ts';
import { LabEditable } from './lab-editable.ts';
import { fill } from '../words.ts';

export class LabRuntime extends HTMLElement {
  /** Called with each file that is opened for the first time, and its text. */
  opened: (file: LabEditable, text: string) => void = () => undefined;
  #listening = new AbortController();
  readonly #files = new Map<string, Promise<LabEditable>>();

  connectedCallback(): void {
    this.#listening = new AbortController();
    // A platform without a runtime has nothing to open.
    this.querySelector('.lab-open')?.addEventListener(
      'click',
      () => {
        void this.open(this.#chooser.value, 1);
      },
      { signal: this.#listening.signal },
    );
  }

  disconnectedCallback(): void {
    this.#listening.abort();
  }

  /** Unfolds a file and leads to a line of it; where it cannot be fetched, the browser goes to its page. */
  async open(path: string, line: number): Promise<void> {
    try {
      const file = await this.load(path);
      const fold = file.closest('details');
      if (fold !== null) fold.open = true;
      file.querySelector<HTMLElement>('pre.code')?.focus({ preventScroll: true });
      file.showLine(line);
    } catch {
      location.assign(this.#pageOf(path));
    }
  }

  /** The file as an editable text, folded; it is fetched once, and again if that failed. */
  load(path: string): Promise<LabEditable> {
    const known = this.#files.get(path);
    if (known !== undefined) return known;
    const loading = this.#fetch(path);
    this.#files.set(path, loading);
    loading.catch(() => this.#files.delete(path));
    return loading;
  }

  get #chooser(): HTMLSelectElement {
    return findPart(this, 'select', HTMLSelectElement);
  }

  #pageOf(path: string): string {
    const option = [...this.#chooser.options].find(({ value }) => value === path);
    return option?.dataset.page ?? '';
  }

  async #fetch(path: string): Promise<LabEditable> {
    const address = this.#pageOf(path);
    const response = await fetch(address);
    if (!response.ok) throw new Error(`${address} answered ${String(response.status)}.`);
    const page = new DOMParser().parseFromString(await response.text(), 'text/html');
    const block = page.querySelector<HTMLPreElement>('main pre.code');
    const file = document.createElement('lab-editable');
    if (block === null || !(file instanceof LabEditable)) throw new Error(`${address} holds no code.`);
    // The lines keep their numbers; their ids belong to the page that they come from.
    for (const line of block.querySelectorAll('[id]')) line.removeAttribute('id');
    file.dataset.name = path;
    file.dataset.language = 'python';
    file.dataset.label = fill(this.dataset.label ?? '', { path });
    file.dataset.hint = this.dataset.hint ?? '';
    file.append(document.adoptNode(block));
    const name = document.createElement('code');
    name.translate = false;
    name.textContent = path;
    const summary = document.createElement('summary');
    summary.append(name);
    const fold = document.createElement('details');
    fold.className = 'lab-file lab-runtime-file';
    fold.append(summary, file);
    this.append(fold);
    this.opened(file, blockToText(block));
    return file;
  }
}

/** A page shows no line after a file's last newline; every file of an image that is not empty ends with one. */
function blockToText(block: Element): string {
  const text = block.textContent;
  return text === '' ? '' : `${text}\n`;
}

customElements.define('lab-runtime', LabRuntime);
