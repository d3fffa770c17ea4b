/**
 * `<lab-root>`: one example on one platform, as a workbench. Astro has rendered it with its recording; this owns the session
 * and makes its buttons, tabs and views work. Python is loaded when the reader means to run something, and the sandbox's
 * script at the first sign of it.
 */
import { ownValue } from '../trace/own-value.ts';
import type { AttemptedRun, Look } from '../exercise/attempted-run.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import { broughtToLab } from './brought-labs.ts';
import { findStorage } from './code/drafts.ts';
import { LabEvent } from './code/event-text.ts';
import { LabCode } from './code/lab-code.ts';
import { LabTexts } from './code/texts.ts';
import { copyText } from './copy-text.ts';
import { findPart } from './find-part.ts';
import { LabHead } from './head.ts';
import { send } from './events.ts';
import { followLinks } from './link/follow-links.ts';
import type { LinkHost } from './link/link-host.ts';
import { LabMessages } from './messages/lab-messages.ts';
import { oneByOne } from './one-by-one.ts';
import { openSandbox, type OpenSandbox } from './open-sandbox.ts';
import { ErrorLink } from './output/error-link.ts';
import { LabOutput } from './output/lab-output.ts';
import { readLabData, readLabPage, type LabData, type LabPage } from './page-data.ts';
import { LabPrediction } from './predict/lab-prediction.ts';
import { RunLog } from './run-log.ts';
import { filesOf, originalsOf } from './lab-files.ts';
import type { RunParts } from './run-parts.ts';
import {
  beginSession,
  edited,
  isBusy,
  isChanged,
  isOutdated,
  isRedeployed,
  reset,
  stepped,
  type Session,
} from './session.ts';
import { LabStack } from './stack/lab-stack.ts';
import { bringRun, startRun } from './start-run.ts';
import { LabStorage } from './storage/lab-storage.ts';
import { handlerStep } from './time/handler-step.ts';
import type { MomentPane } from './time/moment-pane.ts';
import { openSteps } from './time/open-steps.ts';
import type { LabSteps } from './time/steps.ts';
import { momentToText } from './time/step-words.ts';
import { guardPane, guardView, setFaultSentence, tryView } from './view-fault.ts';
import { LabViews } from './views.ts';

/** What may be the first thing that somebody wants of a lab. */
const SIGNS = ['pointerdown', 'pointerenter', 'focusin', 'keydown', 'click', 'lab-run', 'lab-go'] as const;

/** The element. */
export class LabRoot extends HTMLElement {
  #listening = new AbortController();
  #isStarted = false;
  #opened: Promise<OpenSandbox> | null = null;
  #sandbox: Sandbox | null = null;
  #session: Session | null = null;
  #show: (session: Session) => void = () => undefined;
  /** Aborted by Stop, which may be pressed before there is a sandbox to stop. */
  #stopping = new AbortController();
  #texts: LabTexts | null = null;
  #parts: RunParts | null = null;
  #host: LinkHost | null = null;

  connectedCallback(): void {
    this.#isStarted = false;
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    const start = (): void => {
      this.#startOnce();
    };
    for (const sign of SIGNS) this.addEventListener(sign, start, { signal, capture: true });
    // In a task of its own also because a lab that comes to a page later is connected ahead of its parts.
    oneByOne(start);
  }

  /** Starts unless that is done: a reader, or another element, may want this lab before its turn has come. */
  #startOnce(): void {
    if (this.#isStarted || !this.isConnected) return;
    this.#isStarted = true;
    this.#start();
  }

