/**
 * `<lab-playground>`: the benches of the playground, one a platform, as one function. It goes along when the reader changes the
 * platform, is shared as a link, and takes what is dropped on the page. What takes something away can be undone.
 */
import { ownValue } from '../../trace/own-value.ts';
import { findStorage, openDraft, type Draft } from '../code/drafts.ts';
import { EVENT } from '../code/text-names.ts';
import { findPart } from '../find-part.ts';
import { LabGroup } from '../lab-group.ts';
import { LabRoot } from '../lab-root.ts';
import type { CodeRecord } from '../link/code-record.ts';
import { LinkFault } from '../link/link-fault.ts';
import { openLinkStore } from '../link/link-host.ts';
import { fill, type PlaygroundWords } from '../words.ts';
import { carryTexts, recordToTexts } from './bench-record.ts';
import { placeOf, putTexts } from './bench.ts';
import { nameToPath, pathToTyped } from './file-names.ts';
import { readPlaygroundWords } from './playground-words.ts';
import { readTextFile } from './read-files.ts';

/** Where the browser keeps which bench was shown last. */
const LAST = 'playground';

/** The function of each lab at one moment. */
type Functions = ReadonlyMap<LabRoot, { readonly texts: Draft; readonly isLent: boolean }>;

/** What can be undone. */
interface Done {
  readonly shown: LabRoot;
  readonly before: Functions;
  /** Null until it is done, in the same task. */
  after: Functions | null;
}

/** The element. */
export class LabPlayground extends HTMLElement {
  #listening = new AbortController();
  #words: PlaygroundWords | null = null;
  #done: Done | null = null;
  /** The lab whose function another tab has changed. */
  #elsewhere: LabRoot | null = null;
  /** What is said where there is nothing else to say. */
  #local = '';
  /** The labs whose texts are those of the function that is shown, as they were when the reader left them. */
  readonly #along = new Set<LabRoot>();

  connectedCallback(): void {
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    this.#local = findPart(this, '.playground-says', HTMLElement).textContent;
    this.addEventListener(
      'lab-choose',
      ({ target, detail }) => {
        const to = this.labs.find(({ id }) => id === detail);
        if (target instanceof LabRoot && to !== undefined && to !== target) this.#carry(target, to);
      },
      { signal },
    );
    this.addEventListener(
      'click',
      ({ target }) => {
        if (!(target instanceof Element)) return;
        if (target.closest('.lab-share') !== null) this.#share();
        if (target.closest('.playground-undo') !== null) this.#undo();
        if (target.closest('.playground-other') !== null) this.#takeOther();
      },
      { signal },
    );
    this.#listenToWindow(signal);
    // Behind the group, which follows an address that names a lab.
    queueMicrotask(() => {
      this.#begin();
    });
  }

  disconnectedCallback(): void {
    this.#listening.abort();
  }

  /** Its labs, one a platform. */
  get labs(): readonly LabRoot[] {
    return [...this.querySelectorAll('lab-root')].filter((lab) => lab instanceof LabRoot);
  }

  /** The lab that is shown. */
  get shown(): LabRoot {
    const { shown } = this.#group;
    if (shown === undefined) throw new Error('A playground shows one of its labs.');
    return shown;
  }

