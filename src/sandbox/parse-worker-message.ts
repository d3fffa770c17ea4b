/**
 * What comes out of an environment, checked. Reader code shares the worker with what writes these
 * messages, so any of them may be forged: shapes are checked and lengths capped, and what the page does
 * with a well-shaped lie (show it to the one who told it) is harmless.
 */
import type { Locals, NotePlace, ObjectAbout, Outcome, TraceBeginning, TraceEvent } from '../trace/format.ts';
import type { WorkerMessage } from './protocol.ts';

/** Characters of one text. A payload or an event may have megabytes (Lambda: 6 MB). */
const MAX_TEXT = 8 * 1024 * 1024;
const MAX_EVENTS = 100_000;
const MAX_BLOBS = 10_000;
const MAX_LOCALS = 10_000;
const MAX_BLOB_LENGTH = 64 * 1024 * 1024;

/** The message as this page understands it, rebuilt from what was checked; null when it is none. */
export function parseWorkerMessage(value: unknown): WorkerMessage | null {
  if (!isRecord(value)) return null;
  const { type, run } = value;
  switch (type) {
    case 'ready': {
      const { python, waits } = value;
      return isText(python) && typeof waits === 'boolean' ? { type, python, waits } : null;
    }
    case 'awaits': {
      const { file } = value;
      return file === 'python_stdlib.zip' || file === 'zoneinfo.bin' ? { type, file } : null;
    }
    case 'began': {
      const beginning = parseBeginning(value.beginning);
      return isCount(run) && beginning !== null ? { type, run, beginning } : null;
    }
    case 'recorded': {
      const events = parseEvents(value.events);
      const blobs = parseBlobs(value.blobs);
      return isCount(run) && events !== null && blobs !== null ? { type, run, events, blobs } : null;
    }
    case 'timeout': {
      const { milliseconds, log } = value;
      const outcome = value.outcome === null ? null : parseOutcome(value.outcome);
      if (!isCount(run) || !isCount(milliseconds) || !isText(log)) return null;
      if (outcome === null && value.outcome !== null) return null;
      return { type, run, milliseconds, log, outcome };
    }
    case 'finished': {
      const outcome = parseOutcome(value.outcome);
      return isCount(run) && outcome !== null ? { type, run, outcome } : null;
    }
    case 'exited': {
      const { code, restarts } = value;
      return isInteger(code) && typeof restarts === 'boolean' ? { type, code, restarts } : null;
    }
    case 'pong': {
      const { number, now } = value;
      return isCount(number) && isMoment(now) ? { type, number, now } : null;
    }
    case 'crashed': {
      const { name, message } = value;
      return isText(name) && isText(message) ? { type, name, message } : null;
    }
    default:
      return null;
  }
}

function parseBeginning(value: unknown): TraceBeginning | null {
  if (!isRecord(value)) return null;
  const { format, platform, python, cold, reset, process, request, event } = value;
  if (format !== 'trace/1' || !isText(platform) || !isText(python) || typeof cold !== 'boolean') return null;
  if (!isText(request) || !isText(event)) return null;
  return {
    format,
    platform,
    python,
    cold,
    ...(reset === true ? { reset } : {}),
    ...(isInteger(process) ? { process } : {}),
    request,
    event,
  };
}

/** The outcomes that a service decides, and the limit of memory; other limits and crashes are the page's to say. */
function parseOutcome(value: unknown): Outcome | null {
  if (isRecord(value) && value.status === 'limited' && value.by === 'memory') {
    return { status: 'limited', by: 'memory' };
  }
  if (!isRecord(value)) return null;
  const { status, payload, code, milliseconds } = value;
  if (status === 'shut-down') return isInteger(code) ? { status, code } : null;
  if (!isText(payload)) return null;
  if (status === 'returned' || status === 'completed' || status === 'raised') return { status, payload };
  if (status === 'timed-out') return isCount(milliseconds) ? { status, milliseconds, payload } : null;
  return status === 'exited' && isInteger(code) ? { status, code, payload } : null;
}

function parseEvents(value: unknown): TraceEvent[] | null {
  if (!Array.isArray(value) || value.length > MAX_EVENTS) return null;
  const events: TraceEvent[] = [];
  for (const item of value) {
    const event = parseEvent(item);
    if (event === null) return null;
    events.push(event);
  }
  return events;
}

