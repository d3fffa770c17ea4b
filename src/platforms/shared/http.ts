/**
 * HTTP/1.1 messages as values, and as the bytes that cross a connection: what a runtime and the server
 * beside it say to each other. No chunks and no second message on a connection: neither is needed here.
 */
import { joinBytes } from './bytes.ts';

/** Names and values in the order in which they are sent. */
export type Headers = readonly (readonly [name: string, value: string])[];

export interface HttpRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Headers;
  readonly body: Uint8Array;
}

export interface HttpResponse {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Uint8Array;
}

/** The other end of a connection. */
export type HttpServer = (request: HttpRequest) => HttpResponse | Promise<HttpResponse>;

const REASONS: Readonly<Record<number, string>> = {
  200: 'OK',
  202: 'Accepted',
  400: 'Bad Request',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  413: 'Payload Too Large',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
};

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** A response with a JSON body. */
export function jsonResponse(status: number, body: string | Uint8Array, headers: Headers = []): HttpResponse {
  const bytes = typeof body === 'string' ? encoder.encode(body) : body;
  const length = ['Content-Length', String(bytes.length)] as const;
  return { status, headers: [['Content-Type', 'application/json'], length, ...headers], body: bytes };
}

/** The value of a header, whatever the case of its name; null when there is none. */
export function headerOf(headers: Headers, name: string): string | null {
  const wanted = name.toLowerCase();
  return headers.find(([given]) => given.toLowerCase() === wanted)?.[1] ?? null;
}

export function requestToText({ method, path, headers, body }: HttpRequest): string {
  return `${headToText(`${method} ${path} HTTP/1.1`, headers)}${decoder.decode(body)}`;
}

export function requestToBytes({ method, path, headers, body }: HttpRequest): Uint8Array {
  return joinBytes([encoder.encode(headToText(`${method} ${path} HTTP/1.1`, headers)), body]);
}

export function responseToText({ status, headers, body }: HttpResponse): string {
  return `${headToText(statusLine(status), headers)}${decoder.decode(body)}`;
}

export function responseToBytes({ status, headers, body }: HttpResponse): Uint8Array {
  return joinBytes([encoder.encode(headToText(statusLine(status), headers)), body]);
}

/** The body of a response that the connection's end has ended; null when the bytes are no response. */
export function bytesToResponseBody(bytes: Uint8Array): Uint8Array | null {
  return bytesToResponse(bytes)?.body ?? null;
}

/** The same response whole. */
export function bytesToResponse(bytes: Uint8Array): HttpResponse | null {
  const end = findBlankLine(bytes);
  if (end === null) return null;
  const [first = '', ...lines] = decoder.decode(bytes.subarray(0, end)).split('\r\n');
  const [, status] = /^HTTP\/1\.[01] (\d{3})\b/.exec(first) ?? [];
  if (status === undefined) return null;
  return { status: Number(status), headers: lines.map(lineToHeader), body: bytes.subarray(end + 4) };
}

/** Reads one whole request; null when the bytes are none. */
export function bytesToRequest(bytes: Uint8Array): HttpRequest | null {
  const end = findBlankLine(bytes);
  if (end === null) return null;
  const [first = '', ...lines] = decoder.decode(bytes.subarray(0, end)).split('\r\n');
  const [method, path, protocol] = first.split(' ');
  if (method === undefined || path === undefined || protocol?.startsWith('HTTP/1.') !== true) return null;
  return { method, path, headers: lines.map(lineToHeader), body: bytes.slice(end + 4) };
}

function lineToHeader(line: string): readonly [string, string] {
  const colon = line.indexOf(':');
  return [line.slice(0, colon), line.slice(colon + 1).trim()];
}

function statusLine(status: number): string {
  return `HTTP/1.1 ${String(status)} ${REASONS[status] ?? ''}`.trimEnd();
}

function headToText(first: string, headers: Headers): string {
  return [first, ...headers.map(([name, value]) => `${name}: ${value}`), '', ''].join('\r\n');
}

function findBlankLine(bytes: Uint8Array): number | null {
  for (let at = 0; at + 3 < bytes.length; at += 1) {
    if (bytes[at] === 13 && bytes[at + 1] === 10 && bytes[at + 2] === 13 && bytes[at + 3] === 10) return at;
  }
  return null;
}
