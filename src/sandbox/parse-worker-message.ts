/**
 * What comes out of an environment, checked. Reader code shares the worker with what writes these messages, so any of them
 * may be forged: shapes are checked, and all that is sent is counted (`bounds.ts`). What the page does with a well-shaped lie
 * (show it to the one who told it) is harmless.
 */
import type { Locals, NotePlace, ObjectAbout, Outcome, TraceBeginning, TraceEvent } from '../trace/format.ts';
import { checkDepth, Refused, Tally } from './bounds.ts';
import type { WorkerMessage } from './protocol.ts';

/** The last moment that a calendar knows, in milliseconds since 1970. */
const LAST_MOMENT = 8.64e15;

/** More than any line, exit status or time-out is, and what Python and a browser's timers still take as one. */
const MAX_SMALL = 2 ** 31 - 1;

/** The message as this page understands it, rebuilt from what was checked. Throws `Refused` where it is none. */
export function parseWorkerMessage(value: unknown, tally = new Tally()): WorkerMessage {
  tally.count('messages');
  return new Parser(tally).message(value);
}

type Fields = Readonly<Record<string, unknown>>;
type EventOf<Kind extends TraceEvent['kind']> = Extract<TraceEvent, { kind: Kind }>;

class Parser {
  readonly #tally: Tally;

  constructor(tally: Tally) {
    this.#tally = tally;
  }