  /** The labs that hold another function of the reader's than the one that is shown, on its way from platform to platform. */
  get apart(): readonly LabRoot[] {
    const { shown } = this;
    return this.labs.filter((lab) => lab !== shown && !this.#along.has(lab) && lab.host.texts.isChanged);
  }

  /** The words of the page. */
  get words(): PlaygroundWords {
    return (this.#words ??= readPlaygroundWords(this.ownerDocument));
  }

  /**
   * Puts a function in the place of the one that is shown, which can be undone; `says` is the sentence for that. Throws
   * `LinkFault` where no bench can hold it.
   */
  putRecord(record: CodeRecord, says: string): void {
    const platform = record.platform ?? placeOf(this.shown).platform;
    const lab = this.labs.find((one) => placeOf(one).platform === platform);
    if (lab === undefined) throw new LinkFault('platform', platform);
    const texts = recordToTexts(record, placeOf(lab));
    this.remember(says);
    // What other benches hold is of the function before.
    for (const one of this.labs) {
      one.host.texts.leaveLent();
      putTexts(one, one === lab ? texts : one.host.originals);
    }
    this.#along.clear();
    this.#show(lab);
  }

  /** Takes down what is there now, so that what comes next, in the same task, can be undone; and says what that is. */
  remember(says: string): void {
    const done: Done = { shown: this.shown, before: this.#takeDown(), after: null };
    this.#done = done;
    queueMicrotask(() => {
      done.after = this.#takeDown();
    });
    this.say(says, 'undo');
  }

  /** Says a sentence above the bench, with a button or none. */
  say(sentence: string, button: 'undo' | 'other' | null = null): void {
    findPart(this, '.playground-says', HTMLElement).textContent = sentence || this.#local;
    for (const name of ['undo', 'other'] as const)
      findPart(this, `.playground-${name}`, HTMLButtonElement).hidden = name !== button;
  }

  /** Adds files that a reader has brought to the function that is shown. */
  async addFiles(files: readonly File[]): Promise<void> {
    const lab = this.shown;
    const read = await Promise.all(files.map(async (file) => ({ file, read: await readTextFile(file) })));
    const place = placeOf(lab);
    let texts = lab.host.texts.all();
    const refused: string[] = [];
    const added: string[] = [];
    const replaced: string[] = [];
    for (const { file, read: held } of read) {
      const { name } = file;
      if ('fault' in held) {
        refused.push(fill(this.words.refused[held.fault], { name }));
        continue;
      }
      const others = Object.keys(texts).filter((path) => path.startsWith('/'));
      const own = `${place.taskRoot}/${name}`;
      const named = nameToPath(
        name,
        others.filter((path) => path !== own),
        place,
      );
      if ('fault' in named) refused.push(fill(this.words.name[named.fault], { name, root: place.taskRoot }));
      else {
        (Object.hasOwn(texts, named.path) ? replaced : added).push(named.path);
        texts = { ...texts, [named.path]: held.text };
      }
    }
    if (added.length + replaced.length > 0) {
      const sayOf = (says: string, paths: readonly string[]): readonly string[] => {
        const names = paths.map((path) => pathToTyped(path, place));
        return names.length === 0 ? [] : [fill(says, { name: few(names, ', ') })];
      };
      const { words } = this;
      const done = [...sayOf(words.added, added), ...sayOf(words.replaced, replaced)];
      this.remember([...done, few(refused, ' ')].join(' ').trim());
      putTexts(lab, texts);
      lab.host.say('');
    } else if (refused.length > 0) this.say(few(refused, ' '));
  }

  get #group(): LabGroup {
    return findPart(this, 'lab-group', LabGroup);
  }

  #begin(): void {
    if (!this.isConnected) return;
    const { hash } = location;
    if (hash === '') {
      const last = this.labs.find(({ id }) => id === findStorage(window)?.getItem(LAST));
      if (last !== undefined) this.#group.open(last);
    }
    if (isLink(hash)) this.#openLink(hash, false);
    else {
      const kept = openLinkStore(this.shown.id).load()?.texts.link ?? '';
      if (isLink(kept)) this.#openLink(kept, true);
    }
  }

  #listenToWindow(signal: AbortSignal): void {
    addEventListener(
      'hashchange',
      ({ oldURL }) => {
        const { hash } = location;
        if (isLink(hash)) this.#openLink(hash, false);
        // The browser's Back leaves a link as it has come; a heading's address is somewhere on the same page.
        else if (
          isLink(new URL(oldURL).hash) &&
          (hash === '' || this.labs.some(({ id }) => hash === `#${id}`))
        )
          for (const lab of this.labs) lab.host.texts.leaveLent();
      },
      { signal },
    );
    addEventListener(
      'storage',
      ({ key }) => {
        const changed = this.labs.find(({ id }) => key === `draft:${id}`);
        if (changed === undefined || changed.host.texts.isLent) return;
        this.#elsewhere = changed;
        this.say(this.words.otherTab, 'other');
      },
      { signal },
    );
    addEventListener(
      'dragover',
      (event) => {
        if (event.dataTransfer?.types.includes('Files') === true) event.preventDefault();
      },
      { signal },
    );
    addEventListener(
      'drop',
      (event) => {
        const files = [...(event.dataTransfer?.files ?? [])];
        if (files.length === 0) return;
        // An editor would take them into its own text.
        event.preventDefault();
        event.stopPropagation();
        void this.addFiles(files);
      },
      { signal, capture: true },
    );
  }

