/**
 * `<lab-editable>`: a text of the lab that the reader may change, a file of the function or the event. Astro
 * has rendered it as a block of code; the editor comes over it when a reader goes into it. Attributes:
 * `data-name` (a path, or `event`), `data-language`, `data-label`, `data-hint`. Events: `lab-edit` when the
 * reader has changed the text, `lab-run` when they ask to run from inside, `lab-no-editor` when the editor's
 * script cannot be had.
 */
import type { Editor, openEditor } from './editor.ts';
import { findPart } from '../find-part.ts';

interface EditorScript {
  readonly openEditor: typeof openEditor;
}

/** The element. */
export class LabEditable extends HTMLElement {
  #listening = new AbortController();
  #original = '';
  #text = '';
  /** The newline that ends a file: neither block nor editor shows a line after it. */
  #end = '';
  #editor: Editor | null = null;
  /** The lines of the original as the page brought them, once others have stood in their place. */
  #coloured: readonly Node[] | null = null;
  #fault: number | null = null;

  connectedCallback(): void {
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    const block = findPart(this, 'pre', HTMLPreElement);
    block.addEventListener(
      'focus',
      () => {
        if (block.matches(':focus-visible')) void this.#enter(block, 0);
      },
      { signal },
    );
    block.addEventListener(
      'click',
      ({ clientX: x, clientY: y }) => {
        // A reader who has just marked something wants to copy it.
        if (getSelection()?.isCollapsed !== false) void this.#enter(block, { x, y });
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

  /** Sets the text that edits are compared with, which is the one in the page. */
  configure(original: string): void {
    this.#original = this.#text = original;
    this.#end = original.endsWith('\n') ? '\n' : '';
  }

  /** Shows another text, in the editor if it is open. */
  show(text: string): void {
    if (text === this.#text) return;
    this.#text = text;
    if (this.#editor === null) {
      const code = findPart(this, 'pre code', HTMLElement);
      this.#coloured ??= [...code.childNodes];
      // A text of the reader's own has no colours until the editor is open.
      code.replaceChildren(...(this.isChanged ? toLines(this.#shown) : this.#coloured));
    } else this.#editor.setText(this.#shown);
    this.#mark();
  }

  /** Opens the editor, if it is not open, and goes into it at an offset. */
  async edit(offset: number): Promise<void> {
    // At once: a reader who is in it already may be typing on.
    if (this.#editor !== null) {
      this.#editor.focus(offset);
      return;
    }
    const script = await this.#load();
    if (script !== null) this.#open(script).focus(offset);
  }

  /** Marks the offset at which the text is at fault, as soon as there is an editor to show it; null when it is not. */
  markFault(at: number | null): void {
    this.#fault = at;
    this.#editor?.markFault(at);
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

  /** A reader who has gone on while the script was coming is not fetched back. */
  async #enter(block: HTMLElement, at: number | { readonly x: number; readonly y: number }): Promise<void> {
    const script = await this.#load();
    const { activeElement, body } = this.ownerDocument;
    const hasLeft = activeElement !== null && activeElement !== block && activeElement !== body;
    if (script !== null && !hasLeft) this.#open(script).focus(at);
  }

  /** Null when the editor's script cannot be had: then the block stays as it is, and the next try may do better. */
  async #load(): Promise<EditorScript | null> {
    try {
      return await import('./editor.ts');
    } catch {
      this.dispatchEvent(new Event('lab-no-editor', { bubbles: true }));
      return null;
    }
  }

  #open({ openEditor }: EditorScript): Editor {
    if (this.#editor !== null) return this.#editor;
    const block = findPart(this, 'pre', HTMLPreElement);
    const host = document.createElement('div');
    host.className = 'lab-editor code';
    const { language } = this.dataset;
    const editor = openEditor(host, {
      text: this.#shown,
      language: language === 'json' || language === 'python' ? language : 'text',
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
    this.#editor = editor;
    if (this.#fault !== null) editor.markFault(this.#fault);
    // A block that scrolls by itself: what is in sight stays so.
    const { scrollTop } = block;
    block.replaceWith(host);
    if (scrollTop > 0) editor.scrollHost(scrollTop);
    this.classList.add('is-open');
    return editor;
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
