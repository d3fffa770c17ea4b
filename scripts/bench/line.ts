/** The line that a server answers over, with every byte counted; as slow as it is told to be. */
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

/** How slow a line is. All answers share its bytes. */
export interface Slowness {
  readonly bytesPerSecond: number;
  /** Milliseconds before the first byte of each answer. */
  readonly latency: number;
}

/** Answers that are on their way together take turns at so many bytes. */
const TURN = 8_192;
/** What is written at once where nobody has to wait for a turn. */
const PIECE = 65_536;

/** Milliseconds that a timer may be late without the line losing them. */
const LATENESS = 20;

/** Milliseconds without an answer after which nothing more is expected. */
const QUIET = 500;

export class Line {
  readonly #slowness: Slowness | null;
  readonly #sent = new Map<string, number>();
  #open = 0;
  #lastActive = performance.now();
  /** When all that was given to the line has gone over it. */
  #free = 0;

  /** With null it is as fast as the machine. */
  constructor(slowness: Slowness | null) {
    this.#slowness = slowness;
  }

  /** Sends the body of an answer and ends it. */
  async send(response: ServerResponse, name: string, body: Uint8Array): Promise<void> {
    this.#open += 1;
    this.#lastActive = performance.now();
    try {
      if (this.#slowness !== null) await sleep(this.#slowness.latency);
      const size = this.#slowness === null ? PIECE : TURN;
      for (let at = 0; at < body.length && !response.destroyed; at += size) {
        const chunk = body.subarray(at, at + size);
        await this.#turn(chunk.length);
        if (!response.write(chunk)) await drained(response);
        this.#sent.set(name, (this.#sent.get(name) ?? 0) + chunk.length);
      }
      response.end();
    } finally {
      this.#open -= 1;
      this.#lastActive = performance.now();
    }
  }

  /** The bytes of answers' bodies since `forget`, by path. */
  sent(): ReadonlyMap<string, number> {
    return new Map(this.#sent);
  }

  /** Counts from 0 again. */
  forget(): void {
    this.#sent.clear();
  }

  /** Settles when nothing has been on the line for a while. */
  async quiet(): Promise<void> {
    // What was asked for this very moment has not come here yet.
    this.#lastActive = performance.now();
    while (this.#open > 0 || performance.now() - this.#lastActive < QUIET) await sleep(QUIET / 5);
  }

  async #turn(bytes: number): Promise<void> {
    if (this.#slowness === null) return;
    const now = performance.now();
    this.#free = Math.max(this.#free, now - LATENESS) + (1000 * bytes) / this.#slowness.bytesPerSecond;
    if (this.#free > now) await sleep(this.#free - now);
  }
}

/** Settles when an answer takes more, or nobody waits for it any longer. */
async function drained(response: ServerResponse): Promise<void> {
  const settled = new AbortController();
  const { signal } = settled;
  await Promise.race([once(response, 'drain', { signal }), once(response, 'close', { signal })]);
  settled.abort();
}
