/** The page's side of the reading: asks its worker, or does it in the page where workers are refused. */
import type { ErrorKeys } from '../../catalogue/match-error.ts';
import ExplainWorker from './explain.worker.ts?worker&inline';
import type { PasteReader } from './held-paste.ts';
import { MOST_LINES_HERE } from './limits.ts';
import { hasMoreLines } from './read-source.ts';
import {
  ReadFault,
  type Answers,
  type AskName,
  type FromExplainWorker,
  type PasteSource,
  type Progress,
  type Summary,
  type ToExplainWorker,
} from './told.ts';

interface Waiting {
  readonly message: ToExplainWorker;
  readonly onProgress: (progress: Progress) => void;
  readonly resolve: (answer: Answers[AskName]['answer']) => void;
  readonly reject: (reason: Error) => void;
}

/** Reading that was given up: nothing more is said of it. */
export class Cancelled extends Error {
  override readonly name = 'Cancelled';
}

/** Holds one paste at a time. */
export class PasteHost {
  readonly #errors: readonly ErrorKeys[];
  #worker: Worker | null = null;
  /** What reads in the page; null while the worker does. */
  #here: Promise<PasteReader> | null = null;
  readonly #waiting = new Map<number, Waiting>();
  #asked = 0;

  /** `errors` are what lines are compared with to find their error. */
  constructor(errors: readonly ErrorKeys[]) {
    this.#errors = errors;
    this.#start();
  }

  /** Reads a paste in place of the one before. Throws `ReadFault`, `Cancelled`. */
  async read(source: PasteSource, onProgress: (progress: Progress) => void): Promise<Summary> {
    return this.#send('read', { source, errors: this.#errors }, onProgress);
  }

  /** Asks about the paste that was read last. */
  async ask<Name extends Exclude<AskName, 'read'>>(
    name: Name,
    ask: Answers[Name]['ask'],
  ): Promise<Answers[Name]['answer']> {
    return this.#send(name, ask, () => undefined);
  }

  /** Gives up what is being read, and forgets what was. The next worker is made of code that is here already. */
  cancel(): void {
    this.#worker?.terminate();
    for (const { reject } of this.#waiting.values()) reject(new Cancelled());
    this.#waiting.clear();
    if (this.#worker !== null) this.#start();
  }

  #start(): void {
    try {
      this.#worker = new ExplainWorker();
    } catch {
      this.#readHere();
      return;
    }
    let runs = false;
    this.#worker.addEventListener('message', ({ data }: MessageEvent<FromExplainWorker>) => {
      if (data.type === 'ready') runs = true;
      else this.#hear(data);
    });
    this.#worker.addEventListener('error', (event) => {
      event.preventDefault();
      if (!runs) {
        this.#readHere();
        return;
      }
      // It ran, and ended in a fault: what was asked has no answer.
      for (const { reject } of this.#waiting.values()) reject(new Error(event.message));
      this.#waiting.clear();
    });
  }

  /** Before anything is pasted, as a rule: then nothing is requested while somebody pastes. */
  #readHere(): void {
    this.#worker = null;
    this.#bringHere().catch(() => undefined);
    const waiting = [...this.#waiting.values()];
    for (const each of waiting) void this.#answerHere(each);
  }

  #hear(data: Exclude<FromExplainWorker, { readonly type: 'ready' }>): void {
    const waiting = this.#waiting.get(data.id);
    if (waiting === undefined) return;
    if (data.type === 'progress') {
      waiting.onProgress(data.progress);
      return;
    }
    this.#waiting.delete(data.id);
    if (data.type === 'answer') waiting.resolve(data.answer);
    else waiting.reject(data.key === null ? new Error('A fault while reading.') : new ReadFault(data.key));
  }

  #send<Name extends AskName>(
    name: Name,
    ask: Answers[Name]['ask'],
    onProgress: (progress: Progress) => void,
  ): Promise<Answers[Name]['answer']> {
    this.#asked += 1;
    const message = { id: this.#asked, name, ask };
    const { promise, resolve, reject } = Promise.withResolvers<Answers[AskName]['answer']>();
    const waiting = { message, onProgress, resolve, reject };
    this.#waiting.set(message.id, waiting);
    if (this.#worker !== null) this.#worker.postMessage(message);
    else void this.#answerHere(waiting);
    return promise;
  }

  /** What could not be fetched is asked for again the next time. */
  async #bringHere(): Promise<PasteReader> {
    this.#here ??= import('./held-paste.ts').then(({ PasteReader }) => new PasteReader());
    try {
      return await this.#here;
    } catch (error) {
      this.#here = null;
      throw error;
    }
  }

  async #answerHere({ message: { id, name, ask }, onProgress, resolve, reject }: Waiting): Promise<void> {
    try {
      if ('source' in ask && 'text' in ask.source && hasMoreLines(ask.source.text, MOST_LINES_HERE))
        throw new ReadFault('tooLongHere');
      const reader = await this.#bringHere();
      resolve(await reader.answer(name, ask, onProgress));
    } catch (error) {
      reject(error instanceof Error ? error : new Error(String(error)));
    } finally {
      this.#waiting.delete(id);
    }
  }
}
