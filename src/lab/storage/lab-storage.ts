/**
 * `<lab-storage>`: the panes Files and Bucket. They show the disk and the buckets as they are at a moment of a run, or
 * at its end; a file or object opens below its list (a text of the platform's, or of the function's, where the
 * lab shows those: by the event `lab-open-file`), and everything can be downloaded. What it has to say it says by
 * the event `lab-say`, in the lab's one status.
 */
import { ownValue } from '../../trace/own-value.ts';
import { broughtToLab } from '../brought-labs.ts';
import type { Files } from '../../sandbox/protocol.ts';
import { send } from '../events.ts';
import { findPart } from '../find-part.ts';
import { BytesNotKept, StorageBytes } from './storage-bytes.ts';
import type { StorageData } from './storage-data.ts';
import { bucketsToMarkup, byKey, folderToMarkup, objectToName, type RowSetting } from './markup.ts';
import { StorageState } from './storage-state.ts';
import type { DiskFile, BucketObject } from './storage.ts';
import { readLabData, readLabDisk, readLabPage, type LabPage } from '../page-data.ts';
import { markupToNode, type Markup } from '../markup.ts';
import { bringPart, partToSaid } from '../part-missing.ts';
import type { RunLog } from '../run-log.ts';
import type { MomentPane, Shown } from '../time/moment-pane.ts';
import { guardView, tryView } from '../view-fault.ts';

type PaneName = 'files' | 'bucket';

/** Milliseconds between two drawings of lists that grow: none of them is looked at for less. */
const PAUSE = 200;

/** Milliseconds of a frame that reading what a run has left may take. */
const BUSY = 12;

/** The element. */
export class LabStorage extends HTMLElement implements MomentPane {
  #page: LabPage | null = null;
  #pages: Readonly<Record<string, string>> = {};
  #bytes: StorageBytes | null = null;
  #state: StorageState | null = null;
  readonly #closed = new Set<string>();
  #frame: number | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** What the lists show, and since when. */
  #stamp = '';
  #drawn = -Infinity;
  #stopping = new AbortController();

  connectedCallback(): void {
    const lab = this.closest('lab-root');
    if (lab === null) return;
    const page = readLabPage(this.ownerDocument);
    const { places, platform, task } = readLabData(lab);
    this.#page = page;
    this.#pages = places.image;
    // Page and script come from one build.
    const own = JSON.parse(findPart(this, 'script', HTMLScriptElement).textContent) as StorageData;
    const data = { ...own, image: readLabDisk(lab).sizes };
    this.#bytes = new StorageBytes(platform, page, broughtToLab(lab)?.bytesOf ?? null);
    this.#state = new StorageState(data, task, this.#bytes);
    for (const button of this.querySelectorAll<HTMLButtonElement>('.lab-storage-all')) {
      button.addEventListener('click', () => {
        void this.#downloadAll(paneOf(button));
      });
    }
    for (const button of this.querySelectorAll('.lab-storage-stop')) {
      button.addEventListener('click', () => {
        this.#stopping.abort();
      });
    }
    this.addEventListener('click', (event) => {
      this.#press(event);
    });
    this.addEventListener('keydown', (event) => {
      const place =
        event.target instanceof Element ? event.target.closest<HTMLElement>('.lab-storage-open') : null;
      if (event.key === 'Escape' && place !== null) findPart(place, '.lab-close', HTMLButtonElement).click();
    });
  }

