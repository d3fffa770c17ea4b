/** Compares what was observed with what was expected, and tells where they part. */
import { createHash } from 'node:crypto';
import { differenceToText } from '../difference.ts';
import type { Body, Expectation, Post } from './case.ts';
import { unify } from './differences.ts';
import { maskJson, maskText } from './mask.ts';

/** Every difference as text for a person; none when the two agree. */
export function compare(expected: Expectation, observed: Expectation, unordered = false): string[] {
  const ordered = <Item>(items: readonly Item[], toText: (item: Item) => string): string =>
    (unordered ? items.map(toText).sort() : items.map(toText)).join('\n');
  const fields: [string, string, string][] = [
    ['exit', String(expected.exit), String(observed.exit)],
    ['traffic', ordered(expected.traffic, String), ordered(observed.traffic, String)],
    ...(['log', 'stdout', 'stderr'] as const).map((name): [string, string, string] => [
      name,
      comparableLog(expected[name]),
      comparableLog(observed[name]),
    ]),
    ['frames', comparableFrames(expected), comparableFrames(observed)],
    ...comparePosts(expected.responses, observed.responses),
  ];
  return fields
    .filter(([, before, after]) => before !== after)
    .map(([name, before, after]) => `${name}: - measured, + model\n${differenceToText(before, after)}`);
}

function comparableLog(text: string): string {
  return visible(unify(maskJsonLines(maskText(text))));
}

/** Lines of a log that are JSON objects hold texts, too. */
function maskJsonLines(text: string): string {
  return text.replace(/^\{".*\}$/gm, maskJson);
}

function comparableFrames({ frames }: Expectation): string {
  return (frames ?? [])
    .map(({ type, length, message }) => {
      const text = comparableLog(message);
      // What was counted is not what stands there now; times are as long as their masks' texts on both sides.
      const isMasked = /<ADVICE>|<N>|<ADDR>/.test(text);
      return `${type} ${isMasked ? '<LENGTH>' : String(length)} ${text}`;
    })
    .join('\n');
}

function comparePosts(expected: readonly Post[], observed: readonly Post[]): [string, string, string][] {
  return expected.map((post, index) => {
    const other = observed[index];
    const name = `POST ${post.path}`;
    if (other === undefined) return [name, 'a POST', 'there was none'];
    const withLength = isLengthCompared(post) && isLengthCompared(other);
    return [name, postToText(post, post, withLength), postToText(other, post, withLength)];
  });
}

/** A POST as text; `model` tells in which form long texts stand. */
function postToText(post: Post, model: Post, withLength: boolean): string {
  const headers = Object.keys(post.headers)
    .sort()
    .filter((name) => name !== 'content-length' || withLength)
    .map((name) => {
      const [text, other] = [post, model].map(({ headers }) => {
        const value = headers[name] ?? '';
        return name === XRAY_CAUSE ? sortPaths(value) : value;
      });
      return `${name}: ${headerToText(text ?? '', other ?? '')}`;
    });
  return [post.path, ...headers, '', bodyToText(post.body, model.body)].join('\n');
}

const XRAY_CAUSE = 'lambda-runtime-function-xray-error-cause';

/** The paths of X-Ray's cause are a set: its order changes from run to run. */
function sortPaths(cause: string): string {
  return cause.replace(/(?<="paths": \[)(?:"(?:[^"\\]|\\.)*"(?:, )?)*(?=\]\}$)/, (paths) =>
    (paths.match(/"(?:[^"\\]|\\.)*"/g) ?? []).toSorted().join(', '),
  );
}

/** A length says something only of a body that is compared as it is. */
function isLengthCompared({ headers, body }: Post): boolean {
  return (
    headers['content-length'] !== '<LENGTH>' &&
    isComparedWhole(typeof body === 'string' ? body : 'base64' in body ? latinJson(body.base64) : null)
  );
}

function isComparedWhole(text: string | null): boolean {
  return text === null || comparableBody(text) === visible(text);
}

/** A long header is known by its beginning and its length alone. */
function headerToText(text: string, model: string): string {
  const cut = /^(.*) … \(\d+ characters\)$/s.exec(model)?.[1];
  const shown =
    cut === undefined || text === model
      ? text
      : `${text.slice(0, cut.length)} … (${String(text.length)} characters)`;
  return comparableBody(shown);
}

function bodyToText(body: Body, model: Body): string {
  if (typeof body === 'string' && typeof model === 'object' && 'sha256' in model) {
    const bytes = Buffer.from(body);
    return `${String(bytes.length)} bytes, ${createHash('sha256').update(bytes).digest('hex')}`;
  }
  if (typeof body === 'string') return comparableBody(body);
  if ('sha256' in body) return `${String(body.length)} bytes, ${body.sha256}`;
  const text = latinJson(body.base64);
  return text === null ? `base64 ${body.base64}` : `Latin-1 ${comparableBody(text)}`;
}

/** The text of an error that was sent as Latin-1, which is no UTF-8; null of other bytes. */
function latinJson(base64: string): string | null {
  const text = Buffer.from(base64, 'base64').toString('latin1');
  return text.startsWith('{"errorMessage": ') ? text : null;
}

function comparableBody(text: string): string {
  return visible(unify(maskJson(maskText(text))));
}

/** Signs that a terminal does not show, written out. */
function visible(text: string): string {
  return text.replaceAll('\r', '\\r\n').replaceAll('\u00a0', '·');
}
