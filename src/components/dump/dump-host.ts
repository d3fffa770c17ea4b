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

/** One worker, with what is asked of it. */
class Holder {
  readonly #worker: Worker | null;
  readonly #waiting = new Map<number, Waiting>();
  #asked = 0;

  constructor() {
    this.#worker = startWorker();
    this.#worker?.addEventListener('message', ({ data }: MessageEvent<FromDumpWorker>) => {
      this.#hear(data);
    });
    this.#worker?.addEventListener('error', (event) => {
      event.preventDefault();
      for (const { reject } of this.#waiting.values()) reject(new Error(event.message));
      this.#waiting.clear();
    });
  }

  send<Name extends AskName>(
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

  /** Gives up what is being opened, and forgets what was: with the worker goes all that it holds. */
  end(): void {
    this.#worker?.terminate();
    for (const { isOpening, reject } of this.#waiting.values()) if (isOpening) reject(new Cancelled());
    this.#waiting.clear();
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
}

function startWorker(): Worker | null {
  try {
    return new DumpWorker();
  } catch {
    return null;
  }
}

/** Holds one dump, and the next one while it is being opened: one that is not opened takes nothing away. */
export class DumpHost {
  #holder: Holder | null = null;
  /** Made ahead, so that nothing is asked of anybody when somebody drops something. */
  #next = new Holder();

  /** Opens a dump in place of the one before. Rejects with `NotOpened`, `Cancelled`. */
  async open(source: DumpSource, onProgress: (progress: Progress) => void): Promise<Summary> {
    const opening = this.#next;
    try {
      const summary = await opening.send('open', { source }, onProgress);
      this.#holder?.end();
      this.#holder = opening;
      return summary;
    } catch (error) {
      opening.end();
      throw error;
    } finally {
      if (this.#next === opening) this.#next = new Holder();
    }
  }

  /** Asks about the dump that was opened last. Of one that is forgotten meanwhile no answer comes: nothing shows it any more. */
  ask<Name extends Exclude<AskName, 'open'>>(
    name: Name,
    ask: Answers[Name]['ask'],
  ): Promise<Answers[Name]['answer']> {
    if (this.#holder === null) throw new Error('Nothing is opened yet.');
    return this.#holder.send(name, ask, () => undefined);
  }

  /** Gives up what is being opened. */
  cancel(): void {
    this.#next.end();
    this.#next = new Holder();
  }

  /** Forgets all. */
  forget(): void {
    this.cancel();
    this.#holder?.end();
    this.#holder = null;
  }
}