  #show(lab: LabRoot): void {
    this.#group.open(lab);
    this.#keepLast(lab);
  }

  #keepLast(lab: LabRoot): void {
    try {
      findStorage(window)?.setItem(LAST, lab.id);
    } catch {
      // The next visit begins with the first platform.
    }
  }

  /** The function goes along to another platform. */
  #carry(from: LabRoot, to: LabRoot): void {
    this.#keepLast(to);
    const { texts } = from.host;
    const other = to.host.texts;
    const { lent } = texts;
    other.leaveLent();
    // Where the reader has not written anything, what they have written there is not to be lost.
    if (lent === null && !texts.isChanged && other.isChanged && !this.#along.has(to)) return;
    const carried = carryTexts(texts.all(), placeOf(from), placeOf(to), other.all());
    if (lent !== null) {
      const store = openDraft(findStorage(window), `${to.id}~along`, () => ({}));
      store.forget();
      other.lend({ ...lent, texts: carried, store, left: () => undefined });
      return;
    }
    const isLost = other.isChanged && !this.#along.has(to) && !isSame(carried, other.all());
    if (isLost) this.remember(this.words.along);
    else this.#forgetUndo();
    this.#along.add(from).add(to);
    putTexts(to, carried);
  }

  #undo(): void {
    const done = this.#done;
    if (done === null) return;
    for (const [lab, { texts: before, isLent }] of done.before) {
      const after = done.after?.get(lab)?.texts ?? before;
      const held = lab.host.texts;
      // A link's code never gets into the reader's own.
      if (held.isLent !== isLent || isSame(before, after)) continue;
      // What the reader has written since stays.
      const rest = Object.entries(held.all()).filter(
        ([name]) => ownValue(before, name) === ownValue(after, name),
      );
      const back = Object.entries(before).filter(([name, text]) => text !== ownValue(after, name));
      putTexts(lab, Object.fromEntries([...rest, ...back]));
    }
    this.#forgetUndo();
    this.#show(done.shown);
    this.say(this.words.undone);
    // The button that was pressed is gone.
    this.shown.querySelector<HTMLElement>('lab-code [aria-selected="true"]')?.focus();
  }

  #takeDown(): Functions {
    return new Map(
      this.labs.map((lab) => {
        const { texts } = lab.host;
        return [lab, { texts: texts.all(), isLent: texts.isLent }];
      }),
    );
  }

  #forgetUndo(): void {
    if (this.#done === null) return;
    this.#done = null;
    this.say('');
  }

  #takeOther(): void {
    const lab = this.#elsewhere;
    if (lab === null) return;
    this.#elsewhere = null;
    this.remember(this.words.tookOther);
    lab.host.texts.reload();
    this.#show(lab);
  }

  #share(): void {
    const { shown, words } = this;
    const box = shown.querySelector<HTMLInputElement>('input[name="share"]');
    import('./share-bench.ts')
      .then(({ shareBench }) => shareBench(shown, box?.checked === true, words.share))
      .catch(() => {
        shown.host.say(shown.host.page.words.problem.page);
      });
  }

  #openLink(fragment: string, isKept: boolean): void {
    const { labs, shown } = this;
    const show = (lab: LabRoot): void => {
      this.#show(lab);
    };
    import('./open-bench-link.ts')
      .then(({ openBenchLink }) => openBenchLink({ labs, shown, show }, fragment, isKept))
      .catch(() => {
        shown.host.say(shown.host.page.words.problem.page);
      });
  }
}

function isLink(fragment: string): boolean {
  return /^#[\w-]+(?:~|%7E)/i.test(fragment);
}

/** The first of them, each once: a reader who has dropped two hundred needs no list of all. */
function few(all: readonly string[], between: string): string {
  const most = 4;
  const items = [...new Set(all)];
  return items.slice(0, most).join(between) + (items.length > most ? `${between}…` : '');
}

function isSame(one: Draft, other: Draft): boolean {
  const names = new Set([...Object.keys(one), ...Object.keys(other), EVENT]);
  return Array.from(names).every((name) => ownValue(one, name) === ownValue(other, name));
}

customElements.define('lab-playground', LabPlayground);
