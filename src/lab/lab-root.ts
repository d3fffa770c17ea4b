/**
 * `<lab-root>`: one example on one platform. Astro has rendered it with its recording; this makes Run, Stop,
 * Reset and Copy work. Python is loaded when the reader means to run something, and the sandbox's
 * script at the first sign of it.
 */
import type { Sandbox } from '../sandbox/sandbox.ts';
import { copyText } from './copy-text.ts';
import { findPart } from './find-part.ts';
import { readLabData, readLabPage, type LabPage } from './page-data.ts';
import { findStorage, type Draft } from './code/drafts.ts';
import { LabEditable } from './code/lab-editable.ts';
import { LabEvent } from './code/event-text.ts';
import { LabStorage, type OpenFile, type Say } from './storage/lab-storage.ts';
import { LabMessages } from './messages/lab-messages.ts';
import { LabOutput } from './output/lab-output.ts';
import { LabPrediction } from './predict/lab-prediction.ts';
import { originalsOf, runLab, type RunParts } from './run.ts';
import { LabRuntime } from './code/lab-runtime.ts';
import { LabSource } from './code/lab-source.ts';
import { openSteps } from './time/open-steps.ts';
import { LabTexts } from './code/texts.ts';
import { LabView } from './view.ts';
import { openSandbox, type OpenSandbox } from './open-sandbox.ts';
import { EVENT } from './code/text-names.ts';

/** The element. */
export class LabRoot extends HTMLElement {
  #listening = new AbortController();
  #opened: Promise<OpenSandbox> | null = null;
  #sandbox: Sandbox | null = null;
  #busy = false;
  /** The texts that printed what is shown. */
  #printedBy: Draft = {};
  /** Aborted by Stop, which may be pressed before there is a sandbox to stop. */
  #stopping = new AbortController();