  #start(): void {
    const page = readLabPage(this.ownerDocument);
    const data = readLabData(this);
    const brought = broughtToLab(this);
    const { signal } = this.#listening;
    const { words, language, owners } = page;
    const originals = originalsOf(data);
    const { outcome: recorded, events } = data.recorded;
    this.#session = beginSession({ originals, ending: recorded, view: data.view });
    const change = (to: (session: Session) => Session): void => {
      this.#change(to);
    };
    const head = new LabHead(this, words, language);
    const code = findPart(this, 'lab-code', LabCode);
    const output = findPart(this, 'lab-output', LabOutput);
    const errorLink = new ErrorLink(this, data.platform, page.errors);
    const stack = findPart(this, 'lab-stack', LabStack);
    const messages = findPart(this, 'lab-messages', LabMessages);
    const storage = findPart(this, 'lab-storage', LabStorage);
    setFaultSentence(words.fault);
    // Files that the reader adds are places, too.
    const task = { ...data.places.task };
    const places = { ...data.places, task };
    output.adopt({ words, owners, language, places }, events);
    messages.configure({ words, language });
    oneByOne(() => {
      storage.begin();
    });
    stack.configure({ words, owners, language });
    const views = new LabViews(this, change, signal);
    const say = (text: string): void => {
      // A run that goes on has the status to itself.
      if (!isBusy(this.#current)) head.say(text);
    };
    const answer = findPart(this, '.lab-answer', HTMLElement);
    const rest: MomentPane = {
      show: (shown) => {
        answer.classList.toggle('is-later', shown !== null && shown.moment.kind !== 'end');
        say(shown === null ? '' : momentToText(shown.moment, words.step));
      },
    };
    const steps = openSteps({
      lab: this,
      page,
      data,
      panes: [...[code, output, stack, storage, messages].map(guardPane), rest],
      stepped: (step) => {
        change((session) => stepped(session, step));
        code.setRanTexts(this.#current.run.texts);
      },
      say,
      signal,
    });
    code.configure({
      words,
      owners,
      places,
      mayEdit: true,
      ...(brought !== null && { fileOf: brought.fileOf }),
      opened: (file, text) => {
        texts.adopt(file, text);
      },
    });
    const texts: LabTexts = (this.#texts = new LabTexts(this, {
      originals,
      image: new Set(Object.keys(data.places.image)),
      imageVersion: ownValue(page.assets.platforms, data.platform)?.sha256 ?? '',
      // Nothing of what somebody brings outlives the page, so no change of it does.
      storage: brought === null ? findStorage(window) : null,
      former: data.former ?? [],
      copy: (text) => void copyText(text, say, words.status),
      words: { ...words.edit, ...(brought !== null && { notKept: brought.notKept }) },
      signal,
      places:
        data.bench === undefined
          ? null
          : {
              add: (path, original) => {
                // eslint-disable-next-line names/own -- paths begin with a slash
                task[path] = code.id;
                return code.addFile(path, original);
              },
              remove: (path) => {
                // eslint-disable-next-line @typescript-eslint/no-dynamic-delete, names/own -- paths begin with a slash
                delete task[path];
                code.removeFile(path);
              },
            },
      changed: () => {
        change((session) => edited(session, texts.all()));
        code.markChanged(texts.changedNames);
        event.follow();
        send(this, 'lab-texts');
      },
    }));
    const event: LabEvent = new LabEvent(this, code, words.edit, signal);
    this.#show = (session) => {
      guardView(answer, () => {
        head.show(session);
      });
      views.show(session);
      this.classList.toggle('is-stepping', session.step !== null);
    };
    this.#session = edited(this.#session, texts.all());
    head.adopt(this.#session);
    this.#show(this.#session);
    code.markChanged(texts.changedNames);
    // What the reader changed is compared with what it was, so that has to be here.
    for (const path of texts.unopened) code.load(path).catch(() => undefined);
    const parts: RunParts = (this.#parts = {
      page,
      data,
      brought: brought?.disk ?? null,
      output,
      errorLink,
      steps,
      messages,
      storage,
      texts: () => texts.all(),
      change,
    });
    const run = (): void => {
      if (isBusy(this.#current)) return;
      this.#reveal();
      const fault = event.check();
      if (fault === null) void this.#run(parts);
      else head.say(fault);
    };
    const goBack = (): void => {
      this.#sandbox?.stop();
      texts.restore();
      tryView(output, () => {
        output.set(events);
      });
      errorLink.restore();
      tryView(messages, () => {
        messages.restore();
      });
      steps.reset();
      tryView(storage, () => {
        storage.reset();
      });
      change((session) => edited(reset(session, recorded), texts.all()));
    };
    this.#listen(signal, { head, run, goBack });
    this.#listenToViews(signal, { data, page, code, output, steps, texts, say });
    this.#host = { lab: this, page, data, originals, texts, steps, say, signal };
    // A playground's links may be for another of its labs; what somebody has brought is in no link.
    if (data.bench === undefined && brought === null) followLinks(this.#host);
    if (data.bench !== undefined) send(this, 'lab-texts');
    if (page.embedOf === undefined) this.#prepareOnIntent(signal, page, head);
  }

  disconnectedCallback(): void {
    this.#listening.abort();
    this.#sandbox?.stop();
  }

  /** The reader's texts that are not the originals, by name, for another lab of the same group. */
  get changedTexts(): Readonly<Record<string, string>> {
    const { texts, originals } = this.#current;
    // A link's are for the lab that it names, and would lose there that they are a link's.
    // On a playground the function goes along as a whole.
    if (this.#texts?.isLent === true || this.#host?.data.bench !== undefined) return {};
    return Object.fromEntries(
      Object.entries(texts).filter(([name, text]) => ownValue(originals, name) !== text),
    );
  }

  /** Takes changes over from another lab of the same group, where this one has none of its own. */
  takeTexts(texts: Readonly<Record<string, string>>): void {
    if (!isChanged(this.#current)) this.#texts?.take(texts);
  }

  /** What links and a playground work with. */
  get host(): LinkHost {
    this.#startOnce();
    if (this.#host === null) throw new Error(`${this.id} has no texts before it is in a page.`);
    return this.#host;
  }

  /** The answer of the last run of the texts that are there now; null where there is none, or it was an error. */
  get answer(): string | null {
    const { ending } = this.#current.run;
    return ending?.status === 'returned' && !isOutdated(this.#current) ? ending.payload : null;
  }

  /** Whether a run is on. */
  get isBusy(): boolean {
    return isBusy(this.#current);
  }

  /** The reader's texts as they are now, by the names of what they are in. */
  get texts(): Readonly<Record<string, string>> {
    return this.#current.texts;
  }

  /**
   * Runs the reader's code with these events, JSON texts, one after the other in an environment of its own; ends behind a run
   * after which `goesOn` wants no other. Gives what came of each run, the last one shown; null where a run is on already.
   */
  async attempt(
    events: readonly string[],
    goesOn: (run: AttemptedRun) => boolean,
  ): Promise<readonly AttemptedRun[] | null> {
    this.#startOnce();
    const parts = this.#parts;
    if (parts === null || isBusy(this.#current)) return null;
    this.#reveal();
    this.#sandbox?.forget();
    parts.storage.reset();
    parts.storage.forgetBuckets();
    const runs: AttemptedRun[] = [];
    for (const event of events) {
      const run = await this.#run(parts, event);
      runs.push(run);
      if (!goesOn(run)) break;
    }
    return runs;
  }

  /** Shows a moment of one of those runs: a step, from 1. */
  async showAttempt(runs: readonly AttemptedRun[], { run, step }: Look): Promise<void> {
    this.#startOnce();
    const parts = this.#parts;
    if (parts === null || isBusy(this.#current)) return;
    const { output, messages, storage, steps } = parts;
    const files = filesOf(parts.data, this.#current.run.texts);
    steps.close();
    for (const [index, { beginning, events, blobs }] of runs.slice(0, run).entries()) {
      const log = new RunLog(events);
      const isNew = beginning.cold && beginning.reset !== true && (beginning.process ?? 1) === 1;
      storage.runStarted(isNew, { ...files.task, ...files.image }, log);
      storage.add(blobs);
      steps.open({ events }, beginning.cold);
      if (index + 1 < run) continue;
      output.set(events);
      messages.runStarted(log);
      messages.end();
    }
    await steps.go(() => step);
  }

  /** Another lab of the group is shown: what runs here ends. */
  putAway(): void {
    if (isBusy(this.#current)) this.#stop();
  }

  get #current(): Session {
    this.#startOnce();
    if (this.#session === null) throw new Error(`${this.id} has no session before it is in a page.`);
    return this.#session;
  }

  #change(to: (session: Session) => Session): void {
    const session = to(this.#current);
    if (session === this.#session) return;
    this.#session = session;
    this.#show(session);
  }

  #listen(
    signal: AbortSignal,
    { head, run, goBack }: { head: LabHead; run: () => void; goBack: () => void },
  ): void {
    head.run.addEventListener('click', run, { signal });
    head.retry.addEventListener('click', run, { signal });
    this.addEventListener('lab-run', run, { signal });
    head.reset.addEventListener('click', goBack, { signal });
    head.stop.addEventListener(
      'click',
      ({ detail }) => {
        // The second click of a double one on Run, whose place this button has taken, stops nothing.
        if (detail < 2) this.#stop();
      },
      { signal },
    );
    // A list behind dots is closed by Escape and by a press elsewhere, as one expects of it.
    this.ownerDocument.addEventListener(
      'pointerdown',
      ({ target }) => {
        this.#closeLists(target instanceof Node ? target : null);
      },
      { signal },
    );
    this.addEventListener(
      'keydown',
      ({ key, target }) => {
        if (key !== 'Escape' || !(target instanceof Element)) return;
        const list = target.closest<HTMLDetailsElement>('details.more[open]');
        list?.removeAttribute('open');
        list?.querySelector('summary')?.focus();
      },
      { signal },
    );
    this.querySelector('.bench-platform select')?.addEventListener(
      'change',
      ({ target }) => {
        if (!(target instanceof HTMLSelectElement)) return;
        const { value } = target;
        // This lab goes on being the one of its own platform.
        target.value = this.id;
        this.dispatchEvent(new CustomEvent('lab-choose', { bubbles: true, detail: value }));
      },
      { signal },
    );
  }

  #listenToViews(
    signal: AbortSignal,
    parts: {
      readonly data: LabData;
      readonly page: LabPage;
      readonly code: LabCode;
      readonly output: LabOutput;
      readonly steps: LabSteps;
      readonly texts: LabTexts;
      readonly say: (text: string) => void;
    },
  ): void {
    const { data, page, code, output, steps, texts, say } = parts;
    const { words } = page;
    this.addEventListener(
      'lab-open-file',
      ({ detail: { path, line, from } }) => {
        void code.open(path, line, from);
      },
      { signal },
    );
    this.addEventListener(
      'lab-edit',
      () => {
        // One goes on writing in the text of now, not in that of a run.
        if (steps.step !== null) steps.leave();
      },
      { signal },
    );
    this.addEventListener(
      'lab-say',
      ({ detail }) => {
        say(detail);
      },
      { signal },
    );
    this.addEventListener(
      'lab-no-part',
      () => {
        say(words.problem.page);
      },
      { signal },
    );
    this.addEventListener(
      'lab-no-editor',
      () => {
        say(words.edit.noEditor);
      },
      { signal },
    );
    // A stack belongs to a moment: chosen while nobody steps, it goes to the reader's own handler.
    this.addEventListener(
      'lab-open-view',
      ({ detail }) => {
        if (detail === 'stack' && steps.step === null && !isBusy(this.#current))
          void steps.go((replay) => handlerStep(replay, data.stops, (name) => steps.stopNamed(name)?.step));
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
    output.addEventListener('click', followFrame, { signal });
    findPart(this, '.lab-copy', HTMLButtonElement).addEventListener(
      'click',
      () => {
        void copyText(texts.find(code.openName)?.text ?? '', say, words.status);
      },
      { signal },
    );
    findPart(this, '.lab-share', HTMLButtonElement).addEventListener(
      'click',
      () => {
        if (data.bench !== undefined) return;
        const { notCopied } = words.status;
        const share = (): void => {
          void copyText(steps.address(), say, { copied: words.step.linkCopied, notCopied });
        };
        // Shared is where the reader asked to go.
        if (steps.isComing) void steps.replay().then(share);
        else share();
      },
      { signal },
    );
  }

  #prepareOnIntent(signal: AbortSignal, page: LabPage, head: LabHead): void {
    // Run and Stop share this place. That they take turns under a pointer, and the focus with them, is no sign of a reader's.
    const go = head.run.parentElement ?? head.run;
    for (const intent of ['pointerenter', 'focusin', 'touchstart'] as const) {
      for (const [part, boots] of [
        [this, false],
        [go, true],
      ] as const) {
        part.addEventListener(
          intent,
          (event) => {
            const from = 'relatedTarget' in event ? event.relatedTarget : null;
            if (!(from instanceof Node && go.contains(from))) void this.#prepare(page, boots);
          },
          { signal, passive: true },
        );
      }
    }
  }

  #closeLists(except: Node | null): void {
    for (const list of this.querySelectorAll<HTMLDetailsElement>('details.more[open]'))
      if (except === null || !list.contains(except)) list.open = false;
  }

  #reveal(): void {
    const question = this.querySelector('lab-prediction');
    if (question instanceof LabPrediction) question.reveal('');
  }

  #stop(): void {
    this.#stopping.abort();
    this.#sandbox?.stop();
  }

  /** The reader may be about to run the lab: `boots` tells how sure that is. Nothing is done for a run that will be warm. */
  async #prepare(page: LabPage, boots: boolean): Promise<void> {
    if (isBusy(this.#current)) return;
    try {
      const { sandbox } = await this.#open(page);
      const { state } = sandbox;
      if (state === 'idle' || (state === 'warm' && isRedeployed(this.#current))) sandbox.prepare(boots);
    } catch {
      // No run has been asked for yet; Run meets the same fault and reports it.
    }
  }

  /** The lab's sandbox, made once. What could not be fetched is asked for again the next time. */
  async #open(page: LabPage): Promise<OpenSandbox> {
    this.#opened ??= openSandbox(page, this.ownerDocument);
    try {
      const [opened] = await Promise.all([this.#opened, bringRun()]);
      this.#sandbox = opened.sandbox;
      return opened;
    } catch (error) {
      this.#opened = null;
      throw error;
    }
  }

  async #run(parts: RunParts, event?: string): Promise<AttemptedRun> {
    this.#stopping = new AbortController();
    const { signal } = this.#stopping;
    const run = await startRun(parts, {
      open: () => this.#open(parts.page),
      isStopped: () => signal.aborted,
      ...(event === undefined ? {} : { event }),
    });
    send(this, 'lab-ran', run);
    return run;
  }
}

/** A frame opens where it is, in this lab; a click that asks for a new tab gets the file's own page. */
function followFrame(event: MouseEvent): void {
  const frame =
    event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('a.lab-frame') : null;
  if (frame === null || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
  event.preventDefault();
  const { file = '', number = '1' } = frame.dataset;
  frame.dispatchEvent(
    new CustomEvent('lab-open-file', {
      bubbles: true,
      detail: { path: file, line: Number(number), from: frame },
    }),
  );
}

customElements.define('lab-root', LabRoot);
