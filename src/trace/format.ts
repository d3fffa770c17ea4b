/**
 * The record of what happened in an execution environment: `trace/1`.
 *
 * Writers: the recorder (`src/harness/recorder.py`: call, line, return, raise, file), the
 * platform's service (`src/platforms/<platform>/service.ts`: phase, message, output) and its buckets (bucket, object). Readers: the lab on the page,
 * the transcripts, the command line. A trace is a beginning and changes, never a whole state
 * per event: the moment at step n is a fold over the events before it.
 */

/** Where a frame's code lies: the task is the reader's, the image is the runtime, the rest is Python's own. */
export type Owner = 'handler' | 'runtime' | 'library';

/** The stages of an environment's life, as the articles name them. */
export type Phase = 'init' | 'wait' | 'invoke' | 'respond' | 'report-error';

/**
 * The senders: the two sides of the border of the runtime's process, and the caller of the service where
 * that is a server of its own. `handler`: where there is no runtime, and the function's own code is the process.
 */
export type Party = 'caller' | 'service' | 'bootstrap' | 'handler';

/** What S3 tells of an object beside its key and its size. */
export interface ObjectAbout {
  /** Milliseconds since 1970. */
  readonly modified: number;
  /** Without the quotes that belong to it in a header. */
  readonly etag: string;
  readonly type: string;
  readonly metadata: Readonly<Record<string, string>>;
}

/** Names of locals to what a person would read of them; long values are already cut with their length said. */
export type Locals = Readonly<Record<string, string>>;

export type TraceEvent =
  | { readonly kind: 'phase'; readonly phase: Phase; readonly request: string | null }
  /** What crossed between the service and the runtime: `what` is the call's or request's name, `body` what it carried. */
  | {
      readonly kind: 'message';
      readonly from: Party;
      readonly to: Party;
      readonly what: string;
      readonly body: string;
    }
  /** A frame was entered. `frame` counts from 1 within an environment; `caller` is the nearest recorded frame below it. */
  | {
      readonly kind: 'call';
      readonly frame: number;
      readonly caller: number | null;
      readonly source: string;
      readonly line: number;
      readonly name: string;
      readonly owner: Owner;
      readonly locals: Locals;
    }
  /**
   * A line is about to run; `changed` are the locals that differ from the frame's last event, `gone` the names of
   * those that were there then and are no more: deleted, or taken away by the end of `except E as name`.
   */
  | {
      readonly kind: 'line';
      readonly frame: number;
      readonly line: number;
      readonly changed?: Locals;
      readonly gone?: readonly string[];
    }
  /** A frame was left, by return or by an exception passing through (then a `raise` came before). */
  | { readonly kind: 'return'; readonly frame: number; readonly value: string }
  | { readonly kind: 'raise'; readonly frame: number; readonly line: number; readonly error: string }
  /** Text that reached the log. `platform`: written by the service itself (START, END, REPORT). */
  | { readonly kind: 'output'; readonly stream: OutputStream; readonly text: string }
  /** A bucket was made, by a call of its own or by its first object. */
  | { readonly kind: 'bucket'; readonly bucket: string; readonly created: number }
  /**
   * An object was put into a bucket (or removed from it: `size`, `blob` and `about` null). Bytes travel beside the
   * events, by `blob`.
   */
  | {
      readonly kind: 'object';
      readonly bucket: string;
      readonly key: string;
      readonly size: number | null;
      readonly blob: string | null;
      readonly about: ObjectAbout | null;
    }
  /**
   * A file was written (or removed: `size` null) on the sandbox's disk. Its bytes travel as an object's do; `blob` is
   * null as well where the file is larger than a recording keeps.
   */
  | {
      readonly kind: 'file';
      readonly path: string;
      readonly size: number | null;
      readonly blob: string | null;
    }
  /**
   * The program asked for something that a browser has not, for the first time in this run; `name` is what it called or
   * imported. It may have caught the error. `at` is there where a runtime that somebody has brought asked: its frame.
   */
  | { readonly kind: 'absence'; readonly what: Absence; readonly name: string; readonly at?: NotePlace }
  /**
   * A runtime that somebody has brought got something else than it asked for, or nothing; told once in a process. `at` is
   * the frame that asked, or the place of a source that can't be compiled; null where nobody asked.
   */
  | { readonly kind: 'note'; readonly what: Note; readonly name: string; readonly at: NotePlace | null }
  /** Recording or output ended early: what was left out, and that the run went on without it. */
  | { readonly kind: 'cut'; readonly what: 'events' | 'output'; readonly limit: number };

/** What a browser has not: `module` is a part of Python's library. */
type Absence = 'threads' | 'processes' | 'network' | 'module';

