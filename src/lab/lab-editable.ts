/**
 * `<lab-editable>`: a text of the lab that the reader may change, a file of the function or the event. Astro
 * has rendered it as a block of code; the editor comes over it when a reader goes into it. Attributes:
 * `data-name` (a path, or `event`), `data-language`, `data-label`, `data-hint`. Events: `lab-edit` when the
 * text has changed, `lab-run` when the reader asks to run from inside.
 */
import type { Editor } from './editor.ts';
import { findPart } from './find-part.ts';

export class LabEditable extends HTMLElement {
  #listening = new AbortController();
  #original = '';
  #text = '';
  /** The newline that ends a file: neither block nor editor shows a line after it. */
  #end = '';
  #editor: Editor | null = null;
  #opening: Promise<Editor | null> | null = null;

  connectedCallback(): void {
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    const block = findPart(this, 'pre', HTMLPreElement);
    block.addEventListener(
      'focus',
      () => {
        if (block.matches(':focus-visible')) void this.edit();
      },
      { signal },
    );
    block.addEventListener(
      'click',
      ({ clientX: x, clientY: y }) => {
        // Whoever has just marked something wants to copy it.
        if (getSelection()?.isCollapsed !== false) void this.edit({ x, y });
      },
      { signal },
    );
  }

  disconnectedCallback(): void {
    this.#listening.abort();
  }

  /** What it is: the path of a file, or `event`. */
  get name(): string {
    return this.dataset.name ?? '';
  }

  get original(): string {
    return this.#original;
  }

  get text(): string {
    return this.#text;
  }

  get isChanged(): boolean {
    return this.#text !== this.#original;
  }

  /** Sets what it is a change of, and what it shows: the reader's own text, if there is one. */
  begin(original: string, text: string): void {
    this.#original = original;
    this.#text = text;
    this.#end = original.endsWith('\n') ? '\n' : '';
    if (text !== original) this.show(text);
    this.#mark();
  }

  /** Shows another text, in the editor if it is open. */
  show(text: string): void {
    this.#text = text;
    if (this.#editor === null) {
      const code = findPart(this, 'pre code', HTMLElement);
      // A text of the reader's own has no colours until the editor is open.
      code.replaceChildren(...toLines(this.#shown));
    } else this.#editor.setText(this.#shown);
    this.#mark();
  }

  /** Opens the editor, if it is not open, and goes into it: at a point of the screen, or at an offset. */
  async edit(at?: { readonly x: number; readonly y: number } | number): Promise<void> {
    this.#opening ??= this.#open();
    const editor = await this.#opening;
    if (editor === null) this.#opening = null;
    else editor.focus(at ?? 0);
  }

  /** Leads the reader to a line, counted from 1: marks it, or goes to it in the open editor. */
  showLine(line: number): void {
    if (this.#editor !== null) {
      this.#editor.focus(this.#editor.startOfLine(line));
      return;
    }
    for (const marked of this.querySelectorAll('.is-marked')) marked.classList.remove('is-marked');
    const found = this.querySelector(`[data-line="${String(line)}"]`);
    found?.classList.add('is-marked');
    found?.scrollIntoView({ block: 'nearest' });
  }

  get #shown(): string {
    return this.#text.endsWith(this.#end)
      ? this.#text.slice(0, this.#text.length - this.#end.length)
      : this.#text;
  }

  /** Null when the editor's script cannot be had: then the block stays as it is. */
  async #open(): Promise<Editor | null> {
    try {
      const { openEditor } = await import('./editor.ts');
      const block = findPart(this, 'pre', HTMLPreElement);
      const host = document.createElement('div');
      host.className = 'lab-editor code';
      this.#editor = openEditor(host, {
        text: this.#shown,
        language: this.dataset.language === 'json' ? 'json' : 'python',
        numbered: block.classList.contains('is-numbered'),
        label: this.dataset.label ?? this.name,
        description: this.dataset.hint ?? '',
        changed: (text) => {
          this.#text = text + this.#end;
          this.#mark();
          this.dispatchEvent(new Event('lab-edit', { bubbles: true }));
        },
        run: () => this.dispatchEvent(new Event('lab-run', { bubbles: true })),
      });
      block.replaceWith(host);
      this.classList.add('is-open');
      return this.#editor;
    } catch {
      return null;
    }
  }

  #mark(): void {
    this.classList.toggle('is-changed', this.isChanged);
  }
}

function toLines(text: string): Node[] {
  return text.split('\n').flatMap((line, index) => {
    const span = document.createElement('span');
    span.className = 'line';
    span.dataset.line = String(index + 1);
    span.textContent = line;
    return index === 0
      ? [span]
      : ['\n', span].map((part) => (typeof part === 'string' ? document.createTextNode(part) : part));
  });
}

customElements.define('lab-editable', LabEditable);
