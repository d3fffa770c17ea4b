/**
 * What does IronFunctions tell a function of the call that it runs for? One list of variables: the default format
 * puts them into the process's environment, the http format into the headers of a request [IRON]. *Inferred*: all
 * of the call itself, which is that of somebody at a terminal: the model has one route and one way to call it.
 */
import { requestToBytes, type Headers } from './http.ts';
import type { Invocation } from '../service.ts';

/** What a container has of its own, whatever is configured. Inferred: the values. */
const CONTAINER = { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', HOME: '/root' };

type Variables = Readonly<Record<string, string>>;

/** The environment of a process that is started for no call in particular: its container's, and the configuration. */
export function configToEnvironment(config: Variables): Variables {
  return { ...CONTAINER, ...upperCased(config) };
}

/** The same for a process that is started for one call. */
export function callToEnvironment(invocation: Invocation, config: Variables): Variables {
  return { ...CONTAINER, ...callToVariables(invocation, config) };
}

/**
 * The request that a hot function reads from its standard input: always `GET /`, whatever the caller used, with
 * the variables as headers and the caller's body. All headers stand in the order of their names, as Go writes them, which
 * leaves `Task-Id` at the end [IRON]. Inferred: no further headers.
 */
export function callToRequest(invocation: Invocation, config: Variables): Uint8Array {
  const body = new TextEncoder().encode(invocation.event);
  const variables = {
    ...callToVariables(invocation, config),
    'Content-Length': String(body.length),
    'Task-ID': invocation.request,
  };
  const headers: Headers = Object.entries(variables)
    .map(([name, value]) => [toHeaderName(name), toHeaderValue(value)] as const)
    .sort(([one], [other]) => (one < other ? -1 : 1));
  return requestToBytes({ method: 'GET', path: '/', headers, body });
}

/** The configuration of app and route first: a call's own variables are not to be outdone by it (inferred). */
function callToVariables({ event }: Invocation, config: Variables): Variables {
  return {
    ...upperCased(config),
    METHOD: 'POST',
    ROUTE: '/labs/:name',
    // Without the colon behind `http`: so it was built [IRON].
    REQUEST_URL: 'http//localhost:8080/r/lab/labs/first',
    PARAM_NAME: 'first',
    HEADER_ACCEPT: '*/*',
    HEADER_CONTENT_LENGTH: String(new TextEncoder().encode(event).length),
    HEADER_CONTENT_TYPE: 'application/json',
    HEADER_USER_AGENT: 'curl/7.51.0',
  };
}

function upperCased(config: Variables): Variables {
  return Object.fromEntries(Object.entries(config).map(([name, value]) => [name.toUpperCase(), value]));
}

/** As Go writes the names of headers: letters are small but for the first, and those behind a hyphen. */
function toHeaderName(variable: string): string {
  return variable.toLowerCase().replaceAll(/(?<=^|-)[a-z]/g, (letter) => letter.toUpperCase());
}

/** A line's end within a value would end the header (inferred: a space stands in its place). */
function toHeaderValue(value: string): string {
  return value.replaceAll(/[\r\n]/g, ' ').trim();
}
