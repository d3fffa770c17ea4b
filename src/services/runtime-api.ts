/**
 * The Runtime API, version 2018-06-01: the HTTP server inside a sandbox of today's Lambda that hands out
 * invocations and takes their answers [AWSDOC]. It knows paths, statuses and headers; what an answer
 * means for the platform is the business of `Platform`.
 */
import { jsonResponse, type Headers, type HttpRequest, type HttpResponse } from './http.ts';
import { settle } from './native-client.ts';

const BASE = '/2018-06-01/runtime';
/** The largest answer of a synchronous invocation, in bytes [AWSDOC]. */
export const PAYLOAD_LIMIT = 6_291_556;

/** What one invocation is handed out with. */
export interface NextInvocation {
  readonly request: string;
  readonly event: string;
  readonly deadline: number;
  readonly arn: string;
  readonly trace: string;
}

/** What the server asks and tells of the platform behind it. */
export interface Platform {
  /** The next invocation, sooner or later; null when the environment is not needed any more. */
  readonly next: () => NextInvocation | null | Promise<NextInvocation | null>;
  /** Whether this invocation still waits for its answer. */
  readonly isOpen: (request: string) => boolean;
  readonly answer: (request: string, body: Uint8Array) => void;
  readonly fail: (request: string, body: Uint8Array) => void;
  readonly refuse: (request: string) => void;
  readonly initFailed: (body: Uint8Array) => void;
}

/** Null in place of a response: there will be none, the connection is never answered. */
export function handleRequest(
  request: HttpRequest,
  platform: Platform,
): HttpResponse | null | Promise<HttpResponse | null> {
  const { method, path, body } = request;
  switch (`${method} ${path}`) {
    case `GET ${BASE}/invocation/next`:
      return settle(platform.next(), (next) => (next === null ? null : nextResponse(next)));
    case `POST ${BASE}/init/error`:
      platform.initFailed(body);
      return accepted();
    // Inferred: a snapshot is restored at once.
    case `GET ${BASE}/restore/next`:
      return jsonResponse(200, '');
    case `POST ${BASE}/restore/error`:
      platform.initFailed(body);
      return accepted();
  }
  const [, id = '', kind] = /^\/2018-06-01\/runtime\/invocation\/([^/]+)\/(response|error)$/.exec(path) ?? [];
  if (method !== 'POST' || kind === undefined) return jsonResponse(404, '');
  if (!platform.isOpen(id)) return refusal(400, 'InvalidRequestID', 'Invalid request ID');
  if (body.length > PAYLOAD_LIMIT) {
    platform.refuse(id);
    const limit = `Exceeded maximum allowed payload size (${String(PAYLOAD_LIMIT)} bytes).`;
    return refusal(413, 'RequestEntityTooLarge', limit);
  }
  if (kind === 'response') platform.answer(id, body);
  else platform.fail(id, body);
  return accepted();
}

function nextResponse({ request, event, deadline, arn, trace }: NextInvocation): HttpResponse {
  const headers: Headers = [
    ['Lambda-Runtime-Aws-Request-Id', request],
    ['Lambda-Runtime-Deadline-Ms', String(deadline)],
    ['Lambda-Runtime-Invoked-Function-Arn', arn],
    ['Lambda-Runtime-Trace-Id', trace],
  ];
  return jsonResponse(200, event, headers);
}

function accepted(): HttpResponse {
  return jsonResponse(202, '{"status":"OK"}');
}

/** Inferred: the words of a refusal. */
function refusal(status: number, errorType: string, errorMessage: string): HttpResponse {
  return jsonResponse(status, JSON.stringify({ errorMessage, errorType }));
}