  connectedCallback(): void {
    const page = readLabPage(this.ownerDocument);
    const data = readLabData(this);
    const view = new LabView(this, page.words, page.language);
    const output = findPart(this, 'lab-output', LabOutput);
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    const { edit } = page.words;
    const originals = originalsOf(data);
    this.#printedBy = originals;
    const source = findPart(this, 'lab-source', LabSource);
    const storage = findPart(this, 'lab-storage', LabStorage);
    const messages = findPart(this, 'lab-messages', LabMessages);
    messages.words = page.words.messages;
    const say = (text: string): void => {
      // A run that goes on has the status to itself.
      if (!this.#busy) view.say(text);
    };
    output.places = data.places;
    const steps = openSteps({ lab: this, page, data, say, signal });
    const texts: LabTexts = new LabTexts(this, {
      originals,
      image: new Set(Object.keys(data.places.image)),
      imageVersion: page.assets.platforms[data.platform]?.sha256 ?? '',
      storage: findStorage(window),
      words: edit,
      signal,
      changed: () => {
        this.#showEdit(texts, view);
        event.follow();
      },
    });
    const runtime = findPart(this, 'lab-runtime', LabRuntime);
    runtime.opened = (file, text) => {
      texts.adopt(file, text);
    };
    if (texts.isChanged) this.#showEdit(texts, view);
    // What the reader changed is compared with what it was, so that has to be here.
    for (const path of texts.unopened) runtime.load(path).catch(() => undefined);
    const event: LabEvent = new LabEvent(
      this,
      findPart(this, `[data-name="${EVENT}"]`, LabEditable),
      edit,
      signal,
    );
    const run = (): void => {
      if (this.#busy) return;
      const question = this.querySelector('lab-prediction');
      if (question instanceof LabPrediction) question.reveal();
      const fault = event.check();
      if (fault === null)
        void this.#run({ page, data, texts, view, output, steps, messages, storage, source });
      else view.say(fault);
    };
    view.run.addEventListener('click', run, { signal });
    view.retry.addEventListener('click', run, { signal });
    output.adopt(data.recorded.events);
    findPart(this, '.lab-change', HTMLButtonElement).addEventListener(
      'click',
      () => {
        const path = findPart(source, '.lab-source-path', HTMLElement).textContent;
        const line = Number(source.querySelector<HTMLElement>('.line.is-marked')?.dataset.line ?? 1);
        const own = texts.find(path);
        if (Object.hasOwn(data.places.image, path)) void runtime.open(path, line);
        else if (own === undefined) say(page.words.step.noSource);
        else own.showLine(line);
      },
      { signal },
    );
    const tail = findPart(this, '.lab-tail', HTMLButtonElement);
    tail.addEventListener(
      'click',
      () => {
        const showsTail = tail.getAttribute('aria-pressed') !== 'true';
        output.showsTail = showsTail;
        tail.setAttribute('aria-pressed', String(showsTail));
      },
      { signal },
    );
    output.addEventListener(
      'click',
      (event) => {
        this.#followFrame(event, texts);
      },
      { signal },
    );
    this.addEventListener(
      'lab-open-file',
      (event) => {
        const { path, href, from } = (event as OpenFile).detail;
        this.#openSource(href, path, 1, from);
      },
      { signal },
    );
    this.addEventListener(
      'lab-say',
      (event) => {
        say((event as Say).detail);
      },
      { signal },
    );
    this.addEventListener('lab-run', run, { signal });
    this.addEventListener(
      'lab-no-editor',
      () => {
        view.say(edit.noEditor);
      },
      { signal },
    );
    for (const intent of ['pointerenter', 'focusin', 'touchstart'] as const) {
      for (const [part, boots] of [
        [this, false],
        [view.run, true],
      ] as const) {
        part.addEventListener(intent, () => void this.#prepare(page, texts, boots), {
          signal,
          passive: true,
        });
      }
    }
    view.stop.addEventListener(
      'click',
      () => {
        this.#stopping.abort();
        this.#sandbox?.stop();
      },
      { signal },
    );
    view.reset.addEventListener(
      'click',
      () => {
        this.#sandbox?.stop();
        this.#printedBy = originals;
        texts.restore();
        output.set(data.recorded.events);
        source.setTexts({});
        messages.restore();
        steps.reset();
        storage.reset();
        view.show({ kind: 'recorded', ending: data.recorded.outcome });
      },
      { signal },
    );
    for (const copy of this.querySelectorAll<HTMLButtonElement>('.lab-copy[value]')) {
      copy.addEventListener(
        'click',
        () => {
          void copyText(texts.find(copy.value)?.text ?? '', say, page.words.status);
        },
        { signal },
      );
    }
  }

  disconnectedCallback(): void {
    this.#listening.abort();
    this.#sandbox?.stop();
  }

  /** The reader may be about to run the lab: `boots` tells how sure that is. Nothing is done for a run that will be warm. */
  async #prepare(page: LabPage, texts: LabTexts, boots: boolean): Promise<void> {
    if (this.#busy) return;
    try {
      const { sandbox } = await this.#open(page);
      const { state } = sandbox;
      if (state === 'idle' || (state === 'warm' && this.#isOutdated(texts))) sandbox.prepare(boots);
    } catch {
      // No run has been asked for yet; Run meets the same fault and reports it.
    }
  }

  /** The lab's sandbox, made once. What could not be fetched is asked for again the next time. */
  async #open(page: LabPage): Promise<OpenSandbox> {
    this.#opened ??= openSandbox(page, this.ownerDocument);
    try {
      const opened = await this.#opened;
      this.#sandbox = opened.sandbox;
      return opened;
    } catch (error) {
      this.#opened = null;
      throw error;
    }
  }

  /** A frame opens where it is, in this lab; a click that asks for a new tab gets the file's own page. */
  #followFrame(event: MouseEvent, texts: LabTexts): void {
    const frame =
      event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('a.lab-frame') : null;
    if (frame === null || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    const { file = '', number = '1', owner } = frame.dataset;
    if (owner === 'handler') {
      texts.find(file)?.showLine(Number(number));
      return;
    }
    this.#openSource(frame.href, file, Number(number), frame);
  }

  /** Shows a file of the platform in the lab; where that fails, its page. */
  #openSource(href: string, path: string, line: number, from: HTMLElement): void {
    findPart(this, 'lab-source', LabSource)
      .open(path, line, 'runtime', from)
      .catch(() => {
        location.assign(href);
      });
  }

  /** What is shown was printed by other texts than those that stand there now, or by these. */
  #showEdit(texts: LabTexts, view: LabView): void {
    view.showEdit({ changed: texts.isChanged, outdated: this.#isOutdated(texts) });
  }

  #isOutdated(texts: LabTexts): boolean {
    const now = texts.all();
    const names = new Set([...Object.keys(now), ...Object.keys(this.#printedBy)]);
    return Array.from(names).some((name) => now[name] !== this.#printedBy[name]);
  }

  async #run(parts: RunParts): Promise<void> {
    this.#busy = true;
    this.#stopping = new AbortController();
    const { signal } = this.#stopping;
    try {
      await runLab(parts, {
        open: () => this.#open(parts.page),
        isStopped: () => signal.aborted,
        began: (taken) => {
          this.#printedBy = taken;
          // The reader may have gone on writing while Python was loading.
          this.#showEdit(parts.texts, parts.view);
        },
      });
    } finally {
      this.#busy = false;
    }
  }
}

customElements.define('lab-root', LabRoot);