  /** Draws what the page has, with what only a script can do; the lab hears the counts. */
  begin(): void {
    if (this.isConnected && this.#frame === null) this.#catchUp();
  }

  disconnectedCallback(): void {
    this.#stopping.abort();
    clearTimeout(this.#timer);
    if (this.#frame !== null) cancelAnimationFrame(this.#frame);
    this.#frame = null;
  }

  /** The recorded run again. */
  reset(): void {
    this.#state?.reset();
    this.#drawSoon();
  }

  /** The next run finds the buckets empty. */
  forgetBuckets(): void {
    this.#state?.forgetBuckets();
  }

  /** A run of the reader has started: one in a new environment on a fresh disk with these files, any other on what the last one left. */
  runStarted(fresh: boolean, task: Files, log: RunLog): void {
    this.#state?.runStarted(fresh, task, log);
    this.#drawSoon();
  }

  /** The run's log has grown; these are the bytes that its new events name. */
  add(blobs: Readonly<Record<string, Uint8Array>>): void {
    this.#state?.add(blobs);
    const rest = this.#drawn + PAUSE - performance.now();
    if (rest <= 0) this.#drawSoon();
    else
      this.#timer ??= setTimeout(() => {
        this.#drawSoon();
      }, rest);
  }

  show(shown: Shown | null): void {
    this.#state?.see(shown);
    this.#drawSoon();
  }

  #drawSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#frame ??= requestAnimationFrame(() => {
      this.#frame = null;
      this.#catchUp();
    });
  }

  #catchUp(): void {
    const begun = performance.now();
    tryView(this, () => {
      // A run may leave tens of thousands of files at once: they are counted over some frames.
      if (this.#state?.goOn(() => performance.now() - begun > BUSY) === false) this.#drawSoon();
      else this.#draw();
    });
  }

  #draw(): void {
    const state = this.#state;
    // Most steps change nothing here.
    if (this.#page === null || state === null || this.#stamp === state.stamp) return;
    this.#stamp = state.stamp;
    this.#drawn = performance.now();
    const setting = this.#setting(this.#page, state);
    const { buckets, counts } = state;
    this.#fill('files', (body) => {
      for (const details of body.querySelectorAll('details')) {
        const { path = '' } = details.dataset;
        if (details.open) this.#closed.delete(path);
        else this.#closed.add(path);
      }
      return [folderToMarkup(state.tree.shown(), setting)];
    });
    this.#fill('bucket', () => bucketsToMarkup(buckets, setting));
    this.#part('files', '.lab-storage-all').hidden = state.disk.size === 0;
    this.#part('bucket', '.lab-storage-all').hidden = counts.bucket === 0;
    for (const view of ['files', 'bucket'] as const) send(this, 'lab-count', { view, count: counts[view] });
  }

  /** Draws the list of one pane; a fault in it is none of the other's. */
  #fill(pane: PaneName, draw: (body: HTMLElement) => readonly Markup[]): void {
    const body = this.#part(pane, '.lab-storage-body');
    guardView(body.closest<HTMLElement>('.view-storage') ?? this, () => {
      body.classList.toggle('is-empty', pane === 'bucket' && this.#state?.buckets.size === 0);
      // Until then each row keeps room for what only this draws into it.
      body.classList.add('is-drawn');
      const { activeElement } = this.ownerDocument;
      const held = activeElement !== null && body.contains(activeElement) ? keyOf(activeElement) : '';
      body.replaceChildren(...draw(body).map((part) => markupToNode(part, this.ownerDocument)));
      if (held === '') return;
      // What takes the place of what had the focus has it, else the next key would begin at the top of the page.
      const rows = body.querySelectorAll<HTMLElement>('a, button, summary');
      Array.from(rows)
        .find((row) => keyOf(row) === held)
        ?.focus({ preventScroll: true });
    });
  }

  #setting({ words, language }: LabPage, { now }: StorageState): RowSetting {
    return {
      language,
      words,
      pageOf: (file) => (file.from === 'image' ? (ownValue(this.#pages, file.path) ?? null) : null),
      live: { now, closed: this.#closed },
    };
  }

  /** A name opens what it names, the arrow behind it hands it over. */
  #press(event: MouseEvent): void {
    const { target } = event;
    if (!(target instanceof Element) || this.#state === null) return;
    const opener = target.closest('.lab-storage-row')?.querySelector<HTMLElement>('[data-stored]');
    const button = target.closest('.lab-storage-save, [data-stored]');
    if (!opener || button === null) return;
    const name = opener.dataset.stored ?? '';
    const stored = paneOf(opener) === 'files' ? this.#state.disk.get(name) : objectNamed(this.#state, name);
    if (stored === undefined) return;
    if (button !== opener) void this.#download(stored);
    else if (!event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      void this.#open(stored, opener);
    }
  }

  async #open(stored: DiskFile | BucketObject, from: HTMLElement): Promise<void> {
    if (this.#page === null) return;
    if (from instanceof HTMLAnchorElement && 'from' in stored) {
      send(this, 'lab-open-file', { path: stored.path, line: 1, from });
      return;
    }
    const { words, language } = this.#page;
    const view = bringPart(() => import('./storage-view.ts'), 'storage-view').catch((error: unknown) => {
      this.#say(partToSaid(error, words.problem).text);
      return null;
    });
    const bytes = await this.#bytesOrNull(stored);
    const showStored = (await view)?.showStored;
    if (bytes === undefined || showStored === undefined) return;
    const pane = 'from' in stored ? 'files' : 'bucket';
    const place = this.#part(pane, '.lab-storage-open');
    showStored(place, stored, bytes, {
      words: words.storage,
      language,
      close: () => {
        place.hidden = true;
        place.replaceChildren();
        // Its row may have been drawn anew since, or be of another moment.
        const name = `[data-stored="${CSS.escape(from.dataset.stored ?? '')}"]`;
        const opener = this.#part(pane, '.lab-storage-body').querySelector<HTMLElement>(name);
        (opener ?? this.#part(pane, '.lab-storage-all')).focus();
      },
    });
  }

  async #download(stored: DiskFile | BucketObject): Promise<void> {
    const bytes = await this.#bytesOrNull(stored);
    if (bytes === undefined || this.#page === null) return;
    const { storage: words } = this.#page.words;
    if (bytes === null) {
      this.#say(words.tooLarge);
      return;
    }
    try {
      const { saveBytes } = await import('./save-bytes.ts');
      saveBytes('from' in stored ? stored.path : stored.key, [bytes], this.ownerDocument);
    } catch (error) {
      await this.#sayFault(error, words.notSaved);
    }
  }

  async #downloadAll(pane: PaneName): Promise<void> {
    const state = this.#state;
    if (this.#page === null || this.#bytes === null || state === null) return;
    const progress = findPart(this, `[data-view="${pane}"] progress`, HTMLProgressElement);
    const stop = this.#part(pane, '.lab-storage-stop');
    this.#stopping = new AbortController();
    const { words } = this.#page;
    const script = bringPart(() => import('./storage-download.ts'), 'storage-download').catch(() => null);
    await catchUp(state);
    const downloadStored = (await script)?.downloadStored;
    if (downloadStored === undefined) {
      this.#say(words.storage.unreachable);
      return;
    }
    await downloadStored(storedIn(state, pane), {
      name: `${this.closest('lab-root')?.id ?? ''}-${pane}.zip`,
      namesBuckets: state.buckets.size > 1,
      bytes: this.#bytes,
      page: this.#page,
      sayFault: (error, full) => this.#sayFault(error, full),
      document: this.ownerDocument,
      signal: this.#stopping.signal,
      progress: (share) => {
        progress.hidden = stop.hidden = share === null;
        progress.value = share ?? 0;
      },
      say: (text) => {
        this.#say(text);
      },
    });
  }

  /** Null for bytes that no trace carried; undefined when they could not be fetched, which is said. */
  async #bytesOrNull(stored: DiskFile | BucketObject): Promise<Uint8Array<ArrayBuffer> | null | undefined> {
    try {
      return (await this.#bytes?.of(stored)) ?? null;
    } catch (error) {
      if (error instanceof BytesNotKept) return null;
      await this.#sayFault(error, this.#page?.words.storage.notSaved ?? '');
      return undefined;
    }
  }

  async #sayFault(error: unknown, full: string): Promise<void> {
    const page = this.#page;
    if (page === null) return;
    try {
      const { storedFaultToText } = await import('../sandbox.ts');
      this.#say(await storedFaultToText(error, page, full));
    } catch (cause) {
      this.#say(partToSaid(cause, page.words.problem).text);
    }
  }

  #say(text: string): void {
    send(this, 'lab-say', text);
  }

  #part(pane: PaneName, selector: string): HTMLElement {
    return findPart(this, `[data-view="${pane}"] ${selector}`, HTMLElement);
  }
}

