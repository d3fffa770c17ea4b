/**
 * `<lab-source>`: the file that runs at a moment, with the line that is meant; or a file of the platform, opened from a
 * printed frame. A file of the platform is the text of its own page, which is also where a frame's link leads
 * without this element; the function's own is the one in the lab. Asks by `lab-run-to` to go on to a line.
 */
import type { Owner } from '../../trace/format.ts';
import { findPart } from '../find-part.ts';
import type { Places } from '../output/frame-links.ts';
import type { MomentPane, Shown } from '../time/moment-pane.ts';
import { SourceBlock } from './source-block.ts';
import { fill, type LabWords } from '../words.ts';

/** Asks to go on to where a line runs. */
export type RunTo = CustomEvent<{ readonly source: string; readonly line: number }>;

/** The element. */
export class LabSource extends HTMLElement implements MomentPane {
  #listening = new AbortController();
  #words: LabWords['step'] | null = null;
  #owners: Readonly<Record<Owner, string>> | null = null;
  #places: Places | null = null;
  /** The lab's own blocks of code, as the page brought them. */
  #own: ReadonlyMap<string, HTMLPreElement> = new Map();
  /** Texts that ran in the place of those that the page brought. */
  #texts: Readonly<Record<string, string>> = {};
  #blocks = new Map<string, Promise<SourceBlock | null>>();
  #block: SourceBlock | null = null;
  #path = '';
  /** What had the focus before: closing gives it back. */
  #from: HTMLElement | null = null;
  #shown: Shown | null = null;
  /** What was asked for last: a page that comes later than another one's wish is not shown. */
  #wish = 0;

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
    this.addEventListener(
      'keydown',
      (event) => {
        if (event.key === 'Escape') this.close();
        else if (this.#block?.moveByKey(event) === true) event.preventDefault();
      },
      { signal },
    );
    this.addEventListener(
      'click',
      (event) => {
        const line = event.target instanceof HTMLButtonElement ? event.target.dataset.runTo : undefined;
        if (line === undefined) return;
        const detail = { source: this.#path, line: Number(line) };
        this.dispatchEvent(new CustomEvent('lab-run-to', { bubbles: true, detail }));
      },
      { signal },
    );
  }

  disconnectedCallback(): void {
    this.#listening.abort();
  }

  /** Sets where files are, and the words of the pane. */
  configure(
    words: LabWords['step'],
    owners: Readonly<Record<Owner, string>>,
    places: Places,
    own: ReadonlyMap<string, HTMLPreElement>,
  ): void {
    this.#own = own;
    this.#words = words;
    this.#owners = owners;
    this.#places = places;
  }

  /** The texts that a run was made of, where they differ from what the page brought: later moments show them. */
  setTexts(texts: Readonly<Record<string, string>>): void {
    this.#texts = texts;
    this.#blocks.clear();
    this.#block = null;
    this.#path = '';
  }

  show(shown: Shown | null): void {
    this.#shown = shown;
    findPart(this, '.lab-close', HTMLButtonElement).hidden = shown !== null;
    const frame = shown?.moment.stack.at(-1);
    if (shown === null) {
      this.#wish += 1;
      this.hidden = true;
      return;
    }
    this.hidden = false;
    // At the end of all what ran last stays in sight.
    if (frame === undefined) {
      this.#block?.mark({ current: null, waiting: [] }, false);
      return;
    }
    void this.#showFile(frame.source, frame.owner, frame.line, frame.source === this.#path);
  }

  /** Opens a file at a line. With `from`, what has the focus now, it is a visit: closing it gives the focus back. */
  async open(path: string, line: number, owner: Owner, from: HTMLElement | null): Promise<void> {
    this.#from = from;
    this.hidden = false;
    await this.#showFile(path, owner, line, false);
    if (this.#block === null) throw new Error(`There is no text of ${path}.`);
    if (from !== null) this.#block.focus();
    this.scrollIntoView({ block: 'nearest' });
  }

  /** Shows another line while the reader steps; the next step leads back. */
  visit(path: string, line: number): void {
    const frame = this.#shown?.moment.stack.find(({ source }) => source === path);
    if (frame !== undefined) void this.#showFile(path, frame.owner, line, false);
  }

  close(): void {
    if (this.#shown !== null) return;
    this.hidden = true;
    this.#from?.focus();
    this.#from = null;
  }

  async #showFile(path: string, owner: Owner, line: number, isGentle: boolean): Promise<void> {
    const wish = (this.#wish += 1);
    if (path !== this.#path || this.#block === null) {
      const block = await this.#load(path);
      if (wish !== this.#wish) return;
      this.#block = block;
      this.#path = path;
      findPart(this, '.lab-source-path', HTMLElement).textContent = path;
      findPart(this, '.lab-source-owner', HTMLElement).textContent = this.#owners?.[owner] ?? '';
      const note = findPart(this, '.lab-source-note', HTMLElement);
      note.textContent = block === null ? (this.#words?.noSource ?? '') : '';
      findPart(this, '.lab-source-text', HTMLElement).replaceChildren(
        ...(block === null ? [] : [block.element]),
      );
      this.dataset.owner = owner;
    }
    const shown = this.#shown;
    this.#block?.setRan(shown?.replay.linesRan(path) ?? null, (number) =>
      fill(this.#words?.runTo ?? '', { line: number }),
    );
    const waiting = shown?.moment.stack.slice(0, -1).filter(({ source }) => source === path) ?? [];
    this.#block?.mark({ current: line, waiting: waiting.map((frame) => frame.line) }, isGentle);
  }

  #load(path: string): Promise<SourceBlock | null> {
    let block = this.#blocks.get(path);
    if (block === undefined) {
      block = this.#bring(path).catch(() => {
        this.#blocks.delete(path);
        return null;
      });
      this.#blocks.set(path, block);
    }
    return block;
  }

  async #bring(path: string): Promise<SourceBlock | null> {
    const text = this.#texts[path];
    if (text !== undefined) return SourceBlock.ofText(text, path);
    const page = this.#places?.image[path];
    if (page !== undefined) return SourceBlock.ofPage(new URL(page, document.baseURI));
    const own = this.#own.get(path);
    return own === undefined ? null : new SourceBlock(own);
  }
}

customElements.define('lab-source', LabSource);
