/**
 * `<lab-holdings>`: the panes Files and Bucket. They show the disk and the buckets as they are at a moment of a run, or
 * at its end; a file or object opens below its list (a text of the platform's, or of the function's, where the
 * lab shows those: by the event `lab-open-file`), and everything can be downloaded. What it has to say it says by
 * the event `lab-say`, in the lab's one status.
 */
import type { Files } from '../sandbox/protocol.ts';
import type { TraceEvent } from '../trace/format.ts';
import type { FileContent } from '../trace/recording.ts';
import { pathsToTree } from './file-tree.ts';
import { findPart } from './find-part.ts';
import { BytesNotKept, HeldBytes } from './held-bytes.ts';
import { isHeldEvent, type HeldData, type HeldEvent } from './held-data.ts';
import { bucketsToNodes, folderToList, objectToName, type RowSetting } from './held-rows.ts';
import { showHeld } from './held-view.ts';
import {
  beginDisk,
  bucketsAfter,
  diskAfter,
  nameBlobs,
  settleDisk,
  type Disk,
  type HeldBuckets,
  type HeldFile,
  type HeldObject,
} from './holdings.ts';
import { readLabData, readLabPage, type LabPage } from './lab-data.ts';
import type { MomentPane, Shown } from './moment-pane.ts';
import { saveBytes } from './save-bytes.ts';
import { fillPlural, fillWords } from './words.ts';
import type { ZippedFile } from './zip-files.ts';

/** Asks the lab to show a text that it has: `from` gets the focus back. */
export type OpenFile = CustomEvent<{
  readonly path: string;
  readonly href: string;
  readonly from: HTMLElement;
}>;

/** Asks the lab to say a sentence. */
export type Say = CustomEvent<string>;

type PaneName = 'files' | 'bucket';

/** What a run began with, and what it has changed. */
interface HeldRun {
  readonly disk: Disk;
  readonly buckets: HeldBuckets;
  readonly events: HeldEvent[];
}

/** The element. */
export class LabHoldings extends HTMLElement implements MomentPane {
  #page: LabPage | null = null;
  #pages: Readonly<Record<string, string>> = {};
  /** The function's files as the page brought them. */
  #task: Readonly<Record<string, FileContent>> = {};
  #bytes: HeldBytes | null = null;
  #data: HeldData | null = null;
  #run: HeldRun = { disk: new Map(), buckets: new Map(), events: [] };
  /** What the buckets really hold: they outlive the recording's being shown again. */
  #living: HeldBuckets = new Map();
  #runs = 0;
  /** Those of the run's events that have happened at the moment that is shown, and how many of them just now. */
  #seen: { readonly events: readonly HeldEvent[]; readonly before: number } = { events: [], before: 0 };
  #closed = new Set<string>();
  #frame: number | null = null;
  #stopping = new AbortController();

  connectedCallback(): void {
    const lab = this.closest('lab-root');
    if (lab === null) return;
    const page = readLabPage(this.ownerDocument);
    const { places, platform, task } = readLabData(lab);
    this.#page = page;
    this.#pages = places.image;
    this.#task = task;
    this.#bytes = new HeldBytes(platform, page);
    this.#data = JSON.parse(findPart(this, 'script', HTMLScriptElement).textContent) as HeldData;
    for (const button of this.querySelectorAll<HTMLButtonElement>('.lab-held-all')) {
      button.hidden = false;
      button.addEventListener('click', () => {
        void this.#downloadAll(button.dataset.of === 'files' ? 'files' : 'bucket');
      });
    }
    for (const button of this.querySelectorAll('.lab-held-stop')) {
      button.addEventListener('click', () => {
        this.#stopping.abort();
      });
    }
    this.addEventListener('keydown', (event) => {
      const place =
        event.target instanceof Element ? event.target.closest<HTMLElement>('.lab-held-open') : null;
      if (event.key === 'Escape' && place !== null) this.#close(place);
    });
    this.reset();
  }