/** The pane that an element of it lies in. */
function paneOf(element: Element): PaneName {
  return element.closest<HTMLElement>('[data-view]')?.dataset.view === 'files' ? 'files' : 'bucket';
}

/** What tells apart what can have the focus in a list: the label of a button, the name of a file, the path of a folder; else ''. */
function keyOf(element: Element): string {
  const { dataset, parentElement } = element as HTMLElement;
  return element.ariaLabel ?? dataset.stored ?? parentElement?.dataset.path ?? '';
}

function objectNamed({ buckets }: StorageState, name: string): BucketObject | undefined {
  for (const objects of buckets.values())
    for (const object of objects.values()) if (objectToName(object) === name) return object;
  return undefined;
}

/** All that a pane holds, in its order. */
function storedIn({ disk, buckets }: StorageState, pane: PaneName): readonly (DiskFile | BucketObject)[] {
  if (pane === 'files') return [...disk.values()];
  return [...buckets.values()].flatMap((objects) => [...objects.values()].sort(byKey));
}

/** Lets all happen that the log has told, and the page have its turn meanwhile. */
async function catchUp(state: StorageState): Promise<void> {
  for (;;) {
    const begun = performance.now();
    if (state.goOn(() => performance.now() - begun > BUSY)) return;
    await new Promise((resolve) => setTimeout(resolve));
  }
}

customElements.define('lab-storage', LabStorage);
