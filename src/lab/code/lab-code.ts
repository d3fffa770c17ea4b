/**
 * `<lab-code>`: the one view of code. The function's files, the files of the runtime that a step, a frame or the reader
 * has opened, and the event are tabs of it; one edits in it, and stepping moves it: it turns to the file that runs and
 * marks the line. A file of the platform has the text of its own page, which is where a frame's link leads without this
 * element. Asks by `lab-run-to` to go on to a line.
 */
import type { Owner } from '../../trace/format.ts';
import { ownValue } from '../../trace/own-value.ts';
import type { BroughtFile } from '../brought-labs.ts';
import type { Draft } from './drafts.ts';
import { send } from '../events.ts';
import { findPart } from '../find-part.ts';
import type { Places } from '../output/frame-links.ts';
import { makeElement } from '../make-element.ts';
import { nameToNodes } from '../marks.ts';
import { pathToName } from '../path-to-name.ts';
import { Tabs, showPanel } from '../tabs.ts';
import type { MomentPane, Shown } from '../time/moment-pane.ts';
import { fill, type LabWords } from '../words.ts';
import { siteFiles } from '../site-files.ts';
import { blockToText } from './code-page.ts';
import { LabEditable } from './lab-editable.ts';
import { NO_MARKS, SourceBlock, type Marks } from './source-block.ts';
import { EVENT } from './text-names.ts';

/** One tab and what it shows. */
interface Sheet {
  readonly name: string;
  readonly panel: HTMLElement;
  /** Null for a text that is only shown. */
  readonly editable: LabEditable | null;
  /** Its lines, where it is only shown. */
  readonly lines: SourceBlock | null;
  /** The text of a run that is another one than the reader's now, while a moment of that run is shown. */
  ran: { readonly text: string; readonly lines: SourceBlock } | null;
}

/** What the view needs to know of its lab. */
export interface CodeSetting {
  readonly words: Pick<LabWords, 'step'>;
  readonly owners: Readonly<Record<Owner, string>>;
  readonly places: Places;
  /** Called with each file of the runtime that is opened for the first time, and its text. */
  readonly opened: (file: LabEditable, text: string) => void;
  /** Texts that lie on no page of the site, by path; null for a path that has one. */
  readonly fileOf?: (path: string) => BroughtFile | null;
  /** Files of the runtime may be opened, and changed; false in a pair. */
  readonly mayEdit: boolean;
}

/** The element. */
export class LabCode extends HTMLElement implements MomentPane {
  #listening = new AbortController();
  #setting: CodeSetting | null = null;
  #tabs: Tabs | null = null;
  readonly #sheets = new Map<string, Sheet>();
  /** How many tabs have been added: each has an id of its own. */
  #added = 0;
  /** Files that are on their way, or cannot be had. */
  readonly #coming = new Map<string, Promise<Sheet>>();
  #open = '';
  /** The texts that the run that is stepped through was made of, where they are known. */
  #ranTexts: Draft = {};
  #shown: Shown | null = null;
  /** The line that the reader has asked to see, and where. */
  #looked: { readonly name: string; readonly line: number } | null = null;
  /** What was pressed to open a text: Escape gives the focus back. */
  #from: HTMLElement | null = null;
  /** What was asked for last: a page that comes later than another one's wish is not shown. */
  #wish = 0;