  message(value: unknown): WorkerMessage {
    const fields = toFields(value);
    const { type } = fields;
    switch (type) {
      case 'ready':
        return { type, python: this.#name(fields.python), waits: toBoolean(fields.waits) };
      case 'awaits':
        return { type, file: isLateFile(fields.file) ? fields.file : refuse() };
      case 'began':
        return { type, run: toCount(fields.run), beginning: this.#beginning(fields.beginning) };
      case 'recorded':
        return {
          type,
          run: toCount(fields.run),
          events: this.#list(fields.events, (event) => this.#event(event)),
          blobs: this.#blobs(fields.blobs),
        };
      case 'timeout': {
        const { outcome } = fields;
        return {
          type,
          run: toCount(fields.run),
          milliseconds: toSmallCount(fields.milliseconds),
          log: this.#text(fields.log),
          outcome: outcome === null ? null : this.#outcome(outcome),
        };
      }
      case 'finished':
        return { type, run: toCount(fields.run), outcome: this.#outcome(fields.outcome) };
      case 'exited':
        return { type, code: toSmall(fields.code), restarts: toBoolean(fields.restarts) };
      case 'pong':
        return { type, number: toCount(fields.number), now: toClock(fields.now) };
      case 'crashed':
        return { type, name: this.#name(fields.name), message: this.#text(fields.message) };
      default:
        return refuse();
    }
  }

  #beginning(value: unknown): TraceBeginning {
    const fields = toFields(value);
    const { format, reset, process } = fields;
    if (format !== 'trace/1') refuse();
    return {
      format: 'trace/1',
      platform: this.#name(fields.platform),
      python: this.#name(fields.python),
      cold: toBoolean(fields.cold),
      ...(reset === true ? { reset } : {}),
      ...(process === undefined ? {} : { process: toSmallCount(process) }),
      request: this.#name(fields.request),
      event: this.#text(fields.event),
    };
  }

  /** The outcomes that a service decides, and the limit of memory; other limits and crashes are the page's to say. */
  #outcome(value: unknown): Outcome {
    const fields = toFields(value);
    const { status } = fields;
    switch (status) {
      case 'limited':
        return fields.by === 'memory' ? { status, by: 'memory' } : refuse();
      case 'shut-down':
        return { status, code: toSmall(fields.code) };
      case 'returned':
      case 'completed':
      case 'raised':
        return { status, payload: this.#text(fields.payload) };
      case 'timed-out': {
        const milliseconds = toSmallCount(fields.milliseconds);
        return { status, milliseconds, payload: this.#text(fields.payload) };
      }
      case 'exited':
        return { status, code: toSmall(fields.code), payload: this.#text(fields.payload) };
      default:
        return refuse();
    }
  }

  #event(value: unknown): TraceEvent {
    const fields = toFields(value);
    this.#tally.count('events');
    const kind = fields.kind as TraceEvent['kind'];
    switch (kind) {
      case 'phase':
        return { kind, phase: toPhase(fields.phase), request: this.#nameOrNull(fields.request) };
      case 'message': {
        const [from, to] = [toParty(fields.from), toParty(fields.to)];
        return { kind, from, to, what: this.#name(fields.what), body: this.#text(fields.body) };
      }
      case 'call': {
        this.#tally.count('steps');
        return {
          kind,
          frame: toCount(fields.frame),
          caller: fields.caller === null ? null : toCount(fields.caller),
          source: this.#name(fields.source),
          line: toLine(fields.line),
          name: this.#name(fields.name),
          owner: toOwner(fields.owner),
          locals: this.#locals(fields.locals),
        };
      }
      case 'line': {
        this.#tally.count('steps');
        const { changed, gone } = fields;
        return {
          kind,
          frame: toCount(fields.frame),
          line: toLine(fields.line),
          ...(changed === undefined ? {} : { changed: this.#locals(changed) }),
          ...(gone === undefined ? {} : { gone: this.#names(gone) }),
        };
      }
      case 'return':
        this.#tally.count('steps');
        return { kind, frame: toCount(fields.frame), value: this.#text(fields.value) };
      case 'raise': {
        this.#tally.count('steps');
        const [frame, line] = [toCount(fields.frame), toLine(fields.line)];
        return { kind, frame, line, error: this.#text(fields.error) };
      }
      case 'output':
        return { kind, stream: toStream(fields.stream), text: this.#output(fields.text) };
      case 'bucket':
        this.#tally.count('buckets');
        return { kind, bucket: this.#name(fields.bucket), created: toMoment(fields.created) };
      case 'object':
        return this.#object(fields);
      case 'file': {
        this.#tally.count('files');
        const { size, blob } = fields;
        return { kind, path: this.#path(fields.path), size: toSize(size), blob: this.#nameOrNull(blob) };
      }
      case 'absence':
        this.#tally.count('notes');
        return {
          kind,
          what: toAbsence(fields.what),
          name: this.#name(fields.name),
          ...((fields.at ?? null) === null ? {} : { at: this.#place(fields.at) }),
        };
      case 'note': {
        this.#tally.count('notes');
        const { at } = fields;
        const name = this.#name(fields.name);
        return { kind, what: toNote(fields.what), name, at: at === null ? null : this.#place(at) };
      }
      case 'cut': {
        this.#tally.count('notes');
        const { what } = fields;
        if (what !== 'events' && what !== 'output') return refuse();
        return { kind, what, limit: toCount(fields.limit) };
      }
      default:
        kind satisfies never;
        return refuse();
    }
  }

  #object(fields: Fields): EventOf<'object'> {
    this.#tally.count('objects');
    const about = fields.about === null ? null : this.#about(fields.about);
    const size = toSize(fields.size);
    // Bytes and what is known of them come together, or not at all.
    if ((about === null) !== (size === null)) refuse();
    return {
      kind: 'object',
      bucket: this.#name(fields.bucket),
      key: this.#path(fields.key),
      size,
      blob: this.#nameOrNull(fields.blob),
      about,
    };
  }

  #about(value: unknown): ObjectAbout {
    const fields = toFields(value);
    return {
      modified: toMoment(fields.modified),
      etag: this.#name(fields.etag),
      type: this.#name(fields.type),
      metadata: this.#locals(fields.metadata),
    };
  }

  #place(value: unknown): NotePlace {
    const { file, line, name } = toFields(value);
    return { file: this.#name(file), line: toLine(line), name: this.#name(name) };
  }

  #blobs(value: unknown): Readonly<Record<string, Uint8Array>> {
    const blobs: [string, Uint8Array][] = [];
    const fields = toFields(value);
    for (const name in fields) {
      const blob = fields[name];
      if (!BLOB_NAME.test(name) || !(blob instanceof Uint8Array)) refuse();
      else {
        this.#tally.text(name, 'name');
        // A view of a few bytes brings along all that it is a view of.
        this.#tally.count('bytes', blob.buffer.byteLength);
        blobs.push([name, blob]);
      }
    }
    return Object.fromEntries(blobs);
  }

  /** Names of locals, or of an object's metadata, to their texts. */
  #locals(value: unknown): Locals {
    const locals = toFields(value);
    let count = 0;
    // By their names: a list of the values of thousands of locals takes longer than looking at each.
    for (const name in locals) {
      const text = locals[name];
      if (typeof text !== 'string') return refuse();
      this.#tally.local(count, name, text);
      count += 1;
    }
    return locals as Locals;
  }

  #names(value: unknown): readonly string[] {
    let count = 0;
    return this.#list(value, (name) => {
      if (typeof name !== 'string') return refuse();
      this.#tally.local(count, name, '');
      count += 1;
      return name;
    });
  }

  /** Its holes are looked at as well: they are no values. Counting ends it before its length can cost much. */
  #list<T>(value: unknown, parse: (item: unknown) => T): readonly T[] {
    if (!Array.isArray(value)) return refuse();
    const list: T[] = [];
    for (const item of value as readonly unknown[]) list.push(parse(item));
    return list;
  }

  #text(value: unknown): string {
    if (typeof value !== 'string') return refuse();
    this.#tally.text(value, 'text');
    return value;
  }

  #output(value: unknown): string {
    const text = this.#text(value);
    this.#tally.count('output', text.length);
    return text;
  }

  #name(value: unknown): string {
    if (typeof value !== 'string') return refuse();
    this.#tally.text(value, 'name');
    return value;
  }

  #nameOrNull(value: unknown): string | null {
    return value === null ? null : this.#name(value);
  }

  #path(value: unknown): string {
    const path = this.#name(value);
    checkDepth(path);
    return path;
  }
}

/** Names of bytes are the lab's own. */
const BLOB_NAME = /^[a-z][\w-]*$/;

function refuse(): never {
  throw new Refused();
}

/** Maps, dates, errors and the like cross as what they are, and are none of ours. */
function toFields(value: unknown): Fields {
  const isPlain =
    typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
  return isPlain ? (value as Fields) : refuse();
}

function toBoolean(value: unknown): boolean {
  return typeof value === 'boolean' ? value : refuse();
}

/** No fraction, and no zero with a sign: a formatted number would show it. */
function toInteger(value: unknown, least: number, most: number): number {
  const isOne = typeof value === 'number' && Number.isInteger(value) && !Object.is(value, -0);
  return isOne && value >= least && value <= most ? value : refuse();
}

function toCount(value: unknown): number {
  return toInteger(value, 0, Number.MAX_SAFE_INTEGER);
}

function toSmall(value: unknown): number {
  return toInteger(value, -MAX_SMALL, MAX_SMALL);
}

function toSmallCount(value: unknown): number {
  return toInteger(value, 0, MAX_SMALL);
}

/** A line as Python tells it: compiled code may have none, and code that was made by hand one below the first. */
function toLine(value: unknown): number {
  return value === null ? 0 : Math.max(0, toSmall(value));
}

function toSize(value: unknown): number | null {
  return value === null ? null : toCount(value);
}

function toMoment(value: unknown): number {
  return toInteger(value, -LAST_MOMENT, LAST_MOMENT);
}

/** Milliseconds since 1970 by a clock that has fractions of them. */
function toClock(value: unknown): number {
  return typeof value === 'number' && value >= 0 && value <= LAST_MOMENT ? value : refuse();
}

/** Reads one of a union's words; a new word of the union breaks the build here. */
function oneOf<Word extends string>(words: Readonly<Record<Word, true>>): (value: unknown) => Word {
  const isWord = isOneOf(words);
  return (value) => (isWord(value) ? value : refuse());
}

function isOneOf<Word extends string>(
  words: Readonly<Record<Word, true>>,
): (value: unknown) => value is Word {
  return (value): value is Word => typeof value === 'string' && Object.hasOwn(words, value);
}

const isLateFile = isOneOf<Extract<WorkerMessage, { type: 'awaits' }>['file']>({
  'python_stdlib.zip': true,
  'zoneinfo.bin': true,
});
const toPhase = oneOf<EventOf<'phase'>['phase']>({
  init: true,
  wait: true,
  invoke: true,
  respond: true,
  'report-error': true,
});
const toParty = oneOf<EventOf<'message'>['from']>({
  caller: true,
  service: true,
  bootstrap: true,
  handler: true,
});
const toOwner = oneOf<EventOf<'call'>['owner']>({ handler: true, runtime: true, library: true });
const toAbsence = oneOf<EventOf<'absence'>['what']>({
  threads: true,
  processes: true,
  network: true,
  module: true,
});
const toNote = oneOf<EventOf<'note'>['what']>({
  standIn: true,
  left: true,
  leftName: true,
  lent: true,
  noName: true,
  machineFile: true,
  native: true,
  compiled: true,
  function: true,
  inPlace: true,
  whenWaited: true,
  syntax: true,
});
const toStream = oneOf<EventOf<'output'>['stream']>({ stdout: true, stderr: true, platform: true });
