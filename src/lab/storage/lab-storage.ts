/**
 * `<lab-storage>`: the panes Files and Bucket. They show the disk and the buckets as they are at a moment of a run, or
 * at its end; a file or object opens below its list (a text of the platform's, or of the function's, where the
 * lab shows those: by the event `lab-open-file`), and everything can be downloaded. What it has to say it says by
 * the event `lab-say`, in the lab's one status.
 */
import type { Files } from '../../sandbox/protocol.ts';
import type { TraceEvent } from '../../trace/format.ts';
import { pathsToTree } from './file-tree.ts';
import { send } from '../events.ts';
import { findPart } from '../find-part.ts';
import { BytesNotKept, StorageBytes } from './storage-bytes.ts';
import { downloadStored, errorToWords } from './storage-download.ts';
import type { StorageData } from './storage-data.ts';
import { bucketsToNodes, folderToList, type RowSetting } from './storage-rows.ts';
import { StorageState } from './storage-state.ts';
import { showStored } from './storage-view.ts';
import type { DiskFile, BucketObject } from './storage.ts';
import { readLabData, readLabDisk, readLabPage, type LabPage } from '../page-data.ts';
import type { MomentPane, Shown } from '../time/moment-pane.ts';
import { saveBytes } from './save-bytes.ts';

type PaneName = 'files' | 'bucket';

/** The element. */
export class LabStorage extends HTMLElement implements MomentPane {
  #page: LabPage | null = null;
  #pages: Readonly<Record<string, string>> = {};
  #bytes: StorageBytes | null = null;
  #state: StorageState | null = null;
  #folders: readonly string[] = [];
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
    // Page and script come from one build.
    const own = JSON.parse(findPart(this, 'script', HTMLScriptElement).textContent) as StorageData;
    const data = { ...own, image: readLabDisk(lab).sizes };
    this.#folders = data.folders;
    this.#bytes = new StorageBytes(platform, page);
    this.#state = new StorageState(data, task, this.#bytes);
    for (const button of this.querySelectorAll<HTMLButtonElement>('.lab-storage-all')) {
      button.addEventListener('click', () => {
        void this.#downloadAll(button.dataset.of === 'files' ? 'files' : 'bucket');
      });
    }
    for (const button of this.querySelectorAll('.lab-storage-stop')) {
      button.addEventListener('click', () => {
        this.#stopping.abort();
      });
    }
    this.addEventListener('keydown', (event) => {
      const place =
        event.target instanceof Element ? event.target.closest<HTMLElement>('.lab-storage-open') : null;
      if (event.key === 'Escape' && place !== null) findPart(place, '.lab-close', HTMLButtonElement).click();
    });
    this.#drawSoon();
  }

  disconnectedCallback(): void {
    this.#stopping.abort();
    if (this.#frame !== null) cancelAnimationFrame(this.#frame);
    this.#frame = null;
  }

  /** The recorded run again. */
  reset(): void {
    this.#state?.reset();
    this.#drawSoon();
  }

  /** A run of the reader has started: a cold one on a fresh disk with these files, a warm one on what the last one left. */
  runStarted(cold: boolean, task: Files): void {
    this.#state?.runStarted(cold, task);
    this.#drawSoon();
  }

  /** More of the run's events, with the bytes that they name. */
  add(events: readonly TraceEvent[], blobs: Readonly<Record<string, Uint8Array>>): void {
    this.#state?.add(events, blobs);
    this.#drawSoon();
  }

  show(shown: Shown | null): void {
    this.#state?.see(shown);
    this.#drawSoon();
  }

  #drawSoon(): void {
    this.#frame ??= requestAnimationFrame(() => {
      this.#frame = null;
      this.#draw();
    });
  }

  #draw(): void {
    const state = this.#state;
    if (this.#page === null || state === null) return;
    const setting = this.#setting(this.#page, state);
    const files = this.#part('files', '.lab-storage-body');
    for (const details of files.querySelectorAll('details')) {
      const { path = '' } = details.dataset;
      if (details.open) this.#closed.delete(path);
      else this.#closed.add(path);
    }
    files.classList.remove('is-empty');
    files.replaceChildren(folderToList(pathsToTree(state.disk.values(), this.#folders), setting));
    const bucket = this.#part('bucket', '.lab-storage-body');
    bucket.classList.toggle('is-empty', state.buckets.size === 0);
    bucket.replaceChildren(...bucketsToNodes(state.buckets, setting));
    for (const pane of ['files', 'bucket'] as const)
      this.#part(pane, '.lab-storage-all').hidden = storedIn(state, pane).length === 0;
    send(this, 'lab-count', {
      view: 'files',
      count: [...state.disk.values()].filter(({ change }) => change !== null).length,
    });
    send(this, 'lab-count', { view: 'bucket', count: storedIn(state, 'bucket').length });
  }

  #setting({ words, language }: LabPage, { now }: StorageState): RowSetting {
    return {
      document: this.ownerDocument,
      language,
      words: words.storage,
      now,
      closed: this.#closed,
      pageOf: (file) => (file.from === 'image' ? (this.#pages[file.path] ?? null) : null),
      open: (stored, from) => void this.#open(stored, from),
      download: (stored) => void this.#download(stored),
    };
  }

  async #open(stored: DiskFile | BucketObject, from: HTMLElement): Promise<void> {
    if (this.#page === null) return;
    if (from instanceof HTMLAnchorElement && 'from' in stored) {
      send(this, 'lab-open-file', { path: stored.path, line: 1, from });
      return;
    }
    const bytes = await this.#bytesOrNull(stored);
    if (bytes === undefined) return;
    const pane = 'from' in stored ? 'files' : 'bucket';
    const place = this.#part(pane, '.lab-storage-open');
    const { words, language } = this.#page;
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
      saveBytes('from' in stored ? stored.path : stored.key, [bytes], this.ownerDocument);
    } catch (error) {
      this.#say(errorToWords(error, words, words.notSaved));
    }
  }

  async #downloadAll(pane: PaneName): Promise<void> {
    const state = this.#state;
    if (this.#page === null || this.#bytes === null || state === null) return;
    const progress = findPart(this, `progress[data-of="${pane}"]`, HTMLProgressElement);
    const stop = this.#part(pane, '.lab-storage-stop');
    this.#stopping = new AbortController();
    await downloadStored(storedIn(state, pane), {
      name: `${this.closest('lab-root')?.id ?? ''}-${pane}.zip`,
      namesBuckets: state.buckets.size > 1,
      bytes: this.#bytes,
      words: this.#page.words.storage,
      language: this.#page.language,
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
      const words = this.#page?.words.storage;
      if (words !== undefined) this.#say(errorToWords(error, words, words.notSaved));
      return undefined;
    }
  }

  #say(text: string): void {
    send(this, 'lab-say', text);
  }

  #part(pane: PaneName, selector: string): HTMLElement {
    return findPart(this, `${selector}[data-of="${pane}"]`, HTMLElement);
  }
}

/** All that a pane shows, in its order. */
function storedIn({ disk, buckets }: StorageState, pane: PaneName): readonly (DiskFile | BucketObject)[] {
  if (pane === 'files') return [...disk.values()];
  return [...buckets.values()].flatMap((objects) => [...objects.values()]);
}

customElements.define('lab-storage', LabStorage);
