/**
 * Where does a response end, and the next one begin? Takes HTTP/1.1 responses out of a stream of bytes that has no
 * end between them: a response's Content-Length says how much of what follows its head belongs to it.
 */
import { headerOf } from './http.ts';
import { joinBytes } from './bytes.ts';

/** `endless`: without a Content-Length all that follows belongs to it, until the stream ends. */
export type Taken =
  | { readonly kind: 'whole' | 'endless'; readonly body: Uint8Array }
  | { readonly kind: 'unfinished' }
  /** What stands there is no response, and nobody can tell where one would begin. */
  | { readonly kind: 'malformed' };

/** Where a body begins and how long it is; null when nothing says so. */
interface Head {
  readonly end: number;
  readonly length: number | null;
}

/** A head of more bytes is none. */
const MAX_HEAD = 65_536;
const BEGINNING = 'HTTP/';
const STATUS_LINE = /^HTTP\/\d\.\d \d{3}(?: .*)?$/;
const HEADER = /^([\w!#$%&'*+.^`|~-]+):(.*)$/;

export class HttpResponses {
  #pieces: Uint8Array[] = [];
  #length = 0;
  /** That of the response at the beginning, as soon as it is there. */
  #head: Head | null = null;

  /** How many bytes are there that no response has taken. */
  get length(): number {
    return this.#length;
  }

  add(bytes: Uint8Array): void {
    this.#pieces.push(bytes);
    this.#length += bytes.length;
  }

  /** The next response, if it is there; what comes after a whole one stays for the one after it. */
  take(): Taken {
    const head = this.#head ?? readHead(this.#join().subarray(0, MAX_HEAD));
    if (head === 'malformed' || head === 'unfinished') return { kind: head };
    this.#head = head;
    if (head.length === null) return { kind: 'endless', body: this.#join().subarray(head.end) };
    const end = head.end + head.length;
    if (this.#length < end) return { kind: 'unfinished' };
    const bytes = this.#join();
    this.#pieces = [bytes.subarray(end)];
    this.#length -= end;
    this.#head = null;
    return { kind: 'whole', body: bytes.subarray(head.end, end) };
  }

  /** Nobody reads what is there. */
  drop(): void {
    this.#pieces = [];
    this.#length = 0;
    this.#head = null;
  }

  #join(): Uint8Array {
    const bytes = joinBytes(this.#pieces);
    this.#pieces = [bytes];
    return bytes;
  }
}

/** A line may end without the carriage return, as for Go. What begins otherwise than a response becomes none. */
function readHead(bytes: Uint8Array): Head | 'unfinished' | 'malformed' {
  // One character for each byte, so that places in the text are places in the bytes.
  const text = new TextDecoder('latin1').decode(bytes);
  if (!text.startsWith(BEGINNING.slice(0, text.length))) return 'malformed';
  const blank = /\n\r?\n/.exec(text);
  const whole = text.slice(0, blank?.index ?? text.lastIndexOf('\n') + 1).trimEnd();
  const [first, ...lines] = whole === '' ? [] : whole.split(/\r?\n/);
  if (first !== undefined && !STATUS_LINE.test(first)) return 'malformed';
  const headers = lines.flatMap((line) => {
    const [, name, value] = HEADER.exec(line) ?? [];
    return name === undefined || value === undefined ? [] : [[name, value.trim()] as const];
  });
  if (headers.length < lines.length) return 'malformed';
  if (blank === null) return bytes.length < MAX_HEAD ? 'unfinished' : 'malformed';
  const length = headerOf(headers, 'Content-Length');
  if (length !== null && !/^\d{1,15}$/.test(length)) return 'malformed';
  return { end: blank.index + blank[0].length, length: length === null ? null : Number(length) };
}
