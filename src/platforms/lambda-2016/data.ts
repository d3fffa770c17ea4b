/**
 * The data socket of the 2016 runtime's http mode: for each invocation a request that waits there, and room
 * for the response. That such a socket exists is known; *inferred*: what is said on it. The platform posts the
 * event to `/` as JSON and says no more; the response is whatever has come back when the runtime reports that it
 * is done.
 */
import { bytesToResponseBody, requestToBytes } from '../shared/http.ts';
import { joinBytes } from '../shared/bytes.ts';

/** The number of the descriptor, the same for every invocation; inferred: numbers near it are seen in the variables. */
export const DATA_SOCKET = 17;

/** Room for a response's head beside the largest body. */
const MAX_HEAD = 65_536;

export class DataSocket {
  readonly #request: Uint8Array;
  readonly #largestBody: number;
  readonly #pieces: Uint8Array[] = [];
  #read = 0;
  #kept = 0;
  #isTooLong = false;

  /** `host` is the request's Host; a body of more than `largestBody` bytes is not kept. */
  constructor(event: string, host: string, largestBody: number) {
    const body = new TextEncoder().encode(event);
    const headers = [
      ['Host', host],
      ['Content-Type', 'application/json'],
      ['Content-Length', String(body.length)],
    ] as const;
    this.#request = requestToBytes({ method: 'POST', path: '/', headers, body });
    this.#largestBody = largestBody;
  }

  /** The whole request as text. */
  get request(): string {
    return new TextDecoder().decode(this.#request);
  }

  /** Whether the runtime has begun to read the request. */
  get isRead(): boolean {
    return this.#read > 0;
  }

  /** Whether the runtime has begun to respond. */
  get isAnswered(): boolean {
    return this.#kept > 0;
  }

  /** The next bytes of the request, none at its end: the platform has nothing more to say. */
  receive(size: number): Uint8Array {
    // A changed runtime may ask for anything, and a negative end would count from the other side.
    const bytes = this.#request.subarray(this.#read, this.#read + Math.max(0, size));
    this.#read += bytes.length;
    return bytes;
  }

  send(bytes: Uint8Array): void {
    this.#kept += bytes.length;
    this.#isTooLong ||= this.#kept > this.#largestBody + MAX_HEAD;
    if (!this.#isTooLong) this.#pieces.push(bytes);
  }

  /** What the caller gets of all that was sent: the response's body, if it is one and not too long. */
  answer(): { readonly body: string } | 'too long' | 'none' {
    if (this.#isTooLong) return 'too long';
    const body = bytesToResponseBody(joinBytes(this.#pieces));
    if (body === null) return 'none';
    return body.length > this.#largestBody ? 'too long' : { body: new TextDecoder().decode(body) };
  }
}
