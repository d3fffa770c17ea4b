/**
 * How a bootstrap of 3.6 or 3.7 calls its native module `runtime`: the interface grew from month to month, and a dump does not say
 * of which month it is (`RUNTIMES.md` (a) of the facts). Its own calls tell.
 */
import { ownValue } from '../trace/own-value.ts';

/** What every one of these may call, besides what there was in 2016. */
const FUNCTIONS = [
  'receive_start',
  'receive_invoke',
  'report_running',
  'report_user_init_start',
  'report_user_init_end',
  'report_user_invoke_start',
  'report_user_invoke_end',
  'report_fault',
  'report_done',
  'report_xray_exception',
  'log_bytes',
  'log_sb',
  'send_console_message',
  'get_remaining_time',
];

/** The functions of the module that there are. Others are not made up: a call of one is told. */
export function reportedFunctions(source: string): readonly string[] {
  return /\breceive_start\b/.test(source) ? FUNCTIONS : [];
}

/** What the caller takes of an answer: the parts that each of these may have, in the order of the time. */
const ANSWERS: Readonly<Record<string, readonly (readonly string[])[]>> = {
  recv_start: [['request', 'mode', 'handler', 'suppress', 'credentials']],
  receive_start: [
    ['request', 'mode', 'handler', 'suppress', 'credentials'],
    ['request', 'mode', 'handler', 'suppress', 'throttled', 'credentials'],
  ],
  receive_invoke: [
    ['request', 'socket', 'credentials', 'event', 'context', 'arn'],
    ['request', 'socket', 'credentials', 'event', 'context', 'arn', 'trace'],
    ['request', 'socket', 'credentials', 'event', 'context', 'arn', 'trace', 'parent', 'sampled'],
  ],
};

/** How a caller's name for a part gives it away, where the order alone does not. */
const TELLING: readonly (readonly [RegExp, string])[] = [
  [/throttl/i, 'throttled'],
  [/cred/i, 'credentials'],
  [/suppress/i, 'suppress'],
  [/arn/i, 'arn'],
  [/sock/i, 'socket'],
  [/context|client|cognito/i, 'context'],
  [/parent/i, 'parent'],
  [/sampl/i, 'sampled'],
  [/x_?ray|trace/i, 'trace'],
  [/event|body/i, 'event'],
  [/handler/i, 'handler'],
  [/mode/i, 'mode'],
  [/invoke_?id|request_?id/i, 'request'],
];

/** Names that something is taken apart into, in parentheses or without. */
const TARGETS = /^[ \t]*(?:\(([^()=]+)\)|([\w.]+[ \t]*,[\w., \t]*))[ \t]*=(?!=)([^\n]*(?:\n[^\n]*)?)/gm;

/** What only one of the answers has: by it, one that is handed on before it is taken apart is known. */
const OF_ITS_OWN: Readonly<Record<string, readonly string[]>> = {
  recv_start: ['mode', 'suppress'],
  receive_start: ['mode', 'suppress'],
  receive_invoke: ['event', 'arn'],
};

/** For each function whose answer this source takes apart, the names of the parts in the caller's order. */
export function receivedNames(source: string): Record<string, readonly string[]> {
  const targets = [...source.matchAll(TARGETS)].map(([, inside, bare, value = '']) => {
    const names = (inside ?? bare ?? '').split(',').map((part) => part.trim());
    return { names: names.filter((name) => name !== ''), value };
  });
  const asks = new Map<string, readonly string[]>();
  for (const [name, forms] of Object.entries(ANSWERS)) {
    if (!new RegExp(String.raw`\b${name}\b`).test(source)) continue;
    const direct = targets.find(({ value }) =>
      new RegExp(String.raw`^[\s(\\]*(?:\w+\.)?${name}\s*\(`).test(value),
    );
    const handedOn = targets.find(({ names }) => {
      const parts = names.map(toPart);
      return (ownValue(OF_ITS_OWN, name) ?? []).every((part) => parts.includes(part));
    });
    asks.set(name, partsOf((direct ?? handedOn)?.names ?? [], forms, usualOf(name, source)));
  }
  // Where a source takes them neither by their order nor by their names, it gets the names.
  const isTuple = /=\s*\w*cred\w*\s*$|\w*cred\w*\[[012]\]/im.test(source);
  if (!isTuple)
    for (const [name, parts] of asks)
      asks.set(
        name,
        parts.map((part) => (part === 'credentials' ? 'namedCredentials' : part)),
      );
  return Object.fromEntries(asks);
}

function toPart(name: string): string | null {
  return TELLING.find(([pattern]) => pattern.test(name))?.[1] ?? null;
}

function partsOf(
  names: readonly string[],
  forms: readonly (readonly string[])[],
  usual: readonly string[],
): readonly string[] {
  const told = names.map(toPart);
  const isTold =
    names.length > 1 && told.every((part) => part !== null) && new Set(told).size === told.length;
  if (isTold) return told.map(String);
  return forms.find((form) => form.length === names.length) ?? usual;
}

/** The answer's parts at the time of a source that does not tell. */
function usualOf(name: string, source: string): readonly string[] {
  const [first = [], later = first] = ownValue(ANSWERS, name) ?? [];
  return /\breceive_start\b/.test(source) ? later : first;
}
