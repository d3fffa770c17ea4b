/**
 * The functions that a reader keeps by name, at work above the playground's bench. Nothing that is on the bench or kept is lost: what
 * is opened takes the place of what has been saved before, a change from another tab is offered, and a deletion can be undone.
 * Where the browser keeps nothing, a zip is offered. It comes when it is wanted (`lab-functions.ts`).
 */
import { findPart } from '../find-part.ts';
import type { CodeRecord } from '../link/code-record.ts';
import { LinkFault } from '../link/link-fault.ts';
import { fetchLinkData } from '../link/link-data.ts';
import { readLabPage } from '../page-data.ts';
import { recordOf } from '../playground/bench.ts';
import { LabPlayground } from '../playground/lab-playground.ts';
import { fill, type FunctionWords } from '../words.ts';
import { drawFunctions, focusRow, pressToAct, type RowAct } from './function-list.ts';
import { FunctionFault, FunctionStore, MAX_NAME, readKept, type KeptFunction } from './function-store.ts';
import { KeptNote } from './kept-note.ts';
import { NameForm } from './name-form.ts';
import { openShelf } from './open-shelf.ts';
import { isSameRecord, PresentFunction } from './present-function.ts';

/** Where tabs tell one another that something is otherwise. */
const CHANNEL = 'functions';

/** The text of a platform's test; null where it has none. Rejects where it cannot be had. */
export type LoadTest = (platform: string) => Promise<string | null>;

