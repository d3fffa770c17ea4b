/**
 * The Runtime API, version 2018-06-01: the HTTP server inside a sandbox of today's Lambda that hands out
 * invocations and takes their answers [AWSDOC]. It knows paths, statuses and headers; what an answer
 * means for the platform is the business of `Platform`. [BREF]: issue 1562 of brefphp/bref, of June 2023.
 */
import { ownValue } from '../../trace/own-value.ts';
import { settle } from '../shared/border.ts';
import { headerOf, jsonResponse, type Headers, type HttpRequest, type HttpResponse } from '../shared/http.ts';

/** The largest answer of a synchronous invocation, in bytes [AWSDOC]. */
export const PAYLOAD_LIMIT = 6_291_556;

/** The header with an attempt's id; a runtime may send it back with its answer [AWSDOC]. */
const ATTEMPT = 'Lambda-Runtime-Invocation-Id';

/** What one invocation is handed out with. */
export interface NextInvocation {
  readonly request: string;
  readonly event: string;
  readonly deadline: number;
  readonly arn: string;
  readonly trace: string;
  /** The id of this attempt at the invocation: one that is tried again has another. */
  readonly attempt: string;
}

/** What the server asks and tells of the platform behind it. */
export interface Platform {
  /** The next invocation, sooner or later; null when the environment is not needed any more. */
  readonly next: () => NextInvocation | null | Promise<NextInvocation | null>;
  /** Whether an invocation was asked for: then the init phase is over. */
  readonly isInitialised: () => boolean;
  /** Whether an invocation still waits for its answer. */
  readonly isBusy: () => boolean;
  /** What the platform knows of this invocation. */
  readonly stateOf: (request: string) => 'open' | 'answered' | 'unknown';
  /** The id of the attempt at this invocation. */
  readonly attempt: (request: string) => string;
  readonly answer: (request: string, body: Uint8Array) => void;
  readonly fail: (request: string, body: Uint8Array) => void;
  readonly refuse: (request: string) => void;
  readonly initFailed: (request: HttpRequest) => void;
  /** The process is ready to be made a snapshot of, and to be restored from it. */
  readonly restore: () => void;
}

/** Null in place of a response: there will be none, the connection is never answered. */
export function handleRequest(
  request: HttpRequest,
  platform: Platform,
): HttpResponse | null | Promise<HttpResponse | null> {
  const { method, path } = request;
  const [, id = null, last = ''] =
    /^\/2018-06-01\/runtime\/(?:invocation\/([^/]+)\/)?(response|error|\w+\/\w+)$/.exec(path) ?? [];
  const place = id === null ? last : `invocation/ID/${last}`;
  const expected = ownValue(METHODS, place);
  if (expected === undefined) return jsonResponse(404, '');
  if (method !== expected) return jsonResponse(405, '', [['Allow', expected]]);
  if (id !== null) return takeAnswer(id, last, request, platform);
  switch (place) {
    case 'invocation/next':
      if (platform.isBusy()) return forbidden('InvocationRequested', 'Next');
      return settle(platform.next(), (next) => (next === null ? null : nextResponse(next)));
    case 'restore/next':
      platform.restore();
      return jsonResponse(200, '');
    default:
      if (platform.isInitialised())
        return forbidden('Ready', place === 'init/error' ? 'InitError' : 'RestoreError');
      platform.initFailed(request);
      return accepted();
  }
}

/** Every place of the API and the one method that it takes [AWSDOC]. */
const METHODS: Readonly<Record<string, 'GET' | 'POST'>> = {
  'invocation/next': 'GET',
  'invocation/ID/response': 'POST',
  'invocation/ID/error': 'POST',
  'init/error': 'POST',
  'restore/next': 'GET',
  'restore/error': 'POST',
};

/** Inferred: whatever type of content it has. */
function takeAnswer(id: string, kind: string, request: HttpRequest, platform: Platform): HttpResponse {
  const { body } = request;
  const state = platform.stateOf(id);
  if (state === 'unknown') return refusal(400, 'InvalidRequestID', 'Invalid request ID');
  if (state === 'answered')
    return forbidden(
      'RuntimeResponseSentState',
      kind === 'response' ? 'InvocationResponse' : 'InvocationErrorResponse',
    );
  const attempt = headerOf(request.headers, ATTEMPT);
  // Inferred: the words.
  if (attempt !== null && attempt !== platform.attempt(id))
    return refusal(400, 'InvalidInvocationId', 'Invalid invocation ID');
  if (body.length > PAYLOAD_LIMIT) {
    platform.refuse(id);
    const limit = `Exceeded maximum allowed payload size (${String(PAYLOAD_LIMIT)} bytes).`;
    return refusal(413, 'RequestEntityTooLarge', limit);
  }
  if (kind === 'response') platform.answer(id, body);
  else platform.fail(id, body);
  return accepted();
}

function nextResponse({ request, event, deadline, arn, trace, attempt }: NextInvocation): HttpResponse {
  const headers: Headers = [
    ['Lambda-Runtime-Aws-Request-Id', request],
    ['Lambda-Runtime-Deadline-Ms', String(deadline)],
    ['Lambda-Runtime-Invoked-Function-Arn', arn],
    ['Lambda-Runtime-Trace-Id', trace],
    [ATTEMPT, attempt],
  ];
  return jsonResponse(200, event, headers);
}

function accepted(): HttpResponse {
  return jsonResponse(202, '{"status":"OK"}');
}

/** The words were seen of a second answer [BREF]. Inferred: the names of the states that others are refused in. */
function forbidden(from: string, to: string): HttpResponse {
  const why = `State transition from ${from} to ${to} failed for runtime. Error: State transition is not allowed`;
  return refusal(403, 'InvalidStateTransition', why);
}

/** Inferred: the words of a refusal. */
function refusal(status: number, errorType: string, errorMessage: string): HttpResponse {
  return jsonResponse(status, JSON.stringify({ errorMessage, errorType }));
}
