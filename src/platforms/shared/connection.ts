/** One connection to a server that is the runtime's process: a request that it reads, and what it sends back. */
import { bytesToResponse, requestToBytes, type HttpRequest, type HttpResponse } from './http.ts';
import { joinBytes } from './bytes.ts';

export class Connection {
  readonly descriptor: number;
  readonly #request: Uint8Array;
  readonly #most: number;
  readonly #pieces: Uint8Array[] = [];
  #read = 0;
  #kept = 0;

  /** Of an answer no more than `most` bytes are kept: with more of them there is none. */
  constructor(descriptor: number, request: HttpRequest, most: number) {
    this.descriptor = descriptor;
    this.#request = requestToBytes(request);
    this.#most = most;
  }

  /** The next bytes of the request, none at its end. */
  receive(size: number): Uint8Array {
    // A changed runtime may ask for anything, and a negative end would count from the other side.
    const bytes = this.#request.subarray(this.#read, this.#read + Math.max(0, size));
    this.#read += bytes.length;
    return bytes;
  }

  send(bytes: Uint8Array): void {
    this.#kept += bytes.length;
    if (this.#kept <= this.#most) this.#pieces.push(bytes);
  }

  /** What was sent, once the connection is closed; null when that is no response. */
  response(): HttpResponse | null {
    if (this.#kept > this.#most) return null;
    return bytesToResponse(joinBytes(this.#pieces));
  }
}