  connectedCallback(): void {
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    const list = findPart(this, '[role="tablist"]', HTMLElement);
    this.#tabs = new Tabs({
      list,
      panelOf: (name) => this.#sheets.get(name)?.panel ?? null,
      chosen: (name) => {
        this.#wish += 1;
        this.#choose(name);
      },
      signal,
    });
    for (const panel of this.querySelectorAll<HTMLElement>('[role="tabpanel"]')) this.#adopt(panel);
    this.#open = findPart(list, '[aria-selected="true"]', HTMLElement).dataset.tab ?? '';
    this.addEventListener(
      'click',
      ({ target }) => {
        if (!(target instanceof Element)) return;
        const line = target.closest<HTMLElement>('button[data-run-to]')?.dataset.runTo;
        if (line !== undefined) send(this, 'lab-run-to', { source: this.#open, line: Number(line) });
        const path = target.closest<HTMLElement>('button[data-open]')?.dataset.open;
        if (path === undefined) return;
        const more = target.closest('details');
        if (more !== null) more.open = false;
        void this.open(path, 1, more?.querySelector('summary') ?? null);
      },
      { signal },
    );
    this.addEventListener(
      'keydown',
      (event) => {
        const sheet = this.#sheets.get(this.#open);
        if (event.key === 'Escape' && event.target === sheet?.panel) {
          this.#from?.focus();
          return;
        }
        const lines = sheet?.ran?.lines ?? sheet?.lines;
        if (lines?.moveByKey(event) === true || sheet?.editable?.moveByKey(event) === true)
          event.preventDefault();
      },
      { signal },
    );
  }

  disconnectedCallback(): void {
    this.#listening.abort();
  }

  /** Sets what the view needs to know. */
  configure(setting: CodeSetting): void {
    this.#setting = setting;
    const list = this.querySelector('.more-files');
    list?.replaceChildren(
      ...Object.keys(setting.places.image).map((path) => {
        const item = document.createElement('li');
        const button = makeElement(document, 'button', 'button is-quiet');
        button.type = 'button';
        button.dataset.open = path;
        const code = makeElement(document, 'code', '');
        code.translate = false;
        // A long path is broken after a slash, and within a name only where the name alone is too long.
        for (const part of path.split(/(?<=\/)/)) code.append(part, document.createElement('wbr'));
        button.append(code);
        item.append(button);
        return item;
      }),
    );
  }

  /** The name of the text that is open: the path of a file, or `event`. */
  get openName(): string {
    return this.#open;
  }

  /** The texts that the run whose moments come next was made of: where the reader's are others now, those are shown. */
  setRanTexts(texts: Draft): void {
    this.#ranTexts = texts;
  }

  /** Turns to what runs at a moment; null takes the marks away and leaves the open text open. */
  show(shown: Shown | null): void {
    this.#shown = shown;
    this.#looked = null;
    const frame = shown?.moment.stack.at(-1);
    if (shown === null) {
      this.#wish += 1;
      for (const sheet of this.#sheets.values()) this.#mark(sheet, false);
      return;
    }
    // At the end of all what ran last stays in sight.
    if (frame === undefined) {
      const sheet = this.#sheets.get(this.#open);
      if (sheet !== undefined) this.#mark(sheet, true);
      return;
    }
    const isGentle = frame.source === this.#open;
    void this.#turnTo(frame.source, isGentle);
  }

  /**
   * Opens a text at a line, counted from 1, and gives it the focus where `from`, what was pressed, is not null. A file
   * of the platform that cannot be fetched is left to the browser.
   */
  async open(name: string, line: number, from: HTMLElement | null): Promise<void> {
    this.#looked = { name, line };
    try {
      const sheet = await this.#turnTo(name, false);
      if (sheet === null || from === null) return;
      this.#from = from;
      if (sheet.ran === null && sheet.editable?.enterAt(line) === true) return;
      sheet.panel.tabIndex = -1;
      sheet.panel.focus({ preventScroll: true });
    } catch {
      const page = ownValue(this.#setting?.places.image ?? {}, name);
      if (page !== undefined) location.assign(page);
    }
  }

  /** A file of the runtime as a text of the lab, fetched if it is not here yet: a draft may hold a change of it. */
  async load(path: string): Promise<void> {
    await this.#sheetOf(path);
  }

  /** A tab for a file that the reader has added. */
  addFile(path: string, original: string): LabEditable {
    const { editable } = this.#addSheet(path, 'handler', SourceBlock.ofText(original, path).element);
    if (editable === null) throw new Error(`${path} cannot be changed here.`);
    return editable;
  }

  /** Takes the tab of a file away. */
  removeFile(path: string): void {
    const sheet = this.#sheets.get(path);
    if (sheet === undefined) return;
    this.#sheets.delete(path);
    sheet.panel.remove();
    const tabs = [...this.querySelectorAll<HTMLElement>('[data-tab]')];
    tabs.find(({ dataset }) => dataset.tab === path)?.remove();
    const rest = tabs.flatMap(({ dataset }) => (dataset.tab === path ? [] : [dataset.tab ?? '']));
    if (this.#open === path) this.turnToOwn(rest[0] ?? EVENT);
  }

  /** Shows the event or a file of the lab's own at once, and gives back the text. */
  turnToOwn(name: string): LabEditable | null {
    const sheet = this.#sheets.get(name);
    if (sheet === undefined) return null;
    this.#wish += 1;
    this.#choose(name);
    return sheet.editable;
  }

  /** Marks which tabs hold a change of the reader's. */
  markChanged(changed: ReadonlySet<string>): void {
    for (const tab of this.querySelectorAll<HTMLElement>('[data-tab]'))
      tab.classList.toggle('is-changed', changed.has(tab.dataset.tab ?? ''));
  }

  #choose(name: string): void {
    this.#open = name;
    this.#tabs?.show(name);
    const sheet = this.#sheets.get(name);
    if (sheet !== undefined) this.#mark(sheet, true);
  }

  async #turnTo(name: string, isGentle: boolean): Promise<Sheet | null> {
    const wish = (this.#wish += 1);
    const known = this.#sheets.get(name);
    const sheet = known ?? (await this.#sheetOf(name));
    if (wish !== this.#wish) return null;
    if (this.#open !== name) {
      this.#open = name;
      this.#tabs?.show(name);
    }
    this.#mark(sheet, isGentle);
    return sheet;
  }

  /** Marks the lines of the moment in a sheet, in the text that ran. */
  #mark(sheet: Sheet, isGentle: boolean): void {
    const { name, editable, lines } = sheet;
    const shown = this.#shown;
    const ranText = ownValue(this.#ranTexts, name);
    const isOther = shown !== null && editable !== null && (ranText ?? editable.original) !== editable.text;
    this.#showRan(sheet, isOther ? (ranText ?? editable.original) : null);
    const marks = this.#marksOf(name);
    const label = (line: number): string => fill(this.#setting?.words.step.runTo ?? '', { line });
    if (isOther) sheet.ran?.lines.mark(marks, isGentle, label);
    else if (editable === null) lines?.mark(marks, isGentle, label);
    else editable.mark(marks, isGentle, label);
  }

  #marksOf(name: string): Marks {
    const shown = this.#shown;
    const looked = this.#looked?.name === name ? this.#looked.line : null;
    if (shown === null) return looked === null ? NO_MARKS : { ...NO_MARKS, looked };
    const { stack } = shown.moment;
    const last = stack.at(-1);
    return {
      current: last?.source === name ? last.line : null,
      waiting: stack.slice(0, -1).flatMap(({ source, line }) => (source === name ? [line] : [])),
      looked,
      ran: shown.replay.linesRan(name),
    };
  }

  /** Lays the text that ran over the reader's, who goes on with theirs when nobody steps any more; null takes it away. */
  #showRan(sheet: Sheet, text: string | null): void {
    const { panel, editable } = sheet;
    if (editable === null) return;
    if (text === sheet.ran?.text || (text === null && sheet.ran === null)) return;
    sheet.ran?.lines.element.parentElement?.remove();
    sheet.ran = null;
    editable.hidden = text !== null;
    if (text === null) return;
    const lines = SourceBlock.ofText(text, sheet.name);
    const place = makeElement(document, 'div', 'sheet-ran');
    place.append(makeElement(document, 'p', 'sheet-note', this.#setting?.words.step.ranText), lines.element);
    panel.append(place);
    sheet.ran = { text, lines };
  }

  #sheetOf(name: string): Promise<Sheet> {
    const known = this.#sheets.get(name);
    if (known !== undefined) return Promise.resolve(known);
    let coming = this.#coming.get(name);
    if (coming === undefined) {
      coming = this.#bring(name);
      this.#coming.set(name, coming);
      coming.then(
        () => this.#coming.delete(name),
        () => this.#coming.delete(name),
      );
    }
    return coming;
  }

  async #bring(path: string): Promise<Sheet> {
    const setting = this.#setting;
    const page = ownValue(setting?.places.image ?? {}, path);
    if (page === undefined || setting === null) return this.#addSheet(path, 'library', null);
    const own = setting.fileOf?.(path);
    const block = own?.block ?? (await siteFiles.block(page, document));
    const sheet = this.#addSheet(path, 'runtime', block);
    if (sheet.editable !== null) setting.opened(sheet.editable, own?.text ?? blockToText(block));
    return sheet;
  }

  /** A tab for another file, before that of the event; without a block there is no text to show. */
  #addSheet(path: string, owner: Owner, block: HTMLPreElement | null): Sheet {
    const { words, owners, mayEdit } = this.#setting ?? {};
    const id = `${this.id}-${String((this.#added += 1))}`;
    const tab = makeElement(document, 'button', 'tab');
    tab.type = 'button';
    tab.id = `${id}-tab`;
    tab.setAttribute('role', 'tab');
    tab.setAttribute('aria-controls', id);
    tab.setAttribute('aria-selected', 'false');
    tab.dataset.tab = path;
    tab.dataset.owner = owner;
    tab.tabIndex = -1;
    const name = makeElement(document, 'code', 'tab-name');
    name.append(...nameToNodes(pathToName(path)));
    name.translate = false;
    name.dataset.name = pathToName(path);
    const sign = makeElement(document, 'span', 'owner-sign');
    sign.setAttribute('aria-hidden', 'true');
    tab.append(sign, name);
    const panel = makeElement(document, 'div', 'sheet is-lent');
    panel.id = id;
    panel.setAttribute('role', 'tabpanel');
    panel.setAttribute('aria-labelledby', tab.id);
    panel.dataset.name = path;
    const about = makeElement(document, 'p', 'sheet-about');
    const whole = makeElement(document, 'code', 'sheet-path');
    whole.append(...nameToNodes(path));
    whole.translate = false;
    const whose = makeElement(document, 'span', 'owner', owners?.[owner]);
    whose.dataset.owner = owner;
    about.append(whose, ' ', whole);
    panel.append(about);
    if (block === null) panel.append(makeElement(document, 'p', 'sheet-note', words?.step.noSource));
    else if (mayEdit === true) {
      const editable = document.createElement('lab-editable');
      editable.dataset.name = path;
      editable.dataset.language = path.endsWith('.py') ? 'python' : path.endsWith('.json') ? 'json' : 'text';
      editable.dataset.label = fill(this.dataset.label ?? '', { path });
      editable.append(block);
      panel.append(editable);
    } else panel.append(block);
    const event = this.querySelector<HTMLElement>(`[data-tab="${EVENT}"]`);
    const list = findPart(this, '[role="tablist"]', HTMLElement);
    list.insertBefore(tab, event);
    showPanel(panel, false);
    findPart(this, '.sheets', HTMLElement).append(panel);
    return this.#adopt(panel);
  }

  #adopt(panel: HTMLElement): Sheet {
    const name = panel.dataset.name ?? '';
    const editable = panel.querySelector('lab-editable');
    const block = panel.querySelector('pre.code');
    const sheet: Sheet = {
      name,
      panel,
      editable: editable instanceof LabEditable ? editable : null,
      lines: editable === null && block instanceof HTMLPreElement ? new SourceBlock(block) : null,
      ran: null,
    };
    this.#sheets.set(name, sheet);
    this.#tabs?.listenTo(panel, name);
    return sheet;
  }
}

customElements.define('lab-code', LabCode);