/**
 * `standIn`: a module of the lab's in place of one that left Python's library; `left`: one that left it, and isn't there;
 * `native`, `compiled`: a module of which there is machine code, or another Python's compiled file, alone; `function`: one
 * that a native module's stand-in has not; `inPlace`: a thread's work was done at once; `syntax`: a source that this Python
 * doesn't compile.
 */
type Note =
  | 'standIn'
  | 'left'
  | 'leftName'
  | 'lent'
  | 'noName'
  | 'machineFile'
  | 'native'
  | 'compiled'
  | 'function'
  | 'inPlace'
  | 'whenWaited'
  | 'syntax';

/** Line 0 and an empty name: not known. */
export interface NotePlace {
  readonly file: string;
  readonly line: number;
  readonly name: string;
}

export type OutputStream = 'stdout' | 'stderr' | 'platform';

/** How a run of one invocation ended, and what the caller of the Invoke API would hold in hand. */
export type Outcome =
  /** The handler returned; `payload` is the JSON text that went back. */
  | { readonly status: 'returned'; readonly payload: string }
  /** The process ran to its end, and what it had written is the answer: with it the environment is gone. */
  | { readonly status: 'completed'; readonly payload: string }
  /** The runtime reported an error; `payload` is its JSON text. */
  | { readonly status: 'raised'; readonly payload: string }
  /** The process ended before it answered; `payload` is what the service said instead. */
  | { readonly status: 'exited'; readonly code: number; readonly payload: string }
  /** The function's own time-out passed, and the platform removed the environment: `payload` is what it said instead. */
  | { readonly status: 'timed-out'; readonly milliseconds: number; readonly payload: string }
  /** The platform removed the environment, as nobody needed it; nobody waits for an answer. */
  | { readonly status: 'shut-down'; readonly code: number }
  /** Python itself broke (a fatal error of the interpreter): the environment is gone, and the caller got no answer. */
  | { readonly status: 'crashed'; readonly message: string }
  /** A limit of the lab ended it: the environment is gone, and the caller got no answer. `room`: another lab's run needed its place. */
  | ({ readonly status: 'limited' } & (Readonly<{ by: 'milliseconds' | 'memory' | 'room' }> | Refusal));

/** What a run may send only so much of. `kept`: bytes of what outlives runs. */
export type Bound =
  | 'messages'
  | 'events'
  | 'steps'
  | 'files'
  | 'objects'
  | 'buckets'
  | 'notes'
  | 'output'
  | 'bytes'
  | 'text'
  | 'depth'
  | 'locals'
  | 'kept';

/** What it sent was more than one may send, or makes no sense at all. */
export type Refusal =
  { readonly by: 'sent'; readonly what: Bound; readonly most: number } | { readonly by: 'senseless' };

/** Whether the process goes on behind an end of this kind: it has answered, and waits for more. */
export function leavesProcess({ status }: { readonly status: string }): boolean {
  return status === 'returned' || status === 'raised';
}

/** What a trace begins with; everything after is events. */
export interface TraceBeginning {
  readonly format: 'trace/1';
  readonly platform: string;
  /** Version of the Python that ran the model, for example `3.14.2`. */
  readonly python: string;
  /** False when the process was already initialised by an earlier run. */
  readonly cold: boolean;
  /** There when the process is new and its environment is not: the platform has reset it. */
  readonly reset?: true;
  /** Which process of its environment has the run, from 1, where that has several. */
  readonly process?: number;
  readonly request: string;
  readonly event: string;
}

/** One finished run of one invocation, as recordings keep it. */
export interface RecordedRun {
  readonly beginning: TraceBeginning;
  readonly events: readonly TraceEvent[];
  readonly outcome: Outcome;
}

/** The log of some events: what CloudWatch would show, platform lines included. */
export function eventsToLog(events: readonly TraceEvent[]): string {
  let log = '';
  for (const event of events) {
    if (event.kind === 'output') log += event.text;
    else if (event.kind === 'cut' && event.what === 'output') log += cutToLine(event.limit);
  }
  return log;
}

export type AbsenceEvent = Extract<TraceEvent, { kind: 'absence' }>;

/** What the program of some events asked for in vain, in the order in which it did. */
export function eventsToAbsences(events: readonly TraceEvent[]): AbsenceEvent[] {
  return events.filter((event) => event.kind === 'absence');
}

export type NoteEvent = Extract<TraceEvent, { kind: 'note' }>;

/** What a brought runtime asked for and did not get, in the order in which it asked. */
export function eventsToNotes(events: readonly TraceEvent[]): NoteEvent[] {
  return events.filter((event) => event.kind === 'note');
}

/** The line that stands in a log where the lab stopped keeping output. */
export function cutToLine(limit: number): string {
  return `\n[the lab keeps the first ${String(limit)} characters of a run's output; what followed was left out]\n`;
}
