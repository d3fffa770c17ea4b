/**
 * `<lab-editable>`: a text of the lab that the reader may change, a file of the function or the event. Astro
 * has rendered it as a block of code; the editor comes over it when a reader goes into it. Attributes:
 * `data-name` (a path, or `event`), `data-language`, `data-label`. The hint for keys is that of its `<lab-code>`. Events: `lab-edit` when the
 * reader has changed the text, `lab-run` when they ask to run from inside, `lab-no-editor` when the editor's
 * script cannot be had.
 */
import type { Editor, openEditor } from './editor.ts';
import { send } from '../events.ts';
import { findPart } from '../find-part.ts';
import { bringPart } from '../part-missing.ts';
import { spreadOverStatements } from './lines-that-ran.ts';
import { offsetAtPoint } from './offset-at-point.ts';
import { NO_MARKS, SourceBlock, type Marks } from './source-block.ts';

/** Milliseconds for which nobody need be told that the editor is on its way. */
const PATIENCE = 400;

interface EditorScript {
  readonly openEditor: typeof openEditor;
}

/** Lines from which on a text of the reader's is laid out as it comes into sight: all at once it would hold the page up. */
const LONG = 200;

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
  #marks: Marks = NO_MARKS;
  /** The block with its lines, as long as the same lines stand in it. */
  #lines: SourceBlock | null = null;

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
      ({ clientX: x, clientY: y, target }) => {
        // The number of a line leads to where it runs.
        if (target instanceof Element && target.closest('button') !== null) return;
        // A reader who has just marked something wants to copy it.
        // Where that is in the text is asked now: until the editor is there, the text may have been scrolled.
        if (getSelection()?.isCollapsed !== false)
          void this.#enter(block, offsetAtPoint(block, x, y) ?? { x, y });
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
      const lines = this.isChanged ? toLines(this.#shown) : this.#coloured;
      // A line is an element and a line break: the browser lays out those in sight alone.
      code.classList.toggle('is-long', lines.length > 2 * LONG);
      code.replaceChildren(...lines);
      this.#lines = null;
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

  /**
   * Marks the lines of a moment, and brings the one that is meant into sight within the text; gently: only when it is
   * not. `label` names the button of a line that can be stepped to.
   */
  mark(marks: Marks, isGentle: boolean, label: (line: number) => string): void {
    this.#marks = marks;
    if (this.#editor !== null) {
      this.#markEditor(this.#editor, isGentle);
      return;
    }
    if (this.#lines === null && marks === NO_MARKS) return;
    this.#lines ??= new SourceBlock(findPart(this, 'pre', HTMLPreElement));
    this.#lines.mark(marks, isGentle, label);
  }

  /** Goes to the beginning of a line in the open editor; false where there is none. */
  enterAt(line: number): boolean {
    if (this.#editor === null) return false;
    this.#editor.focus(this.#editor.startOfLine(line));
    return true;
  }

  /** Moves among the buttons of the lines by the arrow keys; false when the key is for another element. */
  moveByKey(event: KeyboardEvent): boolean {
    return this.#editor === null && this.#lines?.moveByKey(event) === true;
  }

  #markEditor(editor: Editor, isGentle: boolean): void {
    const { current, waiting, looked, ran } = this.#marks;
    const belongs = ran === null ? null : spreadOverStatements(this.#shown, ran);
    const count = this.#shown.split('\n').length;
    const unrun =
      belongs === null
        ? []
        : Array.from({ length: count }, (_, index) => index + 1).filter((line) => !belongs.has(line));
    editor.markLines({ current, waiting, looked, unrun }, isGentle);
  }

  get #shown(): string {
    return this.#text.endsWith(this.#end)
      ? this.#text.slice(0, this.#text.length - this.#end.length)
      : this.#text;
  }

  /** A reader who has gone on while the script was coming is not fetched back. */
  async #enter(block: HTMLElement, at: number | { readonly x: number; readonly y: number }): Promise<void> {
    // The block takes no keys. Until the editor is there, the page says so; aloud when it takes long, or at a key.
    const coming = new AbortController();
    const hint = this.closest('lab-code')?.querySelector<HTMLElement>('.sheet-hint');
    const say = (): void => {
      send(this, 'lab-say', hint?.dataset.coming ?? '');
    };
    const timer = setTimeout(say, PATIENCE);
    block.addEventListener(
      'keydown',
      ({ key }) => {
        if (key.length === 1) say();
      },
      coming,
    );
    this.classList.add('is-coming');
    const script = await this.#load();
    clearTimeout(timer);
    coming.abort();
    this.classList.remove('is-coming');
    const { activeElement, body } = this.ownerDocument;
    const hasLeft = activeElement !== null && activeElement !== block && activeElement !== body;
    if (script !== null && !hasLeft) this.#open(script).focus(at);
  }

  /** Null when the editor's script cannot be had: then the block stays as it is, and the next try may do better. */
  async #load(): Promise<EditorScript | null> {
    try {
      return await bringPart(() => import('./editor.ts'), 'editor');
    } catch {
      send(this, 'lab-no-editor');
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
      description: this.closest<HTMLElement>('lab-code')?.dataset.hint ?? '',
      changed: (text) => {
        this.#text = text + this.#end;
        this.#mark();
        send(this, 'lab-edit');
      },
      run: () => {
        send(this, 'lab-run');
      },
    });
    this.#editor = editor;
    this.#lines = null;
    if (this.#fault !== null) editor.markFault(this.#fault);
    // A block that scrolls by itself: what is in sight stays so.
    const { scrollTop } = block;
    block.replaceWith(host);
    editor.scrollHost(scrollTop);
    if (this.#marks !== NO_MARKS) this.#markEditor(editor, true);
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
