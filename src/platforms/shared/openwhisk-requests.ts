/**
 * What OpenWhisk asks of an action's container, by either of its proxies: POST /init once, then POST /run for each
 * activation [OW]. *Inferred*: the names of the namespace and the action, the host, and all headers.
 */
import type { FunctionSetup } from '../../trace/recording.ts';
import { bytesToJson } from './border.ts';
import type { HttpRequest } from './http.ts';
import type { Invocation } from '../service.ts';
import { filesToZip } from './stored-zip.ts';

/** What both streams of the log get at the end of an activation, so that its lines can be told from the next one's. */
export const END_OF_ACTIVATION = 'XXX_THE_END_OF_A_WHISK_ACTIVATION_XXX\n';

/** The file that an action of several files begins with. */
const MAIN_FILE = '__main__.py';

const ACTION = 'lab';
/** Stands for a key of the namespace's; it opens nothing. */
const API_KEY = 'example-key-that-opens-nothing';

const encoder = new TextEncoder();

/**
 * The request that makes a container the action's. One file is handed over as its text, several as a zip in
 * base64; `files` go by the names that their owner gave.
 */
export function toInit(
  files: Readonly<Record<string, string | Uint8Array>>,
  { handler }: FunctionSetup,
  env: Readonly<Record<string, string>>,
): HttpRequest {
  const [[name, content] = ['', ''], ...others] = Object.entries(files);
  const isText = others.length === 0 && typeof content === 'string' && (name === MAIN_FILE || name === '');
  const code = isText ? content : bytesToJson(filesToZip(files)).base64;
  const value = { name: ACTION, main: handler, code, binary: !isText, env };
  return post('/init', JSON.stringify({ value }));
}

/** The request for one activation: its parameters are the event, letter for letter. `deadline` is in epoch milliseconds. */
export function toRun({ request, event }: Invocation, deadline: number): HttpRequest {
  const others = {
    namespace: 'guest',
    action_name: `/guest/${ACTION}`,
    api_host: 'https://openwhisk.example',
    api_key: API_KEY,
    activation_id: request.replaceAll('-', ''),
    transaction_id: request,
    // As text: a launcher makes variables of all of these [OW].
    deadline: String(Math.floor(deadline)),
  };
  return post('/run', `{"value":${event},${JSON.stringify(others).slice(1)}`);
}

/** The caller's answer when the action's time is up. The words are those of a public record (apache/openwhisk, issue 5170). */
export function timeLimitError(milliseconds: number): string {
  return JSON.stringify({
    error: `The action exceeded its time limits of ${String(milliseconds)} milliseconds.`,
  });
}

/** Whether an answer tells of an error: OpenWhisk takes a field of that name for one. */
export function isErrorAnswer(body: string): boolean {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null && 'error' in value;
  } catch {
    return true;
  }
}

function post(path: string, text: string): HttpRequest {
  const body = encoder.encode(text);
  const headers = [
    ['Host', 'action:8080'],
    ['Content-Type', 'application/json'],
    ['Content-Length', String(body.length)],
  ] as const;
  return { method: 'POST', path, headers, body };
}
