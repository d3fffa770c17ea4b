/**
 * `<lab-root>`: one example on one platform. Astro has rendered it with its recording; this makes Run, Stop,
 * Reset and Copy work. Python is loaded when the reader means to run something, and the sandbox's
 * script at the first sign of it.
 */
import type { Outcome, TraceEvent } from '../trace/format.ts';
import { contentToFile } from '../trace/recording.ts';
import { EnvironmentCrashed, SandboxStopped } from '../sandbox/errors.ts';
import type { Files } from '../sandbox/protocol.ts';
import type { RunObserver, Sandbox } from '../sandbox/sandbox.ts';
import { findPart } from './find-part.ts';
import { readLabData, readLabPage, type LabData, type LabPage } from './lab-data.ts';
import { findStorage, type Draft } from './drafts.ts';
import { LabEditable } from './lab-editable.ts';
import { LabEvent } from './lab-event.ts';
import { LabHoldings, type OpenFile, type Say } from './lab-holdings.ts';
import { LabMessages } from './lab-messages.ts';
import { LabOutput } from './lab-output.ts';
import { LabPredict } from './lab-predict.ts';
import { LabRuntime } from './lab-runtime.ts';
import { LabSource } from './lab-source.ts';
import type { LabSteps } from './lab-steps.ts';
import { openSteps } from './open-steps.ts';
import { LabTexts } from './lab-texts.ts';
import { LabView } from './lab-view.ts';
import type { Ending } from './outcome-words.ts';
import { errorToProblem } from './problem-words.ts';
import { openSandbox, type OpenSandbox } from './open-sandbox.ts';
import { EVENT } from './text-names.ts';
import { fillWords } from './words.ts';

