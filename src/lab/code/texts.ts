/**
 * What a reader has changed in a lab: its editable texts together, the draft that is kept of them, and the
 * way back to the original. The function's files and the event are there from the beginning; files of the
 * runtime's disk come when they are opened, and until then a draft's text of one is all that is known of it.
 */
import { ownValue } from '../../trace/own-value.ts';
import { openDraft, type Draft, type DraftStore } from './drafts.ts';
import { LabEditable } from './lab-editable.ts';
import type { ChangedText } from './difference-nodes.ts';
import { LabEdits, type LentNames } from './edits.ts';
import { EVENT } from './text-names.ts';
import type { LabWords } from '../words.ts';

export interface TextsOptions {
  /** The lab's texts as they were made, by name. */
  readonly originals: Draft;
  /** Files of the runtime's disk that may be opened, by path. */
  readonly image: ReadonlySet<string>;
  /** Tells one state of that disk from another, for drafts that change it. */
  readonly imageVersion: string;
  readonly storage: Storage | null;
  /** Ids that the lab had before it moved. */
  readonly former: readonly string[];
  readonly words: LabWords['edit'];
  /** Hands a text to the reader's clipboard, and says so. */
  readonly copy: (text: string) => void;
  readonly signal: AbortSignal;
  /** Where the files are the reader's to add and to take away; null where they are given. */
  readonly places: TextPlaces | null;
  /** Called when any of the texts is another than before. */
  readonly changed: () => void;
}

/** Makes the place of a file's text, and takes one away. */
export interface TextPlaces {
  readonly add: (path: string, original: string) => LabEditable;
  readonly remove: (path: string) => void;
}

/** Texts that came from elsewhere, shown in the place of the reader's own. */
export interface LentTexts {
  readonly texts: Draft;
  /** Keeps what the reader changes in them: what they have written before stays where it is. */
  readonly store: DraftStore;
  /** Whose words they are. */
  readonly note: string;
  /** The names of the difference and of the way back. */
  readonly names: LentNames;
  /** Called when the reader goes back. */
  readonly left: () => void;
}

/** The texts of one lab. */
export class LabTexts {
  #editables: LabEditable[];
  readonly #edits: LabEdits;
  readonly #own: DraftStore;
  /** Keeps what a reset took away. */
  readonly #away: DraftStore;
  readonly #options: TextsOptions;
  #lent: LentTexts | null = null;
  /** What an old draft holds of files that the example no longer has: offered, and kept until the reader drops it. */
  #orphans: Draft = {};
  /** The reader's texts of the runtime's files that nobody has opened yet. */
  #unopened: Draft = {};
  /** The reader's texts that a reset took away, as long as they can be brought back. */
  #taken: Draft | null = null;
  /** What the reader had written when texts came from elsewhere, for a browser that stores nothing. */
  #aside: Draft | null = null;
  #note = '';

