/** What becomes of one environment under Node, collected from the messages of its processes. */
import type { Buckets } from '../platforms/shared/objects.ts';
import { KeptFiles } from '../sandbox/kept-files.ts';
import { KeptObjects } from '../sandbox/kept-objects.ts';
import type { EarlierProcesses, EnvironmentSpec, Files, WorkerMessage } from '../sandbox/protocol.ts';
import type { Outcome, RecordedRun, TraceBeginning, TraceEvent } from '../trace/format.ts';

/** What became of one environment. */
export interface EnvironmentRecord {
  readonly runs: readonly RecordedRun[];
  /** For each run the bytes of the objects and files that its events name. */
  readonly blobs: readonly Readonly<Record<string, Uint8Array>>[];
  /** The exit status of the runtime's process; null while it waits for more, or when it was stopped from outside. */
  readonly exit: number | null;
  readonly objects: Buckets;
  /** What the process wrote that belongs to no finished run: the reason why there is none. */
  readonly unfinished: string;
}

/** What is known so far of an environment's life. */
export class Life {
  readonly #runs: RecordedRun[] = [];
  readonly #blobs: Record<string, Uint8Array>[] = [];
  readonly #objects: KeptObjects;
  readonly #files: KeptFiles;
  #isReset = false;
  #open: { beginning: TraceBeginning; events: TraceEvent[] } | null = null;
  #exit: number | null = null;

  constructor(objects: Buckets, files: Files) {
    this.#objects = new KeptObjects(objects);
    this.#files = new KeptFiles(files);
  }

  /** The id of the run that is open. */
  get openRequest(): string | null {
    return this.#open?.beginning.request ?? null;
  }

  /** Whether it has ended in a way after which a platform may reset it. */
  get isReset(): boolean {
    return this.#isReset;
  }

  /** What its process leaves to the next one. */
  leave(before: EarlierProcesses | null, { platform: { resets = [] } }: EnvironmentSpec): EarlierProcesses {
    return { count: (before?.count ?? 0) + 1, files: this.#files.in(resets) };
  }

  /** What the buckets hold now. */
  get objects(): Buckets {
    return this.#objects.all;
  }

  /** One of the runs, from 0; null when it is not over. */
  runAt(index: number): RecordedRun | null {
    return this.#runs[index] ?? null;
  }

  /** The bytes that its events name. */
  blobsAt(index: number): Readonly<Record<string, Uint8Array>> {
    return this.#blobs[index] ?? {};
  }

  get finished(): number {
    return this.#runs.length;
  }

  get hasOpenRun(): boolean {
    return this.#open !== null;
  }

  take(message: WorkerMessage): void {
    if (message.type === 'began') {
      this.#open = { beginning: message.beginning, events: [] };
      this.#blobs.push({});
    }
    if (message.type === 'recorded') this.#record(message.events, message.blobs);
    else if (message.type === 'finished') this.finish(message.outcome);
    else if (message.type === 'exited') this.#exit = message.code;
  }

  /** Lines that the platform adds to the log when it removes the environment. */
  say(text: string): void {
    if (text !== '') this.#open?.events.push({ kind: 'output', stream: 'platform', text });
  }

  finish(outcome: Outcome): void {
    if (this.#open !== null) this.#runs.push({ ...this.#open, outcome });
    if (outcome.status === 'exited') this.#exit = outcome.code;
    if (outcome.status === 'completed') this.#exit = 0;
    this.#open = null;
    this.#isReset = outcome.status === 'exited' || outcome.status === 'timed-out';
  }

  record(): EnvironmentRecord {
    return {
      runs: [...this.#runs],
      blobs: [...this.#blobs],
      exit: this.#exit,
      objects: this.#objects.all,
      unfinished: (this.#open?.events ?? [])
        .map((event) => (event.kind === 'output' ? event.text : ''))
        .join(''),
    };
  }

  #record(events: readonly TraceEvent[], blobs: Readonly<Record<string, Uint8Array>>): void {
    this.#open?.events.push(...events);
    Object.assign(this.#blobs.at(-1) ?? {}, blobs);
    this.#objects.note(events, blobs);
    this.#files.note(events, blobs);
  }
}
