/**
 * The native module `runtime_client` of today's Lambda: a client of the Runtime API that is not Python.
 * Its calls become HTTP requests as the original's libcurl sends them [M]; `send` carries them.
 */
import type { Headers, HttpRequest, HttpServer } from '../shared/http.ts';
import { bytesFromJson, bytesToJson, settle, valueToText } from '../shared/border.ts';
import type { Answer, Json } from '../service.ts';

const BASE = '/2018-06-01/runtime';
const SIGSEGV = 11;
const REQUEST_ID = 'lambda-runtime-aws-request-id';
const XRAY_CAUSE = 'Lambda-Runtime-Function-XRay-Error-Cause';

export class NativeClient {
  readonly #address: string;
  readonly #send: HttpServer;
  readonly #print: (text: string) => void;
  readonly #now: () => number;
  #userAgent = '';

  /** `print` takes what the client itself writes to standard output; `now` is in milliseconds since 1970. */
  constructor(address: string, send: HttpServer, print: (text: string) => void, now: () => number) {
    this.#address = address;
    this.#send = send;
    this.#print = print;
    this.#now = now;
  }

  call(name: string, args: readonly Json[]): Answer | Promise<Answer> {
    const [invokeId, body, detail] = [valueToText(args[0]), args[1], valueToText(args[2])];
    switch (name) {
      case 'initialize_client':
        this.#userAgent = valueToText(args[0]);
        return { value: null };
      case 'next':
        return this.#get('/invocation/next');
      case 'post_invocation_result':
        return this.#post(`/invocation/${invokeId}/response`, body, detail, []);
      case 'post_error':
        // libcurl leaves out a header without a value.
        return this.#post(
          `/invocation/${invokeId}/error`,
          body,
          'application/json',
          detail === '' ? [] : [[XRAY_CAUSE, detail]],
        );
      default:
        return { error: `the native module runtime_client has no function ${name}` };
    }
  }

  #get(path: string): Answer | Promise<Answer> {
    const request = this.#request('GET', path, [], new Uint8Array());
    return settle(this.#send(request), ({ status, headers, body }) => {
      if (!isSuccess(status))
        return this.#fail(
          `Failed to get next invocation. Http Response code: ${String(status)}`,
          'Failed to get next',
        );
      const told = toldHeaders(headers);
      if (!told.has(REQUEST_ID))
        return this.#fail(`Failed to find header ${REQUEST_ID} in response`, 'Failed to get next');
      // The original reads that header without looking whether it is there [M].
      if (!told.has('content-type')) return { exit: -SIGSEGV };
      return { value: [bytesToJson(body), Object.fromEntries(told)] };
    });
  }

  #post(path: string, body: Json | undefined, type: string, more: Headers): Answer | Promise<Answer> {
    const bytes = bytesFromJson(body);
    if (bytes === null) return { error: 'the body has to be bytes', type: 'RuntimeError' };
    const what = path.endsWith('/error') ? 'error' : 'response';
    const error = `Failed to post invocation ${what}`;
    // An id with blanks makes no URL: nothing is sent [M].
    // eslint-disable-next-line no-control-regex -- these are what cannot stand in one
    if (/[\u0000-\u0020\u007f]/.test(path)) return { error, type: 'RuntimeError' };
    const headers = [['Content-Type', type], ...more, ['Content-Length', String(bytes.length)]] as const;
    return settle(this.#send(this.#request('POST', path, headers, bytes)), ({ status, body }) => {
      if (isSuccess(status)) return { value: null };
      const answer = new TextDecoder().decode(body);
      // The line speaks of a success whatever was posted [M].
      const line = `Failed to post handler success response. Http response code: ${String(status)}. ${answer}`;
      return this.#fail(line, error);
    });
  }

  #request(method: string, path: string, more: Headers, body: Uint8Array): HttpRequest {
    const headers = [
      ['Host', this.#address],
      ['User-Agent', this.#userAgent],
      ['Accept', '*/*'],
      ...more,
    ] as const;
    return { method, path: BASE + path, headers, body };
  }

  #fail(line: string, error: string): Answer {
    const now = String(Math.floor(this.#now()));
    this.#print(`[ERROR] [${now}] LAMBDA_RUNTIME ${line}\n`);
    return { error, type: 'RuntimeError' };
  }
}

function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}

/** What is handed on: names in lower case, values without the blanks around them; an empty one is as none [M]. */
function toldHeaders(headers: Headers): Map<string, string> {
  const values = headers.map(([name, value]) => [name.toLowerCase(), value.trim()] as const);
  return new Map(values.filter(([, value]) => value !== ''));
}