  disconnectedCallback(): void {
    this.#stopping.abort();
    if (this.#frame !== null) cancelAnimationFrame(this.#frame);
    this.#frame = null;
  }

  /** The recorded run again. */
  reset(): void {
    const data = this.#data;
    if (data === null) return;
    for (const [name, content] of Object.entries(data.blobs)) this.#bytes?.keep(`0/${name}`, content);
    for (const [path, content] of Object.entries(this.#task)) this.#bytes?.keep(`task${path}`, content);
    this.#run = {
      disk: beginDisk(data.image, data.task),
      buckets: new Map(),
      events: nameBlobs(data.events, 0),
    };
    this.show(null);
  }

  /** A run of the reader's begins: a cold one on a fresh disk with these files, a warm one on what the last one left. */
  begin(cold: boolean, task: Files): void {
    const data = this.#data;
    if (data === null) return;
    const left = diskAfter(this.#run.disk, onlyFiles(this.#run.events));
    this.#runs += 1;
    this.#run = {
      disk: cold ? this.#freshDisk(data, task) : settleDisk(left),
      buckets: this.#living,
      events: [],
    };
    this.show(null);
  }

  /** The platform's files as they always are, and the function's as they are now. */
  #freshDisk(data: HeldData, task: Files): Disk {
    const sizes = Object.entries(task).map(([path, content]) => {
      const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
      this.#bytes?.keep(`task${path}`, bytes);
      return [path, bytes.length] as const;
    });
    return beginDisk(data.image, Object.fromEntries(sizes));
  }

  /** More of the run's events, with the bytes that they name. */
  add(events: readonly TraceEvent[], blobs: Readonly<Record<string, Uint8Array>>): void {
    for (const [name, bytes] of Object.entries(blobs))
      this.#bytes?.keep(`${String(this.#runs)}/${name}`, bytes);
    const held = nameBlobs(events.filter(isHeldEvent), this.#runs);
    if (held.length === 0) return;
    for (const event of held) this.#run.events.push(event);
    this.#living = bucketsAfter(this.#living, onlyObjects(held));
    this.show(null);
  }

  show(shown: Shown | null): void {
    const { events } = this.#run;
    if (shown === null) this.#seen = { events, before: events.length };
    else {
      const { moment, replay } = shown;
      const count = moment.objects.length + moment.files.length;
      const last = moment.step > 1 ? replay.at(moment.step - 1) : null;
      const before = last === null ? 0 : last.objects.length + last.files.length;
      this.#seen = { events: events.slice(0, count), before };
    }
    this.#frame ??= requestAnimationFrame(() => {
      this.#frame = null;
      this.#draw();
    });
  }

  get #disk(): Disk {
    return diskAfter(this.#run.disk, onlyFiles(this.#seen.events));
  }

  get #buckets(): HeldBuckets {
    return bucketsAfter(this.#run.buckets, onlyObjects(this.#seen.events));
  }

