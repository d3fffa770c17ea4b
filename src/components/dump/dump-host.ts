/** The page's side of a dump: asks its worker, which alone holds the files, or reads in the page where workers are refused. */
import DumpWorker from './dump.worker.ts?worker&inline';
import type { DumpReader, toFault } from './dump-reader.ts';
import type {
  Answers,
  AskName,
  DumpSource,
  FromDumpWorker,
  Progress,
  Summary,
  ToDumpWorker,
  ToldFault,
} from './told.ts';

interface Waiting {
  readonly message: ToDumpWorker;
  readonly onProgress: (progress: Progress) => void;
  readonly resolve: (answer: Answers[AskName]['answer']) => void;
  readonly reject: (reason: Error) => void;
}

/** What reads in the page, and says what its errors are. */
interface ReaderHere {
  readonly reader: DumpReader;
  readonly toFault: typeof toFault;
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

/** What holds one dump: a worker, or the page itself where a policy of its host refuses workers. */
class Holder {
  #worker: Worker | null = null;
  /** What reads in the page; null while a worker does. */
  #here: Promise<ReaderHere> | null = null;
  readonly #waiting = new Map<number, Waiting>();
  #asked = 0;

  constructor() {
    try {
      this.#worker = new DumpWorker();
    } catch {
      this.#readHere();
      return;
    }
    let runs = false;
    this.#worker.addEventListener('message', ({ data }: MessageEvent<FromDumpWorker>) => {
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

  send<Name extends AskName>(
    name: Name,
    ask: Answers[Name]['ask'],
    onProgress: (progress: Progress) => void,
  ): Promise<Answers[Name]['answer']> {
    const { promise, resolve, reject } = Promise.withResolvers<Answers[AskName]['answer']>();
    this.#asked += 1;
    const message = { id: this.#asked, name, ask } as ToDumpWorker;
    this.#waiting.set(message.id, { message, onProgress, resolve, reject });
    if (this.#worker !== null) this.#worker.postMessage(message);
    else void this.#answerHere(message);
    return promise;
  }

  /** Gives up what is being opened, and forgets what was: with the worker goes all that it holds. */
  end(): void {
    this.#worker?.terminate();
    for (const { message, reject } of this.#waiting.values())
      if (message.name === 'open') reject(new Cancelled());
    this.#waiting.clear();
  }

  /** As a rule before anything is dropped: then nothing is requested while somebody drops. */
  #readHere(): void {
    this.#worker = null;
    this.#bringHere().catch(() => undefined);
    for (const { message } of [...this.#waiting.values()]) void this.#answerHere(message);
  }

  /** What could not be fetched is asked for again the next time. */
  async #bringHere(): Promise<ReaderHere> {
    this.#here ??= import('./dump-reader.ts').then(({ DumpReader, toFault }) => ({
      reader: new DumpReader(),
      toFault,
    }));
    try {
      return await this.#here;
    } catch (error) {
      this.#here = null;
      throw error;
    }
  }

  async #answerHere({ id, ...asked }: ToDumpWorker): Promise<void> {
    try {
      const { reader, toFault } = await this.#bringHere();
      try {
        const answer = await reader.answer(asked, (progress) => {
          this.#hear({ type: 'progress', id, progress });
        });
        // A copy, as a worker's answer is: what is held is nobody's to change, or to give away.
        this.#hear({ type: 'answer', id, answer: structuredClone(answer) });
      } catch (error) {
        this.#hear({ type: 'fault', id, fault: toFault(error) });
      }
    } catch {
      this.#hear({ type: 'fault', id, fault: null });
    }
  }

  #hear(data: Exclude<FromDumpWorker, { readonly type: 'ready' }>): void {
    const waiting = this.#waiting.get(data.id);
    if (waiting === undefined) return;
    if (data.type === 'progress') {
      waiting.onProgress(data.progress);
      return;
    }
    this.#waiting.delete(data.id);
    if (data.type === 'answer') waiting.resolve(data.answer);
    else
      waiting.reject(data.fault === null ? new Error('A fault while reading.') : new NotOpened(data.fault));
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
