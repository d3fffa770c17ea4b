/** The page's side of a dump: asks its worker, which alone holds the files. */
import DumpWorker from './dump.worker.ts?worker&inline';
import type { Answers, AskName, DumpSource, FromDumpWorker, Progress, Summary, ToldFault } from './told.ts';

interface Waiting {
  readonly isOpening: boolean;
  readonly onProgress: (progress: Progress) => void;
  readonly resolve: (answer: Answers[AskName]['answer']) => void;
  readonly reject: (reason: Error) => void;
}

/** Opening that was given up: nothing more is said of it. */
export class Cancelled extends Error {
  override readonly name = 'Cancelled';
}

/** Something dropped that isn't opened. */
export class NotOpened extends Error {
  override readonly name = 'NotOpened';
  readonly fault: ToldFault;

  constructor(fault: ToldFault) {
    super(`This isn't opened: ${fault.key}`);
    this.fault = fault;
  }
}

/** Holds one dump at a time. */
export class DumpHost {
  #worker: Worker | null = null;
  readonly #waiting = new Map<number, Waiting>();
  #asked = 0;

  /** Made at once, so that nothing is asked of anybody when somebody drops something. */
  constructor() {
    this.#start();
  }

  /** Opens a dump in place of the one before. Rejects with `NotOpened`, `Cancelled`. */
  async open(source: DumpSource, onProgress: (progress: Progress) => void): Promise<Summary> {
    this.forget();
    return this.#send('open', { source }, onProgress);
  }

  /** Asks about the dump that was opened last. Of one that is forgotten meanwhile no answer comes: nothing shows it any more. */
  async ask<Name extends Exclude<AskName, 'open'>>(
    name: Name,
    ask: Answers[Name]['ask'],
  ): Promise<Answers[Name]['answer']> {
    return this.#send(name, ask, () => undefined);
  }

  /** Gives up what is being opened, and forgets what was: with its worker goes all that it holds. */
  forget(): void {
    this.#worker?.terminate();
    for (const { isOpening, reject } of this.#waiting.values()) if (isOpening) reject(new Cancelled());
    this.#waiting.clear();
    this.#start();
  }

  #start(): void {
    try {
      this.#worker = new DumpWorker();
    } catch {
      this.#worker = null;
      return;
    }
    this.#worker.addEventListener('message', ({ data }: MessageEvent<FromDumpWorker>) => {
      this.#hear(data);
    });
    this.#worker.addEventListener('error', (event) => {
      event.preventDefault();
      for (const { reject } of this.#waiting.values()) reject(new Error(event.message));
      this.#waiting.clear();
    });
  }

  #hear(data: FromDumpWorker): void {
    const waiting = this.#waiting.get(data.id);
    if (waiting === undefined) return;
    if (data.type === 'progress') {
      waiting.onProgress(data.progress);
      return;
    }
    this.#waiting.delete(data.id);
    if (data.type === 'answer') waiting.resolve(data.answer);
    else
      waiting.reject(data.fault === null ? new Error('A fault in the worker.') : new NotOpened(data.fault));
  }

  #send<Name extends AskName>(
    name: Name,
    ask: Answers[Name]['ask'],
    onProgress: (progress: Progress) => void,
  ): Promise<Answers[Name]['answer']> {
    const { promise, resolve, reject } = Promise.withResolvers<Answers[AskName]['answer']>();
    if (this.#worker === null) {
      reject(new Error('This browser starts no worker here.'));
      return promise;
    }
    this.#asked += 1;
    this.#waiting.set(this.#asked, { isOpening: name === 'open', onProgress, resolve, reject });
    this.#worker.postMessage({ id: this.#asked, name, ask });
    return promise;
  }
}