  #draw(): void {
    if (this.#page === null || this.#data === null) return;
    const setting = this.#setting(this.#page);
    const files = this.#part('files', '.lab-held');
    for (const details of files.querySelectorAll('details')) {
      const { path = '' } = details.dataset;
      if (details.open) this.#closed.delete(path);
      else this.#closed.add(path);
    }
    files.replaceChildren(folderToList(pathsToTree(this.#disk.values(), this.#data.folders), setting));
    this.#part('bucket', '.lab-held').replaceChildren(...bucketsToNodes(this.#buckets, setting));
  }

  #setting({ words, language }: LabPage): RowSetting {
    const { events, before } = this.#seen;
    const now = events.slice(before).flatMap((event) => {
      if (event.kind === 'bucket') return [];
      return [event.kind === 'file' ? event.path : objectToName(event)];
    });
    return {
      document: this.ownerDocument,
      language,
      words: words.held,
      now: new Set(now),
      closed: this.#closed,
      pageOf: (file) => (file.from === 'image' ? (this.#pages[file.path] ?? null) : null),
      open: (held, from) => void this.#open(held, from),
      download: (held) => void this.#download(held),
    };
  }

  async #open(held: HeldFile | HeldObject, from: HTMLElement): Promise<void> {
    if (this.#page === null) return;
    if (from instanceof HTMLAnchorElement && 'from' in held) {
      const detail = { path: held.path, href: from.href, from };
      this.dispatchEvent(new CustomEvent('lab-open-file', { bubbles: true, detail }));
      return;
    }
    const bytes = await this.#bytesOrNull(held);
    if (bytes === undefined) return;
    const place = this.#part('from' in held ? 'files' : 'bucket', '.lab-held-open');
    const { words, language } = this.#page;
    showHeld(place, held, bytes, {
      words: words.held,
      language,
      close: () => {
        this.#close(place);
        from.focus();
      },
    });
  }

  #close(place: HTMLElement): void {
    place.hidden = true;
    place.replaceChildren();
  }

  async #download(held: HeldFile | HeldObject): Promise<void> {
    const bytes = await this.#bytesOrNull(held);
    if (bytes === undefined) return;
    if (bytes === null) {
      this.#say(this.#page?.words.held.tooLarge ?? '');
      return;
    }
    try {
      saveBytes('from' in held ? held.path : held.key, [bytes], this.ownerDocument);
    } catch (error) {
      this.#say(this.#errorToWords(error));
    }
  }

  async #downloadAll(pane: PaneName): Promise<void> {
    const held: readonly (HeldFile | HeldObject)[] =
      pane === 'files'
        ? [...this.#disk.values()]
        : [...this.#buckets.values()].flatMap((all) => [...all.values()]);
    if (this.#page === null) return;
    const { words, language } = this.#page;
    // What no trace carried is not in the archive either; the pane says so where the file is opened.
    const there = held.filter((one) => ('from' in one && one.from !== 'blob') || one.blob !== null);
    if (there.length === 0) {
      this.#say(words.held.nothing);
      return;
    }
    const progress = this.#part(pane, 'progress') as HTMLProgressElement;
    const stop = this.#part(pane, '.lab-held-stop');
    this.#stopping = new AbortController();
    progress.value = 0;
    progress.hidden = stop.hidden = false;
    try {
      const { zipFiles } = await import('./zip-files.ts');
      const pieces = await zipFiles(
        there.map((one) => this.#toZipped(one)),
        (done, of) => {
          // For the ear in tenths; the bar moves with each file.
          if (Math.floor((10 * done) / of) > Math.floor(10 * progress.position)) {
            this.#say(fillWords(words.held.packing, { done, count: of }));
          }
          progress.value = done / of;
        },
        this.#stopping.signal,
      );
      saveBytes(`${this.closest('lab-root')?.id ?? ''}-${pane}.zip`, pieces, this.ownerDocument);
      this.#say(fillPlural(words.held.packed, there.length, language));
    } catch (error) {
      if (!this.#stopping.signal.aborted) this.#say(this.#errorToWords(error));
    } finally {
      progress.hidden = stop.hidden = true;
    }
  }

  #toZipped(held: HeldFile | HeldObject): ZippedFile {
    const bytes = (): Promise<Uint8Array> => this.#bytes?.of(held) ?? Promise.reject(new BytesNotKept());
    // A path's first slash is where the archive begins.
    if ('from' in held) return { name: held.path.slice(1), bytes };
    // Where there is one bucket, its name says nothing.
    const name = this.#buckets.size === 1 ? held.key : `${held.bucket}/${held.key}`;
    return { name, bytes, modified: held.about.modified };
  }

  /** Null for bytes that no trace carried; undefined when they could not be fetched, which is said. */
  async #bytesOrNull(held: HeldFile | HeldObject): Promise<Uint8Array<ArrayBuffer> | null | undefined> {
    try {
      return (await this.#bytes?.of(held)) ?? null;
    } catch (error) {
      if (error instanceof BytesNotKept) return null;
      this.#say(this.#page?.words.held.unreachable ?? '');
      return undefined;
    }
  }

  #errorToWords(error: unknown): string {
    const words = this.#page?.words.held;
    // What a browser says where it has no room: of its storage, and of its memory.
    const isFull =
      error instanceof RangeError || (error instanceof DOMException && error.name === 'QuotaExceededError');
    return (isFull ? words?.notPacked : words?.unreachable) ?? '';
  }

  #say(text: string): void {
    this.dispatchEvent(new CustomEvent('lab-say', { bubbles: true, detail: text }));
  }

  #part(pane: PaneName, selector: string): HTMLElement {
    return findPart(this, `${selector}[data-of="${pane}"]`, HTMLElement);
  }
}

function onlyFiles(events: readonly HeldEvent[]): Extract<HeldEvent, { kind: 'file' }>[] {
  return events.filter((event) => event.kind === 'file');
}

function onlyObjects(events: readonly HeldEvent[]): Exclude<HeldEvent, { kind: 'file' }>[] {
  return events.filter((event) => event.kind !== 'file');
}

customElements.define('lab-holdings', LabHoldings);
