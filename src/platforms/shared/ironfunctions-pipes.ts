/**
 * The platform's ends of the two pipes that a function of IronFunctions lives on: what waits in standard input,
 * and what the trace tells of either. The function is the process itself, so there is nobody in between.
 */
import { Border, bytesFromJson, bytesToJson } from './border.ts';
import { joinBytes } from './bytes.ts';
import type { Answer, Json, ServiceWorld } from '../service.ts';

export const STDIN = 0;
export const STDOUT = 1;

/** Bytes of all that come back for one call that the trace keeps. */
const MAX_TOLD = 65_536;

export class Pipes {
  readonly #border: Border;
  #waiting = new Uint8Array();
  #told = 0;

  constructor(world: ServiceWorld) {
    this.#border = new Border(world);
  }

  /** Whether the process has read all that was written for it. */
  get isRead(): boolean {
    return this.#waiting.length === 0;
  }

  /** Writes to the process's standard input. */
  write(bytes: Uint8Array): void {
    this.#waiting = joinBytes([this.#waiting, bytes]);
    this.#told = 0;
    this.#tell('stdin', bytes);
  }

  /** What the process gets of its standard input now: nothing is its end. */
  take(size: number): Answer {
    // A changed program may ask for anything, and a negative end would count from the other side.
    const bytes = this.#waiting.subarray(0, Math.max(0, size));
    this.#waiting = this.#waiting.subarray(bytes.length);
    return { value: bytesToJson(bytes) };
  }

  /** What the process has written to its standard output; past the most of an answer the trace tells no more. */
  read(written: Json | undefined): Uint8Array {
    const bytes = bytesFromJson(written) ?? new Uint8Array();
    if (this.#told < MAX_TOLD) this.#tell('stdout', bytes);
    this.#told += bytes.length;
    return bytes;
  }

  #tell(what: 'stdin' | 'stdout', bytes: Uint8Array): void {
    const [from, to] =
      what === 'stdin' ? (['service', 'handler'] as const) : (['handler', 'service'] as const);
    this.#border.tell(from, to, what, new TextDecoder().decode(bytes));
  }
}

/** What a process gets that uses a pipe which is not there, or the wrong end of one. */
export function badPipe(name: string, descriptor: Json | undefined): Answer {
  return { error: `[Errno 9] Bad file descriptor: ${name} ${JSON.stringify(descriptor ?? null)}` };
}
