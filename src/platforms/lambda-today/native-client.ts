/**
 * The native module `runtime_client` of today's Lambda: a client of the Runtime API that is not Python.
 * Its calls become HTTP requests as the original's libcurl sends them [M]; `send` carries them.
 */
import {
  headerOf,
  type Headers,
  type HttpRequest,
  type HttpResponse,
  type HttpServer,
} from '../shared/http.ts';
import { bytesFromJson, bytesToJson, settle, valueToText } from '../shared/border.ts';
import type { Answer, Json } from '../service.ts';

const BASE = '/2018-06-01/runtime';
const SIGSEGV = 11;
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
    return settle(this.#send(request), (response) => {
      if (response.status !== 200) return this.#fail('get next invocation', response, 'Failed to get next');
      // The original reads that header without looking whether it is there [M].
      if (headerOf(response.headers, 'Content-Type') === null) return { exit: -SIGSEGV };
      const headers = response.headers.map(([name, value]) => [name.toLowerCase(), value] as const);
      return { value: [bytesToJson(response.body), Object.fromEntries(headers)] };
    });
  }

  #post(path: string, body: Json | undefined, type: string, more: Headers): Answer | Promise<Answer> {
    const bytes = bytesFromJson(body);
    if (bytes === null) return { error: 'the body has to be bytes', type: 'RuntimeError' };
    const headers = [['Content-Type', type], ...more, ['Content-Length', String(bytes.length)]] as const;
    return settle(this.#send(this.#request('POST', path, headers, bytes)), (response) => {
      if (response.status >= 200 && response.status < 300) return { value: null };
      const what = path.endsWith('/error') ? 'error' : 'response';
      // The line speaks of a success whatever was posted [M].
      return this.#fail('post handler success response', response, `Failed to post invocation ${what}`);
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

  #fail(what: string, { status, body }: HttpResponse, error: string): Answer {
    const answer = new TextDecoder().decode(body);
    const now = String(Math.floor(this.#now()));
    this.#print(
      `[ERROR] [${now}] LAMBDA_RUNTIME Failed to ${what}. Http response code: ${String(status)}. ${answer}\n`,
    );
    return { error, type: 'RuntimeError' };
  }
}
