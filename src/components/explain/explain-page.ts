/**
 * `<explain-page>`: takes lines however they come (pasted, dropped, chosen, handed over, by a link), has them read beside the page,
 * and shows what they are. It holds them in memory alone and asks nobody for anything meanwhile.
 */
import { ownValue } from '../../trace/own-value.ts';
import { isShareLink, readShareLink, ShareFault } from '../../explain/share-record.ts';
import { isComposing } from '../../lab/composing.ts';
import { findPart } from '../../lab/find-part.ts';
import { makeElement } from '../../lab/make-element.ts';
import { fill, fillPlural } from '../../lab/words.ts';
import { handOver, LINES_EVENT, takeOver } from './handed-over.ts';
import { MOST_LINES, MOST_LINES_HERE, MOST_MEGABYTES } from './limits.ts';
import { readExplainData, type ExplainPageData } from './page-data.ts';
import { Cancelled, PasteHost } from './paste-host.ts';
import { ResultView } from './result-view.ts';
import { ReadFault, type PasteSource, type Progress, type Summary } from './told.ts';
import { writeNumber } from './write.ts';

/** Whose lines are shown: leaving asks for the reader's own alone. */
type Whose = 'own' | 'sample' | 'foreign';

/** Characters from which on the box would be slow to show a text, and only its explanation is shown. */
const MOST_IN_BOX = 200_000;

/** Milliseconds before a reading is worth a bar. */
const SLOW = 300;

class ExplainPage extends HTMLElement {
  readonly #language = document.documentElement.lang;
  #data: ExplainPageData | null = null;
  #host: PasteHost | null = null;
  #view: ResultView | null = null;
  #whose: Whose | null = null;
  #hasAsked = false;
  /** The reader's own lines that are shown, where they came as text. */
  #text = '';
  /** Counts readings: of two the later one is shown. */
  #turn = 0;
  /** Something of the page itself is being dragged. */
  #isDragged = false;
  #isReading = false;
  #listening = new AbortController();

  connectedCallback(): void {
    this.#data = readExplainData(document);
    this.#host = new PasteHost(this.#data.keys);
    this.#listening = new AbortController();
    this.#listen(this.#listening.signal);
    const text = takeOver();
    if (text !== null) this.#take(text);
    void this.#followLink();
  }

  disconnectedCallback(): void {
    this.#listening.abort();
    this.#view?.end();
    this.#host?.cancel();
  }

