/**
 * `<dump-page>`: takes a runtime's files however they come (dropped, chosen, from this site), has them opened beside the page, and
 * shows what they are. It holds them in memory alone.
 */
import { isolated } from '../../trace/unseen.ts';
import { DumpFault } from '../../dump/dump-fault.ts';
import { broughtText } from './verdict.ts';
import { findPart } from '../../lab/find-part.ts';
import type { ModelFiles } from '../../lab/model-files.ts';
import { fill, fillPlural } from '../../lab/words.ts';
import { Cancelled, DumpHost, NotOpened } from './dump-host.ts';
import { chosen, dropped, type Dropped } from './dropped-files.ts';
import { readDumpData, type DumpPageData } from './page-data.ts';
import type { ResultView } from './result-view.ts';
import type { Progress, Summary, ToldFault } from './told.ts';
import { sentenceToNodes, writeNumber } from './write.ts';

/** Milliseconds before opening is worth a bar. */
const SLOW = 200;

/** What is needed once something is opened. */
interface OpenedParts {
  readonly Result: typeof ResultView;
  readonly models: ModelFiles;
}

/** The site's own script for an opened dump can't be had. */
class NoParts extends Error {
  override readonly name = 'NoParts';
}

class DumpPage extends HTMLElement {
  readonly #language = document.documentElement.lang;
  #data: DumpPageData | null = null;
  #host: DumpHost | null = null;
  #parts: Promise<OpenedParts> | null = null;
  #view: ResultView | null = null;
  /** Whether what is shown is the reader's own: leaving asks for that alone. */
  #isOwn = false;
  #hasAsked = false;
  /** Counts openings: of two the later one is shown. */
  #turn = 0;
  #isOpening = false;
  #listening = new AbortController();

  connectedCallback(): void {
    this.#data = readDumpData(document);
    this.#host = new DumpHost();
    // What all labs of the page share is with the benches, which come when they are wanted.
    const { content } = this.#benches;
    for (const script of content.querySelectorAll('script[id]')) this.append(script);
    this.#listening = new AbortController();
    this.#listen(this.#listening.signal);
    const bring = (): void => {
      this.#bringParts().catch(() => undefined);
    };
    if ('requestIdleCallback' in window) requestIdleCallback(bring, { timeout: 1000 });
    else setTimeout(bring);
  }

  disconnectedCallback(): void {
    this.#listening.abort();
    this.#view?.end();
    this.#host?.forget();
  }

  get #given(): DumpPageData {
    if (this.#data === null) throw new Error('The page is not there yet.');
    return this.#data;
  }