export class LabRoot extends HTMLElement {
  /** The lab that prepared for a run: one Python per page is enough for a passing pointer. */
  static #prepared: LabRoot | null = null;
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
    const say = (text: string): void => {
      // A run that goes on has the status to itself.
      if (!this.#busy) view.say(text);
    };
    output.places = data.places;
    const steps = openSteps({ lab: this, page, data, say, signal });
    const texts: LabTexts = new LabTexts(this, {
      originals,
      image: new Set(Object.keys(data.places.image)),
      imageVersion: page.assets.images[data.platform]?.sha256 ?? '',
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
      const question = this.querySelector('lab-predict');
      if (question instanceof LabPredict) question.reveal();
      const fault = event.check();
      if (fault === null) void this.#run(page, data, texts, view, output, steps, messages);
      else view.say(fault);
    };
    view.run.addEventListener('click', run, { signal });
    view.retry.addEventListener('click', run, { signal });
    const messages = findPart(this, 'lab-messages', LabMessages);
    messages.words = page.words.messages;
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
        output.showsTail = tail.getAttribute('aria-pressed') !== 'true';
        tail.setAttribute('aria-pressed', String(tail.getAttribute('aria-pressed') !== 'true'));
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
        if (!this.#busy) view.say((event as Say).detail);
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
    for (const intent of ['pointerenter', 'focus'] as const) {
      view.run.addEventListener(intent, () => void this.#prepare(page), { signal });
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
        this.#holdings.reset();
        view.show({ kind: 'recorded', ending: data.recorded.outcome });
      },
      { signal },
    );
    for (const copy of this.querySelectorAll<HTMLButtonElement>('.lab-copy[value]')) {
      copy.addEventListener('click', () => void copyText(texts.find(copy.value)?.text ?? '', view, page), {
        signal,
      });
    }
  }

  disconnectedCallback(): void {
    this.#listening.abort();
    this.#sandbox?.stop();
    if (LabRoot.#prepared === this) LabRoot.#prepared = null;
  }

  async #prepare(page: LabPage): Promise<void> {
    if (this.#busy || (LabRoot.#prepared !== null && LabRoot.#prepared !== this)) return;
    LabRoot.#prepared = this;
    try {
      const { sandbox } = await this.#open(page);
      if (sandbox.state === 'idle') sandbox.prepare();
    } catch {
      // Nobody has asked for anything yet; Run meets the same fault and tells it.
    }
  }

  get #holdings(): LabHoldings {
    return findPart(this, 'lab-holdings', LabHoldings);
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
    const now = texts.all();
    const names = new Set([...Object.keys(now), ...Object.keys(this.#printedBy)]);
    const outdated = Array.from(names).some((name) => now[name] !== this.#printedBy[name]);
    view.showEdit({ changed: texts.isChanged, outdated });
  }

  async #run(
    page: LabPage,
    data: LabData,
    texts: LabTexts,
    view: LabView,
    output: LabOutput,
    steps: LabSteps,
    messages: LabMessages,
  ): Promise<void> {
    this.#busy = true;
    this.#stopping = new AbortController();
    LabRoot.#prepared = this;
    const holdings = this.#holdings;
    let begun = false;
    let isCold = true;
    /** The files of the disk that are the function's, or the reader's own. */
    let written: Files = {};
    let deadline = 0;
    const events: TraceEvent[] = [];
    const source = findPart(this, 'lab-source', LabSource);
    // What the reader sees as they press Run is what is run, however long it takes to begin.
    const taken = texts.all();
    const ran = (): void => {
      this.#printedBy = taken;
      // The reader may have gone on writing while Python was loading.
      this.#showEdit(texts, view);
    };
    const observer: RunObserver = {
      loading(received, total) {
        view.show({ kind: 'loading', received, total });
      },
      starting() {
        view.show({ kind: 'starting' });
      },
      began({ cold }) {
        begun = true;
        isCold = cold;
        steps.close();
        source.setTexts(changedTexts(originalsOf(data), taken));
        output.begin();
        holdings.begin(cold, written);
        messages.begin();
        view.show({ kind: 'running', cold });
        ran();
      },
      recorded(batch, blobs) {
        for (const event of batch) events.push(event);
        output.add(batch);
        holdings.add(batch, blobs);
        messages.add(batch);
      },
    };
    const end = (ending: Ending, error: unknown): void => {
      const problem = error === null ? null : errorToProblem(error);
      const state = this.#sandbox?.state ?? 'idle';
      if (error instanceof EnvironmentCrashed && begun) {
        output.note(fillWords(page.words.line.crash, { failure: error.failure, detail: error.detail }));
      }
      output.end();
      if (begun) messages.end();
      if (begun) steps.open({ events, outcome: ending.status === 'stopped' ? null : ending }, isCold);
      view.show({ kind: 'ended', ending, begun, lines: output.lines, deadline, state, problem });
    };
    try {
      view.show({ kind: 'starting' });
      const opened = await this.#open(page);
      deadline = opened.deadline;
      if (this.#stopping.signal.aborted) throw new SandboxStopped();
      const { platform, setup } = data;
      const task = Object.fromEntries(
        Object.entries(data.task).map(([path, content]) => [path, taken[path] ?? contentToFile(content)]),
      );
      const image = Object.fromEntries(
        Object.entries(taken).filter(([name]) => Object.hasOwn(data.places.image, name)),
      );
      written = { ...task, ...image };
      const event = taken[EVENT] ?? data.recorded.beginning.event;
      const outcome: Outcome = await opened.sandbox.run({ platform, task, image, setup, event }, observer);
      const crash = outcome.status === 'crashed' ? new EnvironmentCrashed('Python', outcome.message) : null;
      end(outcome, crash);
    } catch (error) {
      if (error instanceof SandboxStopped) end({ status: 'stopped' }, null);
      else end({ status: 'crashed', message: String(error) }, error);
    } finally {
      this.#busy = false;
    }
  }
}

/** The lab's texts as they were made: files that are text, and the event. */
function originalsOf({ task, recorded }: LabData): Record<string, string> {
  const files = Object.entries(task).flatMap(([path, content]) =>
    'text' in content ? [[path, content.text]] : [],
  );
  return { ...(Object.fromEntries(files) as Record<string, string>), [EVENT]: recorded.beginning.event };
}

/** Those of the reader's texts that are not the page's. */
function changedTexts(originals: Draft, now: Draft): Draft {
  return Object.fromEntries(Object.entries(now).filter(([name, text]) => originals[name] !== text));
}

async function copyText(text: string, view: LabView, { words }: LabPage): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    view.say(words.status.copied);
  } catch {
    // The browser forbids it, or the page is not on a secure origin.
    view.say(words.status.notCopied);
  }
}

customElements.define('lab-root', LabRoot);