  constructor(lab: Element, options: TextsOptions) {
    const { originals, image, imageVersion, storage, former, words, signal, copy, changed } = (this.#options =
      options);
    this.#editables = [...lab.querySelectorAll('lab-editable')].filter((one) => one instanceof LabEditable);
    const drop = (name: string): void => {
      this.#orphans = Object.fromEntries(Object.entries(this.#orphans).filter(([other]) => other !== name));
      this.#keep();
    };
    this.#edits = new LabEdits(lab, { words, copy, drop, signal });
    const originalsFor = (texts: Draft): Draft => {
      // A function of the reader's own is no change of the one that the lab came with.
      const own = options.places === null ? originals : {};
      // A new version of the runtime makes no draft old that leaves it alone.
      return Object.keys(texts).some((name) => image.has(name)) ? { ...own, '': imageVersion } : own;
    };
    this.#own = openDraft(storage, lab.id, originalsFor, former);
    this.#away = openDraft(storage, `${lab.id}~taken`, originalsFor);
    for (const one of this.#editables) one.configure(ownValue(originals, one.name) ?? '');
    this.#load(this.#own);
    const { original, back } = this.#edits;
    const edited = (): void => {
      this.#keep();
      changed();
    };
    const takeAway = (): void => {
      this.restore();
      const tab = lab.querySelector<HTMLElement>('lab-code [aria-selected="true"]');
      (back.hidden ? (original.hidden ? tab : original) : back)?.focus();
    };
    const bringBack = (): void => {
      this.#bringBack();
      original.focus();
    };
    lab.addEventListener('lab-edit', edited, { signal });
    original.addEventListener('click', takeAway, { signal });
    back.addEventListener('click', bringBack, { signal });
  }

  get isChanged(): boolean {
    return this.#changed().length > 0 || Object.keys(this.#orphans).length > 0;
  }

  /** The names of the texts that are other than the originals. */
  get changedNames(): ReadonlySet<string> {
    const changed = this.#editables.filter((one) => this.#isOther(one)).map(({ name }) => name);
    return new Set([...changed, ...Object.keys(this.#unopened)]);
  }

  /** Whether the texts came from elsewhere. */
  get isLent(): boolean {
    return this.#lent !== null;
  }

  /** What came from elsewhere, while it is shown. */
  get lent(): LentTexts | null {
    return this.#lent;
  }

  /** Back to the reader's own texts, where others are shown. */
  leaveLent(): void {
    if (this.#lent !== null) this.restore();
  }

  /** Shows what the browser has kept by now: another tab may have changed it. */
  reload(): void {
    this.#load(this.#own);
    this.#options.changed();
  }

  /** Whether the reader has a draft of their own, shown or not. */
  get hasOwn(): boolean {
    return (this.#own.load() ?? this.#aside) !== null;
  }

  /** Shows texts from elsewhere, as they are or as the reader has changed them before; the reader's own stay as they are. */
  lend(lent: LentTexts): void {
    // A browser may refuse to store a draft: then it lives here.
    if (this.#lent === null && this.isChanged) this.#aside = this.#draft();
    this.#lent = lent;
    this.#load(lent.store, lent.texts);
    this.#options.changed();
  }

  /** Takes texts over, as if the reader had written them here. */
  take(texts: Draft): void {
    const known = Object.entries(texts).filter(([name]) => this.find(name) !== undefined);
    if (known.length === 0) return;
    this.#setTexts(Object.fromEntries(known));
    this.#keep();
    this.#options.changed();
  }

  /** Takes these texts over in the place of all that there are, as if the reader had written them here. */
  put(texts: Draft): void {
    this.#takeAway(null);
    this.#setTexts(texts);
    this.#keep();
    this.#options.changed();
  }

  /** All texts as they are now, by name; of the runtime's files those that are changed. */
  all(): Draft {
    const texts = this.#editables.filter((one) => !this.#isImage(one.name) || one.isChanged);
    return { ...Object.fromEntries(texts.map(({ name, text }) => [name, text])), ...this.#unopened };
  }

  /** The files of the runtime that a draft has changed and nobody has opened yet. */
  get unopened(): readonly string[] {
    return Object.keys(this.#unopened);
  }

  /** A file of the runtime has been opened: from now on it is one of the lab's texts. */
  adopt(file: LabEditable, original: string): void {
    file.configure(original);
    this.#editables.push(file);
    const { [file.name]: text, ...others } = this.#unopened;
    this.#unopened = others;
    if (text === undefined) return;
    file.show(text);
    this.#show(this.#note);
  }

  /** The editable text of one name; undefined for a file that is no text. */
  find(name: string): LabEditable | undefined {
    return this.#editables.find((one) => one.name === name);
  }

  /** Shows the original texts again; what the reader had written can be brought back. */
  restore(): void {
    const lent = this.#lent;
    if (lent !== null) {
      this.#lent = null;
      this.#load(this.#own);
      if (this.#aside !== null && !this.isChanged) this.#setTexts(this.#aside);
      this.#aside = null;
      lent.left();
      this.#options.changed();
      return;
    }
    if (!this.isChanged) return;
    this.#takeAway(this.#draft());
    this.#setTexts({});
    this.#own.forget();
    this.#show(this.#options.words.restored);
    this.#options.changed();
  }

  /** What was written since changes places with it. */
  #bringBack(): void {
    const texts = this.#taken ?? {};
    this.#takeAway(this.isChanged ? this.#draft() : null);
    this.#setTexts(texts);
    this.#keep();
    this.#options.changed();
  }

  /** Puts texts where they can be brought back from, in a later visit, too. */
  #takeAway(texts: Draft | null): void {
    this.#taken = texts;
    if (texts === null) this.#away.forget();
    else this.#away.save(texts);
  }

  /** Shows the originals with the reader's changes in their place. */
  #setTexts(draft: Draft): void {
    this.#place(draft);
    for (const one of this.#editables) one.show(ownValue(draft, one.name) ?? one.original);
    const others = Object.entries(draft).filter(([name]) => this.find(name) === undefined);
    this.#unopened = Object.fromEntries(others.filter(([name]) => this.#isImage(name)));
    this.#orphans = Object.fromEntries(others.filter(([name]) => !this.#isImage(name)));
  }

  /** Where files are the reader's, a draft names all that there are; an empty one stands for those that the lab came with. */
  #place(draft: Draft): void {
    const { places, originals } = this.#options;
    if (places === null) return;
    const wanted = Object.keys(draft).length === 0 ? originals : draft;
    const isPlaced = (name: string): boolean => name.startsWith('/') && !this.#isImage(name);
    // First what comes: so there is a file to show where the one that was open goes.
    for (const name of Object.keys(wanted)) {
      if (!isPlaced(name) || this.find(name) !== undefined) continue;
      const original = ownValue(originals, name) ?? '';
      const made = places.add(name, original);
      made.configure(original);
      this.#editables.push(made);
    }
    const isAway = ({ name }: LabEditable): boolean => isPlaced(name) && !Object.hasOwn(wanted, name);
    for (const one of this.#editables) if (isAway(one)) places.remove(one.name);
    this.#editables = this.#editables.filter((one) => !isAway(one));
  }

  /** Whether a text is another than the lab came with. */
  #isOther({ name, isChanged }: LabEditable): boolean {
    const { places, originals } = this.#options;
    return isChanged || (places !== null && !this.#isImage(name) && !Object.hasOwn(originals, name));
  }

  #isImage(name: string): boolean {
    return this.#options.image.has(name);
  }

  /** Shows what a store has, or else these texts. */
  #load(store: DraftStore, texts: Draft = {}): void {
    const { words } = this.#options;
    const draft = store.load();
    this.#taken = store === this.#own ? (this.#away.load()?.texts ?? null) : null;
    this.#setTexts(draft?.texts ?? texts);
    this.#show(draft === null ? '' : draft.fits ? words.kept : words.older);
  }

  #keep(): void {
    const { words } = this.#options;
    if (this.isChanged || this.#lent !== null) {
      const store = this.#lent?.store ?? this.#own;
      this.#show(store.save(this.#draft()) ? words.kept : words.notKept);
    } else {
      this.#own.forget();
      this.#show('');
    }
  }

  #draft(): Draft {
    if (this.#options.places !== null) return this.all();
    const changed = this.#editables.filter((one) => one.isChanged).map(({ name, text }) => [name, text]);
    return { ...this.#orphans, ...this.#unopened, ...(Object.fromEntries(changed) as Draft) };
  }

  #show(note: string): void {
    this.#note = note;
    const { note: whose = '', names = null } = this.#lent ?? {};
    this.#edits.show({
      note: `${whose} ${note}`.trim(),
      changed: this.#changed(),
      lost: this.#orphans,
      taken: this.#taken !== null,
      lent: names,
    });
  }

  #changed(): readonly ChangedText[] {
    const { words, places, originals } = this.#options;
    const gone =
      places === null ? [] : Object.keys(originals).filter((name) => this.find(name) === undefined);
    return [
      ...gone.map((name) => ({ title: name, original: ownValue(originals, name) ?? '', text: '' })),
      ...this.#editables
        .filter((one) => this.#isOther(one))
        .map(({ name, original, text }) => ({ title: name === EVENT ? words.event : name, original, text })),
      ...Object.entries(this.#unopened).map(([name, text]) => ({
        title: name,
        original: '',
        text,
      })),
    ];
  }
}
