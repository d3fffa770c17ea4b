/**
 * What every service does at the border between the runtime and the platform: it tells the trace of messages and
 * output, takes the invocation that nobody asked for any more, and carries bytes as JSON.
 */
import { base64ToBytes } from '../../trace/base64.ts';
import type { Party } from '../../trace/format.ts';
import type { Bytes, Invocation, Json, ServiceWorld } from '../service.ts';
import { shorten } from './shorten.ts';

/** Characters of one message that the trace keeps. */
export const MAX_MESSAGE = 16_384;

/** One service's side of the border. */
export class Border {
  readonly #world: ServiceWorld;

  constructor(world: ServiceWorld) {
    this.#world = world;
  }

  /** Tells the trace what was said; more than MAX_MESSAGE characters are cut and counted. */
  tell(from: Party, to: Party, what: string, body: string): void {
    this.#world.emit({ kind: 'message', from, to, what, body: shorten(body, MAX_MESSAGE) });
  }

  /** What the process wrote. */
  output(stream: 'stdout' | 'stderr', text: string): void {
    if (text !== '') this.#world.emit({ kind: 'output', stream, text });
  }

  /** A text of the platform's own in the log. */
  log(text: string): void {
    this.#world.emit({ kind: 'output', stream: 'platform', text });
  }

  /** The invocation that waits for an environment which died before it asked for one. */
  takeUnanswered(): Invocation | null {
    const next = this.#world.next();
    return next === null || next instanceof Promise ? null : next;
  }
}

/** The same as `await`, but at once where nothing is waited for: a Python that cannot wait needs that. */
export function settle<From, To>(value: From | Promise<From>, then: (value: From) => To): To | Promise<To> {
  return value instanceof Promise ? value.then(then) : then(value);
}

/** What a function of the C side would take for text: a changed runtime may hand in anything. */
export function valueToText(value: Json | undefined): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? null);
}

/** The bytes that Python handed over; null when it handed over something else. */
export function bytesFromJson(value: unknown): Uint8Array | null {
  if (typeof value !== 'object' || value === null || !('base64' in value)) return null;
  if (typeof value.base64 !== 'string') return null;
  return base64ToBytes(value.base64);
}

/** Bytes as they cross to Python. */
export function bytesToJson(bytes: Uint8Array): Bytes {
  let text = '';
  // In pieces: a call takes only so many arguments.
  for (let at = 0; at < bytes.length; at += 8192)
    text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return { base64: btoa(text) };
}