  get #words(): ExplainPageData['words']['page'] {
    return this.#given.words.page;
  }

  get #given(): ExplainPageData {
    if (this.#data === null) throw new Error('The page is not there yet.');
    return this.#data;
  }

  get #box(): HTMLTextAreaElement {
    return findPart(this, 'textarea', HTMLTextAreaElement);
  }

  #part<T extends HTMLElement>(name: string, type: new () => T): T {
    return findPart(this, `[data-part="${name}"]`, type);
  }

  #listen(signal: AbortSignal): void {
    const box = this.#box;
    findPart(this, 'form', HTMLFormElement).addEventListener(
      'submit',
      (event) => {
        event.preventDefault();
        void this.#read({ text: box.value }, 'own');
      },
      { signal },
    );
    box.addEventListener(
      'keydown',
      (event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !isComposing(event))
          void this.#read({ text: box.value }, 'own');
      },
      { signal },
    );
    const file = this.#part('file', HTMLInputElement);
    this.#part('browse', HTMLButtonElement).addEventListener(
      'click',
      () => {
        file.click();
      },
      { signal },
    );
    file.addEventListener(
      'change',
      () => {
        this.#readFiles(file.files);
        // The same file once more is a change, too.
        file.value = '';
      },
      { signal },
    );
    const example = this.#part('example', HTMLSelectElement);
    example.addEventListener(
      'change',
      () => {
        const text = ownValue(this.#given.examples, example.value);
        example.value = '';
        if (text !== undefined) void this.#read({ text }, 'sample');
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
    this.addEventListener(
      LINES_EVENT,
      (event) => {
        this.#take((event as CustomEvent<string>).detail);
      },
      { signal },
    );
    this.#listenToWindow(signal);
  }

  /** Explains lines that come whole. What somebody has in the box stays there. */
  #take(text: string): void {
    if (this.#box.value === '' && text.length <= MOST_IN_BOX) this.#box.value = text;
    void this.#read({ text }, 'own');
  }

  #listenToWindow(signal: AbortSignal): void {
    addEventListener(
      'paste',
      (event) => {
        this.#onPaste(event);
      },
      { signal },
    );
    for (const type of ['dragstart', 'dragend'] as const)
      addEventListener(
        type,
        () => {
          this.#isDragged = type === 'dragstart';
        },
        { signal },
      );
    addEventListener(
      'dragover',
      (event) => {
        if (this.#isOwnDrag(event)) return;
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
        this.classList.remove('is-over');
        if (this.#isOwnDrag(event)) return;
        event.preventDefault();
        const { dataTransfer } = event;
        if ((dataTransfer?.files.length ?? 0) > 0) this.#readFiles(dataTransfer?.files ?? null);
        else void this.#read({ text: dataTransfer?.getData('text') ?? '' }, 'own');
      },
      { signal },
    );
    document.addEventListener(
      'click',
      (event) => {
        this.#onLanguage(event);
      },
      { signal },
    );
    addEventListener('hashchange', () => void this.#followLink(), { signal });
    addEventListener(
      'beforeunload',
      (event) => {
        const isOwn = this.#whose === 'own' || this.#box.value.trim() !== '';
        if (!isOwn || this.#hasAsked) return;
        this.#hasAsked = true;
        event.preventDefault();
      },
      { signal },
    );
  }

  /** The page in the other language goes on with the same lines. */
  #onLanguage({ target, button, ctrlKey, metaKey, shiftKey }: MouseEvent): void {
    const link = target instanceof Element ? target.closest<HTMLAnchorElement>('header a[hreflang]') : null;
    if (link === null || button !== 0 || ctrlKey || metaKey || shiftKey) return;
    const text = this.#whose === 'own' ? this.#text : this.#box.value;
    if (text.trim() !== '' && handOver(text)) this.#hasAsked = true;
  }

  /** A paste outside of any field is meant for the page. One into the empty box needs no button any more. */
  #onPaste(event: ClipboardEvent): void {
    const [target] = event.composedPath();
    const field =
      target instanceof Element ? target.closest('input, textarea, select, dialog, [contenteditable]') : null;
    const box = this.#box;
    if (field !== null && field !== box) return;
    const files = event.clipboardData?.files;
    const text = event.clipboardData?.getData('text') ?? '';
    if (text === '' && files !== undefined && files.length > 0) {
      event.preventDefault();
      this.#readFiles(files);
      return;
    }
    const isWhole = box.value === '' || (box.selectionStart === 0 && box.selectionEnd === box.value.length);
    if (field === box && !isWhole) return;
    if (field === box && text.length <= MOST_IN_BOX) {
      // The browser's own paste can be taken back.
      void this.#read({ text }, 'own');
      return;
    }
    event.preventDefault();
    this.#take(text);
  }

  /** What is dragged from one place of the page to another is nothing to explain, and text over a field is meant for that. */
  #isOwnDrag({ dataTransfer, target }: DragEvent): boolean {
    if (this.#isDragged) return true;
    const field = target instanceof Element ? target.closest('input, textarea, dialog') : null;
    return field !== null && field !== this.#box && dataTransfer?.types.includes('Files') === false;
  }

  #readFiles(files: FileList | null): void {
    const [file] = files ?? [];
    if (file === undefined) return;
    if (files !== null && files.length > 1) {
      this.#say(fill(this.#words.says.several, { count: writeNumber(files.length, this.#language) }));
      return;
    }
    void this.#read({ file }, 'own');
  }

  async #read(source: PasteSource, whose: Whose): Promise<void> {
    const { says, box } = this.#words;
    this.#say('');
    if ('text' in source && source.text.trim() === '') {
      this.#say(says.empty);
      this.#box.focus();
      return;
    }
    if (this.#isReading) {
      // It takes along what was read before, of which nothing can be asked any more.
      this.#host?.cancel();
      this.#showBox();
    }
    this.#turn += 1;
    this.#isReading = true;
    const turn = this.#turn;
    const slow = setTimeout(() => {
      this.#showWork(true);
    }, SLOW);
    try {
      const summary = await this.#host?.read(source, (progress) => {
        this.#showProgress(progress);
      });
      if (summary === undefined) return;
      if (summary.isTold) this.#show(summary, whose, 'text' in source ? source.text : '');
      else {
        const count = writeNumber(summary.count, this.#language);
        this.#showBox();
        this.#say(summary.count === 0 ? says.empty : fill(says.unknown, { count }));
        this.#box.focus();
      }
    } catch (error) {
      if (turn !== this.#turn) return;
      if (error instanceof Cancelled) {
        this.#showBox();
        this.#say(box.cancelled);
        this.#box.focus();
      } else if (error instanceof ReadFault) this.#sayFault(error, 'file' in source ? source.file.name : '');
      else this.#say(says.failed);
    } finally {
      clearTimeout(slow);
      if (turn === this.#turn) {
        this.#isReading = false;
        this.#showWork(false);
      }
    }
  }

  #sayFault({ key }: ReadFault, name: string): void {
    const lines = writeNumber(key === 'tooLongHere' ? MOST_LINES_HERE : MOST_LINES, this.#language);
    this.#say(fill(this.#words.says[key], { name, lines, megabytes: MOST_MEGABYTES }));
  }

  /** Lines in the page's address: shown at once, but never in the place of the reader's own. */
  async #followLink(): Promise<void> {
    const { hash } = location;
    if (!isShareLink(hash)) return;
    const { result, link } = this.#words;
    try {
      const text = await readShareLink(hash);
      if (this.#whose !== 'own' && this.#box.value.trim() === '') {
        await this.#read({ text }, 'foreign');
        return;
      }
      this.#say(result.linkWaits);
      const show = makeElement(document, 'button', 'button', result.linkShow);
      show.type = 'button';
      show.addEventListener('click', () => {
        void this.#read({ text }, 'foreign');
      });
      this.#part('says', HTMLElement).append(' ', show);
    } catch (error) {
      if (!(error instanceof ShareFault)) throw error;
      this.#say(link[error.key]);
    }
  }

  #show(summary: Summary, whose: Whose, text: string): void {
    if (this.#host === null) return;
    this.#view?.end();
    this.#whose = whose;
    this.#text = whose === 'own' ? text : '';
    // The address is what people copy: it's of the lines that are shown.
    if (whose !== 'foreign') this.#dropLink();
    this.#hasAsked &&= whose !== 'own';
    const { result } = this.#words;
    this.#view = new ResultView(
      this.#part('result', HTMLElement),
      this.#host,
      summary,
      this.#given,
      this.#language,
    );
    const read = fill(result.read, {
      lines: fillPlural(this.#words.lines, summary.count, this.#language),
      unknown: writeNumber(summary.signs.unknown, this.#language),
    });
    const notes = { own: [], sample: [result.sample], foreign: [result.foreign] }[whose];
    this.#part('read', HTMLElement).textContent = [...notes, read].join(this.#language === 'ja' ? '' : ' ');
    this.#part('read', HTMLElement).classList.toggle('is-foreign', whose === 'foreign');
    this.#drawActs(this.#view);
    this.#setState('done');
    scrollTo(0, 0);
    (this.querySelector<HTMLElement>('.explain-verdict h2') ?? this.#part('result', HTMLElement)).focus({
      preventScroll: true,
    });
  }

  #drawActs(view: ResultView): void {
    const { result } = this.#words;
    const status = makeElement(document, 'span', 'explain-note');
    status.role = 'status';
    const add = (className: string, words: string, act: () => unknown): HTMLButtonElement => {
      const button = makeElement(document, 'button', className, words);
      button.type = 'button';
      button.addEventListener('click', act);
      return button;
    };
    this.#part('acts', HTMLElement).replaceChildren(
      add('button', result.other, () => {
        this.#showBox();
        this.#box.focus();
        this.#box.select();
      }),
      add('button', result.summary, () =>
        view.copySummary((sentence) => {
          status.textContent = sentence;
        }),
      ),
      add('button is-main', result.share, () => view.openShare()),
      status,
    );
  }

  #showBox(): void {
    this.#view?.end();
    this.#view = null;
    this.#part('result', HTMLElement).replaceChildren();
    if (this.#whose === 'foreign') this.#dropLink();
    this.#whose = null;
    this.#say('');
    this.#setState('empty');
  }

  #dropLink(): void {
    if (isShareLink(location.hash)) history.replaceState(history.state, '', location.pathname);
  }

  #setState(state: 'empty' | 'done'): void {
    for (const part of this.querySelectorAll<HTMLElement>('[data-when]'))
      part.hidden = part.dataset.when !== state;
  }

  #showWork(isWorking: boolean): void {
    const { box } = this.#words;
    this.#part('begin', HTMLElement).hidden = isWorking;
    const working = this.#part('working', HTMLElement);
    working.hidden = !isWorking;
    if (isWorking) working.scrollIntoView({ block: 'nearest' });
    else {
      this.#part('progress', HTMLProgressElement).removeAttribute('value');
      this.#part('progress-says', HTMLElement).textContent = box.explaining;
    }
  }

  #showProgress({ done, all }: Progress): void {
    const bar = this.#part('progress', HTMLProgressElement);
    const says = this.#part('progress-says', HTMLElement);
    if (done >= all) {
      bar.removeAttribute('value');
      says.textContent = this.#words.box.explaining;
      return;
    }
    bar.max = all;
    bar.value = done;
    const toMegabytes = (bytes: number): string => writeNumber(bytes / 1_048_576, this.#language);
    says.textContent = fill(this.#words.box.reading, { done: toMegabytes(done), all: toMegabytes(all) });
  }

  #say(sentence: string): void {
    const says = this.#part('says', HTMLElement);
    says.textContent = sentence;
    // Who pastes where they read is far below it.
    if (sentence !== '') says.scrollIntoView({ block: 'nearest' });
  }
}

customElements.define('explain-page', ExplainPage);