  /** Rejects with `NoParts`; then they're asked for again the next time. */
  async #bringParts(): Promise<OpenedParts> {
    this.#parts ??= import('./opened-parts.ts').then(({ ModelFiles, ResultView: Result }) => ({
      Result,
      models: new ModelFiles(document),
    }));
    try {
      return await this.#parts;
    } catch (cause) {
      this.#parts = null;
      throw new NoParts('The scripts of an opened dump did not come.', { cause });
    }
  }

  get #words(): DumpPageData['words']['page'] {
    return this.#given.words.page;
  }

  get #benches(): HTMLTemplateElement {
    return this.#part('benches', HTMLTemplateElement);
  }

  #part<T extends HTMLElement>(name: string, type: new () => T): T {
    return findPart(this, `[data-part="${name}"]`, type);
  }

  #listen(signal: AbortSignal): void {
    for (const name of ['file', 'folder'] as const) {
      const input = this.#part(name, HTMLInputElement);
      this.#part(`browse-${name}`, HTMLButtonElement).addEventListener(
        'click',
        () => {
          input.click();
        },
        { signal },
      );
      input.addEventListener(
        'change',
        () => {
          const files = [...(input.files ?? [])];
          // The same one once more is a change, too.
          input.value = '';
          if (files.length > 0) void this.#open(chosen(files), true);
        },
        { signal },
      );
    }
    const example = this.#part('example', HTMLSelectElement);
    example.addEventListener(
      'change',
      () => {
        const { value } = example;
        example.value = '';
        if (value !== '') void this.#open(this.#sample(value), false);
      },
      { signal },
    );
    this.#part('cancel', HTMLButtonElement).addEventListener(
      'click',
      () => {
        this.#host?.cancel();
      },
      { signal },
    );
    this.#listenToWindow(signal);
  }

  #listenToWindow(signal: AbortSignal): void {
    addEventListener(
      'dragover',
      (event) => {
        if (isTextForField(event)) return;
        event.preventDefault();
        this.classList.add('is-over');
      },
      { signal },
    );
    addEventListener(
      'dragleave',
      (event) => {
        // It's left for nothing else of the page.
        if (event.relatedTarget === null) this.classList.remove('is-over');
      },
      { signal },
    );
    addEventListener(
      'drop',
      (event) => {
        if (isTextForField(event)) return;
        // An editor would take it into its own text.
        event.preventDefault();
        event.stopPropagation();
        this.classList.remove('is-over');
        const found = event.dataTransfer === null ? null : dropped(event.dataTransfer);
        if (found === null) this.#say(this.#words.says.noFile);
        else void this.#open(found, true);
      },
      { signal, capture: true },
    );
    addEventListener(
      'paste',
      (event) => {
        const files = [...(event.clipboardData?.files ?? [])];
        if (files.length === 0) return;
        event.preventDefault();
        void this.#open(chosen(files), true);
      },
      { signal },
    );
    addEventListener(
      'beforeunload',
      (event) => {
        if (!this.#isOwn || this.#hasAsked) return;
        this.#hasAsked = true;
        event.preventDefault();
      },
      { signal },
    );
  }

  /** The files of one of the site's models, as if somebody had dropped them. */
  async #sample(platform: string): Promise<Dropped> {
    const { models } = await this.#bringParts();
    const { files } = await models.of(platform);
    return { name: platform, source: { sample: files } };
  }

  async #open(what: Promise<Dropped>, isOwn: boolean): Promise<void> {
    const { says, box } = this.#words;
    this.#say('');
    if (this.#isOpening) this.#host?.cancel();
    this.#turn += 1;
    this.#isOpening = true;
    const turn = this.#turn;
    const slow = setTimeout(() => {
      this.#showWork(true);
    }, SLOW);
    let name = '';
    let isCancelled = false;
    try {
      const [given, parts] = await Promise.all([what, this.#bringParts()]);
      name = given.name;
      if (turn !== this.#turn) return;
      const summary = await this.#host?.open(given.source, (progress) => {
        this.#showProgress(progress);
      });
      if (summary !== undefined) this.#show(summary, name, isOwn, parts);
    } catch (error) {
      if (turn !== this.#turn) return;
      isCancelled = error instanceof Cancelled;
      if (isCancelled) this.#say(box.cancelled);
      else if (error instanceof NotOpened) this.#sayFault(error.fault, name);
      else if (error instanceof DumpFault) this.#sayFault(error, name);
      else if (error instanceof NoParts) this.#say(says.noParts);
      else this.#say(fill(isOwn ? says.failed : this.#words.noModel, { name }));
    } finally {
      clearTimeout(slow);
      if (turn === this.#turn) {
        this.#isOpening = false;
        this.#showWork(false);
        // The button that has the focus is gone.
        if (isCancelled) this.#part('browse-file', HTMLButtonElement).focus();
      }
    }
  }

  #sayFault({ key, about }: ToldFault, name: string): void {
    const { fault, leftOut } = this.#given.words;
    const reason =
      key === 'empty' && Object.hasOwn(leftOut, about) ? leftOut[about as keyof typeof leftOut] : null;
    const sentence = reason === null ? fault[key] : fill(fault.emptyBecause, { name: '{name}', reason });
    this.#say(
      sentence.replace(/\{(\w+)\}/g, (_, what: string) =>
        what === 'name' || about === '' ? isolated(name) : this.#toAbout(about),
      ),
    );
  }

  #toAbout(about: string): string {
    return /^\d+$/.test(about) ? writeNumber(Number(about), this.#language) : about;
  }

  #show(summary: Summary, name: string, isOwn: boolean, { Result, models }: OpenedParts): void {
    if (this.#host === null) return;
    this.#view?.end();
    this.#isOwn = isOwn;
    this.#hasAsked = false;
    this.#view = new Result({
      root: this.#part('result', HTMLElement),
      host: this.#host,
      summary,
      data: this.#given,
      models,
      benches: this.#benches,
      language: this.#language,
    });
    const { result, search } = this.#words;
    const read = fill(result.read, {
      name: isOwn ? name : this.#given.models[name as keyof DumpPageData['models']],
      files: fillPlural(search.files, summary.files.length, this.#language),
      leftOut: writeNumber(summary.leftOutCount, this.#language),
    });
    this.#part('read', HTMLElement).textContent = read;
    this.#part('verdict', HTMLElement).replaceChildren(...sentenceToNodes(broughtText(summary, this.#given)));
    this.#setState('done');
    scrollTo(0, 0);
    this.#part('verdict', HTMLElement).focus({ preventScroll: true });
  }

  #setState(state: 'empty' | 'done'): void {
    for (const part of this.querySelectorAll<HTMLElement>('[data-when]'))
      part.hidden = part.dataset.when !== state;
    this.classList.toggle('has-dump', state === 'done');
  }

  #showWork(isWorking: boolean): void {
    this.#part('begin', HTMLElement).hidden = isWorking;
    this.#part('working', HTMLElement).hidden = !isWorking;
    if (!isWorking) this.#part('progress', HTMLProgressElement).removeAttribute('value');
    this.#part('progress-says', HTMLElement).textContent = this.#words.box.opening;
  }

  #showProgress({ done, all }: Progress): void {
    const bar = this.#part('progress', HTMLProgressElement);
    const says = this.#part('progress-says', HTMLElement);
    if (done >= all) {
      bar.removeAttribute('value');
      says.textContent = this.#words.box.opening;
      return;
    }
    bar.max = all;
    bar.value = done;
    const toMegabytes = (bytes: number): string => writeNumber(Math.round(bytes / 1e5) / 10, this.#language);
    says.textContent = fill(this.#words.box.reading, { done: toMegabytes(done), all: toMegabytes(all) });
  }

  #say(sentence: string): void {
    this.#part('says', HTMLElement).replaceChildren(...sentenceToNodes(sentence));
  }
}

/** Text over something that takes text is meant for that. */
function isTextForField({ dataTransfer, target }: DragEvent): boolean {
  const isField = target instanceof Element && target.closest('input, textarea, lab-editable') !== null;
  return isField && dataTransfer?.types.includes('Files') === false;
}

customElements.define('dump-page', DumpPage);