function parseEvent(value: unknown): TraceEvent | null {
  if (!isRecord(value)) return null;
  const kind = value.kind as TraceEvent['kind'];
  switch (kind) {
    case 'phase': {
      const { phase, request } = value;
      return isPhase(phase) && isTextOrNull(request) ? { kind, phase, request } : null;
    }
    case 'message': {
      const { from, to, what, body } = value;
      return isParty(from) && isParty(to) && isText(what) && isText(body)
        ? { kind, from, to, what, body }
        : null;
    }
    case 'call': {
      const { frame, caller, source, line, name, owner, locals } = value;
      if (!isCount(frame) || !(caller === null || isCount(caller)) || !isText(source) || !isCount(line))
        return null;
      if (!isText(name) || !isOwner(owner) || !isLocals(locals)) return null;
      return { kind, frame, caller, source, line, name, owner, locals };
    }
    case 'line': {
      const { frame, line, changed, gone } = value;
      if (!isCount(frame) || !isCount(line)) return null;
      if (changed !== undefined && !isLocals(changed)) return null;
      if (gone !== undefined && !isNames(gone)) return null;
      return {
        kind,
        frame,
        line,
        ...(changed === undefined ? {} : { changed }),
        ...(gone === undefined ? {} : { gone }),
      };
    }
    case 'return': {
      const { frame, value: returned } = value;
      return isCount(frame) && isText(returned) ? { kind, frame, value: returned } : null;
    }
    case 'raise': {
      const { frame, line, error } = value;
      return isCount(frame) && isCount(line) && isText(error) ? { kind, frame, line, error } : null;
    }
    case 'output': {
      const { stream, text } = value;
      return isStream(stream) && isText(text) ? { kind, stream, text } : null;
    }
    case 'bucket': {
      const { bucket, created } = value;
      return isText(bucket) && isCount(created) ? { kind, bucket, created } : null;
    }
    case 'object': {
      const { bucket, key, size, blob } = value;
      if (!isText(bucket) || !isText(key) || !isCountOrNull(size) || !isTextOrNull(blob)) return null;
      const about = value.about === null ? null : parseAbout(value.about);
      // Bytes and what is known of them come together, or not at all.
      if ((about === null) !== (size === null) || (about === null && value.about !== null)) return null;
      return { kind, bucket, key, size, blob, about };
    }
    case 'file': {
      const { path, size, blob } = value;
      return isText(path) && isCountOrNull(size) && isTextOrNull(blob) ? { kind, path, size, blob } : null;
    }
    case 'absence': {
      const { what, name } = value;
      const at = toPlace(value.at);
      return isAbsence(what) && isText(name)
        ? { kind, what, name, ...(at === undefined ? {} : { at }) }
        : null;
    }
    case 'note': {
      const { what, name, at } = value;
      const place = at === null ? null : toPlace(at);
      return isNote(what) && isText(name) && place !== undefined ? { kind, what, name, at: place } : null;
    }
    case 'cut': {
      const { what, limit } = value;
      return (what === 'events' || what === 'output') && isCount(limit) ? { kind, what, limit } : null;
    }
    default:
      kind satisfies never;
      return null;
  }
}

function parseAbout(value: unknown): ObjectAbout | null {
  if (!isRecord(value)) return null;
  const { modified, etag, type, metadata } = value;
  if (!isCount(modified) || !isText(etag) || !isText(type) || !isLocals(metadata)) return null;
  return { modified, etag, type, metadata };
}

function parseBlobs(value: unknown): Record<string, Uint8Array> | null {
  if (!isRecord(value)) return null;
  const entries = Object.entries(value);
  if (entries.length > MAX_BLOBS) return null;
  const blobs: [string, Uint8Array][] = [];
  let length = 0;
  for (const [name, blob] of entries) {
    if (!isText(name) || !(blob instanceof Uint8Array)) return null;
    length += blob.length;
    blobs.push([name, blob]);
  }
  // Not by assignment: a blob may be named `__proto__`.
  return length <= MAX_BLOB_LENGTH ? Object.fromEntries(blobs) : null;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Undefined for what is none. */
function toPlace(value: unknown): NotePlace | undefined {
  if (!isRecord(value)) return undefined;
  const { file, line, name } = value;
  return isText(file) && isCount(line) && isText(name) ? { file, line, name } : undefined;
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length <= MAX_TEXT;
}

function isTextOrNull(value: unknown): value is string | null {
  return value === null || isText(value);
}

function isInteger(value: unknown): value is number {
  return Number.isSafeInteger(value);
}

function isCount(value: unknown): value is number {
  return isInteger(value) && value >= 0;
}

/** Milliseconds since 1970, of which a clock may have fractions. */
function isMoment(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && value <= Number.MAX_SAFE_INTEGER;
}

function isCountOrNull(value: unknown): value is number | null {
  return value === null || isCount(value);
}

function isLocals(value: unknown): value is Locals {
  if (!isRecord(value)) return false;
  // By their names: a list of the values of thousands of locals takes longer than looking at each.
  let count = 0;
  for (const name in value) {
    count += 1;
    if (count > MAX_LOCALS || !isText(value[name])) return false;
  }
  return true;
}

function isNames(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.length <= MAX_LOCALS && value.every(isText);
}

type EventOf<Kind extends TraceEvent['kind']> = Extract<TraceEvent, { kind: Kind }>;

/** Tells whether a value is one of a union's words; a new word of the union breaks the build here. */
function isOneOf<Word extends string>(
  words: Readonly<Record<Word, true>>,
): (value: unknown) => value is Word {
  return (value): value is Word => typeof value === 'string' && Object.hasOwn(words, value);
}

const isPhase = isOneOf<EventOf<'phase'>['phase']>({
  init: true,
  wait: true,
  invoke: true,
  respond: true,
  'report-error': true,
});
const isParty = isOneOf<EventOf<'message'>['from']>({
  caller: true,
  service: true,
  bootstrap: true,
  handler: true,
});
const isOwner = isOneOf<EventOf<'call'>['owner']>({ handler: true, runtime: true, library: true });
const isAbsence = isOneOf<EventOf<'absence'>['what']>({
  threads: true,
  processes: true,
  network: true,
  module: true,
});
const isNote = isOneOf<EventOf<'note'>['what']>({
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
const isStream = isOneOf<EventOf<'output'>['stream']>({ stdout: true, stderr: true, platform: true });