/** The functions, in their element and beside their playground. */
export class KeptFunctions {
  readonly #element: HTMLElement;
  readonly #playground: LabPlayground;
  readonly #loadTest: LoadTest;
  readonly #words: FunctionWords;
  readonly #form: NameForm;
  readonly #note: KeptNote;
  readonly #channel = new BroadcastChannel(CHANNEL);
  readonly #store = new FunctionStore(openShelf(window), {
    now: () => Date.now(),
    // An origin that is not secure has no `randomUUID`.
    newId: () => crypto.getRandomValues(new BigUint64Array(2)).join('-'),
    changed: () => {
      this.#channel.postMessage(null);
    },
  });
  readonly #present = new PresentFunction();
  #all: readonly KeptFunction[] = [];
  /** The name of a function that another tab has deleted: it is proposed when the reader saves. */
  #goneName = '';
  #isDrawing = false;

  /** Makes an element's buttons work from now on. Rejects where the words cannot be fetched. */
  static async begin(
    element: HTMLElement,
    loadTest: LoadTest,
    signal: AbortSignal,
  ): Promise<KeptFunctions | null> {
    const { functions } = await fetchLinkData(readLabPage(element.ownerDocument));
    if (signal.aborted) return null;
    const begun = new KeptFunctions(element, functions, loadTest, signal);
    await begun.#refresh();
    await begun.#guard(() => {
      begun.#recall();
      return Promise.resolve();
    });
    return begun;
  }

  private constructor(element: HTMLElement, words: FunctionWords, loadTest: LoadTest, signal: AbortSignal) {
    const playground = element.closest('lab-playground');
    if (!(playground instanceof LabPlayground)) throw new Error('Functions are kept from a playground.');
    this.#element = element;
    this.#playground = playground;
    this.#loadTest = loadTest;
    this.#words = words;
    this.#form = new NameForm(findPart(element, '.kept-form', HTMLFormElement), signal);
    this.#note = new KeptNote(findPart(element, '.kept-note', HTMLElement));
    this.#present.load();
    this.#channel.addEventListener('message', () => void this.#refresh(), { signal });
    signal.addEventListener('abort', () => {
      this.#channel.close();
    });
    playground.addEventListener(
      'lab-texts',
      () => {
        this.#followTexts();
      },
      { signal },
    );
    // Ahead of the playground itself, whose button and sentence are gone afterwards.
    playground.addEventListener(
      'click',
      ({ target }) => {
        this.#followBench(target);
      },
      { signal, capture: true },
    );
  }

  /** Does what a button of the element is for; nothing for anything else. */
  press(target: EventTarget | null): void {
    const row = pressToAct(target);
    const button = target instanceof Element ? target.closest<HTMLElement>('[data-kept]') : null;
    if (row !== null) void this.#guard(() => this.#actOn(row.act, row.id));
    else if (button !== null) void this.#guard(() => this.#press(button.dataset.kept ?? ''));
  }

  /** The whole function on the bench: it stays with the reader, so its variables do, too. */
  get #record(): CodeRecord {
    return recordOf(this.#playground.shown, true);
  }

  /** Whether the bench shows a link's code; the reader's own is behind it. */
  get #isLent(): boolean {
    return this.#playground.shown.host.texts.isLent;
  }

  async #press(name: string): Promise<void> {
    const form = this.#form;
    const note = this.#note;
    switch (name) {
      case 'save':
        return this.#save();
      case 'saveAs':
        this.#askForName();
        return;
      case 'zip':
        return this.#pack();
      case 'cancel':
        form.cancel();
        return;
      case 'dismiss':
        note.hide();
        return;
      default:
        return note.act(name);
    }
  }

  async #actOn(act: RowAct, id: string): Promise<void> {
    const words = this.#words;
    const note = this.#note;
    const kept = this.#all.find((one) => one.id === id);
    if (kept === undefined) throw new FunctionFault('gone');
    switch (act) {
      case 'open':
        return this.#open(kept);
      case 'rename':
        this.#askForNewName(kept);
        return;
      case 'duplicate': {
        const copy = await this.#store.duplicate(id, (name) => fill(words.copyOf, { name }));
        await this.#refresh();
        note.say(fill(words.say.duplicated, { name: copy.name }));
        return;
      }
      case 'remove':
        return this.#remove(kept);
      default:
        act satisfies never;
    }
  }

  async #save(): Promise<void> {
    const known = this.#isLent ? null : this.#present.known;
    if (known === null) {
      this.#askForName();
      return;
    }
    try {
      this.#present.set(await this.#store.save(known, this.#record));
    } catch (error) {
      if (!(error instanceof FunctionFault) || (error.key !== 'conflict' && error.key !== 'gone'))
        throw error;
      // What another tab has done is said, with what there is to choose from.
      await this.#refresh();
      const there = this.#all.find(({ id }) => id === known.id);
      if (there === undefined) return;
      this.#offerTheirs(there, fill(this.#words.fault.conflict, { name: there.name }));
      findPart(this.#element, '[data-kept="keepMine"]', HTMLElement).focus();
      return;
    }
    await this.#refresh();
    const words = this.#words;
    const note = this.#note;
    note.say(fill(words.say.saved, { name: known.name }));
  }

  #askForName(): void {
    const words = this.#words;
    const form = this.#form;
    const note = this.#note;
    const isLent = this.#isLent;
    const given = isLent ? '' : (this.#present.known?.name ?? this.#goneName);
    const from = findPart(this.#element, '[data-kept="saveAs"]', HTMLElement);
    const submit = (name: string): Promise<void> =>
      this.#named(name, async () => {
        const kept = await this.#store.saveAs(name, this.#record);
        form.cancel();
        // A link's code stays a link's on the bench.
        if (!isLent) this.#present.set(kept);
        await this.#refresh();
        note.say(fill(words.say.saved, { name: kept.name }));
      });
    form.open({ given, submit, from }, null);
  }

  #askForNewName({ id, name: before }: KeptFunction): void {
    const words = this.#words;
    const form = this.#form;
    const note = this.#note;
    const list = findPart(this.#element, '.kept-list', HTMLElement);
    const submit = (name: string): Promise<void> =>
      this.#named(name, async () => {
        const renamed = await this.#store.rename(id, name);
        form.close();
        await this.#refresh();
        note.say(fill(words.say.renamed, { before, name: renamed.name }));
        focusRow(list, id, 'rename');
      });
    const row = list.querySelector(`[data-id="${CSS.escape(id)}"]`);
    form.open(
      { given: before, submit, from: row?.querySelector<HTMLElement>('[data-act="rename"]') ?? null },
      row,
    );
  }

  /** Does what needs a name; what is wrong with the name is said beside it. Never rejects. */
  #named(name: string, change: () => Promise<void>): Promise<void> {
    return this.#guard(async () => {
      try {
        await change();
      } catch (error) {
        const key = error instanceof FunctionFault ? error.key : null;
        if (key !== 'taken' && key !== 'empty' && key !== 'long') throw error;
        const words = this.#words;
        const form = this.#form;
        form.fail(fill(words.fault[key], { name: name.trim(), most: MAX_NAME }));
      }
    });
  }

  /** Puts a kept function on the bench; what is there and is kept nowhere gets a name first. */
  async #open(kept: KeptFunction): Promise<void> {
    const words = this.#words;
    const note = this.#note;
    const record = readKept(kept);
    // Behind a link's code is the reader's own.
    for (const lab of this.#playground.labs) lab.host.texts.leaveLent();
    const names: string[] = [];
    for (const unsaved of this.#unsaved())
      names.push((await this.#store.saveBeside(unsaved.name, unsaved.record)).name);
    const sentence =
      names.length === 0
        ? fill(words.say.opened, { name: kept.name })
        : fill(words.say.openedKept, { name: kept.name, kept: names.join(', ') });
    this.#playground.putRecord(record, sentence);
    this.#present.setByOpening(kept, sentence);
    note.hide();
    await this.#refresh();
  }

  /** What the benches hold of the reader's own that is kept nowhere, each with a name for it. */
  #unsaved(): readonly { readonly name: string; readonly record: CodeRecord }[] {
    const { untitled, unsavedOf } = this.#words;
    const { shown, apart } = this.#playground;
    const { known } = this.#present;
    const isUnsaved = known === null ? shown.host.texts.isChanged : this.#present.isUnsaved(this.#record);
    const name = known === null ? untitled : fill(unsavedOf, { name: known.name });
    const others = apart.map((lab) => ({ name: untitled, record: recordOf(lab, true) }));
    return [...(isUnsaved ? [{ name, record: this.#record }] : []), ...others].filter(
      (one) => !this.#all.some(({ record }) => isSameRecord(record, one.record)),
    );
  }

  async #remove({ id }: KeptFunction): Promise<void> {
    const words = this.#words;
    const note = this.#note;
    const { wayBack, known } = this.#present;
    const isPresent = known?.id === id;
    const removed = await this.#store.remove(id);
    if (isPresent) this.#present.set(null);
    await this.#refresh();
    note.offer(fill(words.say.removed, { name: removed.name }), {
      undo: async () => {
        const restored = await this.#store.restore(removed);
        if (isPresent) wayBack();
        await this.#refresh();
        note.say(fill(words.say.restored, { name: restored.name }));
        focusRow(findPart(this.#element, '.kept-list', HTMLElement), id, 'remove');
      },
    });
    findPart(this.#element, '[data-kept="undo"]', HTMLElement).focus();
  }

  async #pack(): Promise<void> {
    const words = this.#words;
    const note = this.#note;
    const { shown } = this.#playground;
    const name = (this.#isLent ? null : this.#present.known?.name) ?? words.untitled;
    try {
      const { packFunction } = await import('./pack-function.ts');
      const file = await packFunction(
        shown,
        name,
        await this.#loadTest(shown.host.data.platform),
        words.readme,
      );
      note.say(fill(words.say.packed, { file }));
    } catch (error) {
      const { path, zip } = words.fault;
      note.say(error instanceof LinkFault ? fill(path, { about: error.about }) : zip);
    }
  }

  /** Reads what is kept anew, and says what another tab has done to the function on the bench. */
  async #refresh(): Promise<void> {
    try {
      this.#all = await this.#store.list();
    } catch {
      // Whoever wants to keep something there learns why that is not possible.
      this.#all = [];
      this.#draw();
      return;
    }
    if (!this.#element.isConnected) return;
    const { known } = this.#present;
    const there = this.#all.find(({ id }) => id === known?.id);
    if (known !== null && there === undefined) {
      this.#goneName = known.name;
      this.#present.set(null);
      this.#note.offer(fill(this.#words.say.gone, { name: known.name }), {});
    } else if (known !== null && there !== undefined) {
      if (there.revision === known.revision || isSameRecord(there.record, this.#record))
        this.#present.set(there);
      else {
        const time = new Intl.DateTimeFormat(document.documentElement.lang, { timeStyle: 'short' });
        const when = time.format(there.changed);
        this.#offerTheirs(there, fill(this.#words.say.theirs, { name: there.name, when }));
      }
    }
    this.#draw();
  }

  /** Where the browser has not kept what was on the bench, or its text was taken away, its function is there as it was saved. */
  #recall(): void {
    const { known } = this.#present;
    const there = this.#all.find(({ id }) => id === known?.id);
    const hasDraft = this.#playground.labs.some(({ host }) => host.texts.isChanged || host.texts.isLent);
    if (there === undefined || hasDraft || isSameRecord(there.record, this.#record)) return;
    this.#playground.putRecord(readKept(there), fill(this.#words.say.opened, { name: there.name }));
    this.#present.set(there);
    this.#draw();
  }

  #offerTheirs(there: KeptFunction, sentence: string): void {
    const words = this.#words;
    const note = this.#note;
    note.offer(sentence, {
      openTheirs: () => this.#open(there),
      keepMine: async () => {
        const copy = await this.#store.saveBeside(fill(words.copyOf, { name: there.name }), this.#record);
        this.#present.set(copy);
        await this.#refresh();
        note.say(fill(words.say.saved, { name: copy.name }));
      },
    });
  }

  /** The bench's own buttons take back, or bring from another tab, what may be of another function. */
  #followBench(target: EventTarget | null): void {
    if (!(target instanceof Element)) return;
    if (target.closest('.playground-undo') !== null)
      this.#present.takeBack(this.#playground.querySelector('.playground-says')?.textContent ?? '');
    else if (target.closest('.playground-other') !== null) this.#present.load();
    else return;
    void this.#refresh();
  }

  #followTexts(): void {
    // Each key is one; what is drawn is drawn once a frame.
    if (this.#isDrawing) return;
    this.#isDrawing = true;
    requestAnimationFrame(() => {
      this.#isDrawing = false;
      if (this.#element.isConnected) this.#drawPresent();
    });
  }

  #draw(): void {
    const words = this.#words;
    const form = this.#form;
    const list = findPart(this.#element, '.kept-list', HTMLElement);
    const { row } = form;
    if (row !== null) form.place(null);
    drawFunctions(list, this.#all, this.#present.known?.id ?? null, words, document.documentElement.lang);
    if (row !== null) {
      const again = list.querySelector(`[data-id="${CSS.escape(row)}"]`);
      if (again === null) form.close();
      else form.place(again);
    }
    findPart(this.#element, '.kept-empty', HTMLElement).hidden = this.#all.length > 0;
    const count = findPart(this.#element, '.kept-count', HTMLElement);
    count.textContent = this.#all.length === 0 ? '' : String(this.#all.length);
    this.#drawPresent();
  }

  #drawPresent(): void {
    const { unnamed, foreign, saved, unsaved } = this.#words;
    const known = this.#isLent ? null : this.#present.known;
    const isUnsaved = known !== null && this.#present.isUnsaved(this.#record);
    findPart(this.#element, '.kept-name', HTMLElement).textContent = known?.name ?? '';
    findPart(this.#element, '.kept-state', HTMLElement).textContent = this.#isLent
      ? foreign
      : known === null
        ? unnamed
        : isUnsaved
          ? unsaved
          : saved;
    // The draft that the browser keeps is this tab's from now on.
    if (isUnsaved) this.#present.keep();
  }

  /** Does something; what cannot be done is said, with a zip where nothing could be kept. Never rejects. */
  async #guard(act: () => Promise<void>): Promise<void> {
    try {
      await act();
    } catch (error) {
      const words = this.#words;
      const form = this.#form;
      const note = this.#note;
      const key =
        error instanceof FunctionFault ? error.key : error instanceof LinkFault ? 'unreadable' : 'refused';
      if (!(error instanceof FunctionFault || error instanceof LinkFault)) reportError(error);
      form.close();
      const sentence = fill(words.fault[key], { name: this.#present.known?.name ?? '', most: MAX_NAME });
      const isLost = key === 'full' || key === 'refused';
      note.offer(sentence, isLost ? { zipNow: () => this.#pack() } : {});
    }
  }
}
