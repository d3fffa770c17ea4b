/** Which objects only carry a log's events (answers of CloudWatch's API, rows of Logs Insights), and what do they carry? */
import type { PasteTime } from '../explanation.ts';
import { readText } from '../grammar.ts';
import { isMeasured, isQuery, QUERIED, rowToKnown } from './columns.ts';
import type { Item } from './item.ts';
import { stringSlice, type Node } from './json.ts';
import { pasteTime } from './prefix.ts';
import { cut, type Slice } from './slice.ts';

/** The text of one event. */
export interface Message {
  readonly slice: Slice;
  readonly time: PasteTime | null;
  readonly stream: string | null;
  /** What it is, where a query's columns stand in its place. */
  readonly known?: Item['known'];
}

function member(node: Node, ...keys: readonly string[]): Node | null {
  for (const key of keys) {
    const found = node.members?.find(([name]) => name === key);
    if (found !== undefined) return found[1];
  }
  return null;
}

/** What a logger's object has, and a query's row hasn't. */
const LOGGERS = [
  'level',
  'levelname',
  'log_level',
  'log.level',
  'severity',
  'logger_name',
  'ecs.version',
  '@version',
];

/** One event of an answer or a row; null where the object is something else. */
function messageOf(region: Slice, node: Node): Message | null {
  const message = member(node, '@message', 'message');
  if (message === null || typeof message.value !== 'string')
    return telemetryMessage(region, node) ?? queryRow(region, node);
  const time = member(node, '@timestamp', 'timestamp', '@ingestionTime', 'ingestionTime');
  // Loggers write names with that sign, too.
  const isRow =
    node.members?.some(([key]) => key.startsWith('@')) === true &&
    (member(node, ...LOGGERS) === null || member(node, '@ptr', '@log', '@logStream') !== null);
  const isEvent = typeof time?.value === 'number' || /^\d{13}$/.test(String(time?.value ?? ''));
  const names = node.members?.map(([key]) => key) ?? [];
  // One member alone is a part only where the object's beginning is missing.
  const isPart =
    names.every((key) => /^(?:message|timestamp|ingestionTime|eventId|logStreamName)$/.test(key)) &&
    (names.length > 1 || !region.text.trimStart().startsWith('{'));
  if (
    !isRow &&
    !(isEvent && member(node, 'level', 'levelname', 'log_level', 'severity') === null) &&
    !(isPart && time === null)
  )
    return null;
  const stream = member(node, '@logStream', 'logStreamName')?.value;
  return {
    slice: stringSlice(region, message),
    time: time === null ? null : pasteTime(String(time.value ?? '')),
    stream: typeof stream === 'string' ? stream : null,
  };
}

/** A row of a query that has the columns of a line, and not the line. */
function queryRow(region: Slice, node: Node): Message | null {
  const cells = (node.members ?? []).map(([name, { value }]) => [name, String(value ?? '')] as const);
  const names = cells.map(([name]) => name).filter((name) => name !== '@ptr');
  const isPlain = node.members?.every(([, { members, items }]) => members === null && items === null);
  if (isPlain !== true || !(isMeasured(names) || isQuery(names))) return null;
  const time = cells.find(([name]) => name === '@timestamp')?.[1];
  return {
    slice: cut(region, node.start, node.end),
    time: time === undefined ? null : pasteTime(time),
    stream: cells.find(([name]) => name === '@logStream')?.[1] ?? null,
    known: rowToKnown(cells) ?? QUERIED,
  };
}

/** Telemetry API: what a function or an extension printed. */
function telemetryMessage(region: Slice, node: Node): Message | null {
  const type = member(node, 'type')?.value;
  const record = member(node, 'record');
  if ((type !== 'function' && type !== 'extension') || record === null || typeof record.value !== 'string')
    return null;
  return {
    slice: stringSlice(region, record),
    time: pasteTime(String(member(node, 'time')?.value ?? '')),
    stream: null,
  };
}

/** A row of `get-query-results`: fields with their values. */
function rowOf(node: Node): Node | null {
  const items = node.items ?? [];
  if (items.length === 0 || !items.every((item) => member(item, 'field') !== null)) return null;
  const members = items.map(
    (item) => [String(member(item, 'field')?.value), member(item, 'value') ?? item] as const,
  );
  return { ...node, items: null, members };
}

/** The events that an object or a list carries; null where it carries none. */
export function messagesOf(region: Slice, node: Node): Message[] | null {
  const single = node.members === null ? null : messageOf(region, node);
  if (single !== null) return [single];
  const pairs = node.members === null ? [] : pairsUnder(region, node, null);
  if (pairs.length > 0) return pairs;
  const list = node.items ?? member(node, 'events', 'results', 'logEvents')?.items ?? null;
  if (list === null || list.length === 0) return null;
  if (list.every(({ value }) => typeof value === 'string')) {
    const isLog = list.some(({ value }) =>
      String(value)
        .split('\n')
        .some((line) => readText(line.trim()) !== null),
    );
    return isLog
      ? list.map((item) => ({ slice: stringSlice(region, item), time: null, stream: null }))
      : null;
  }
  const messages = list.map((item) => messageOf(region, rowOf(item) ?? item));
  const found = messages.filter((message) => message !== null);
  return found.length > 0 && found.length >= list.length - 2 ? found : null;
}

/** Loki's answer: pairs of a time in nanoseconds and a line, in a list for each stream. */
function pairsUnder(region: Slice, node: Node, around: Node | null, depth = 0): Message[] {
  if (depth > 5) return [];
  const labels = member(node, 'stream', 'labels') ?? around;
  const values = member(node, 'values')?.items ?? null;
  const isPair = ({ items }: Node): boolean =>
    items !== null && /^\d{19}$/.test(String(items[0]?.value ?? '')) && typeof items[1]?.value === 'string';
  if (values !== null && values.length > 0 && values.every(isPair)) {
    const stream = labels?.members?.map(([, { value }]) => String(value)).find((value) => STREAM.test(value));
    return values.flatMap(({ items }) => {
      const [time, line] = items ?? [];
      return time === undefined || line === undefined
        ? []
        : [
            {
              slice: stringSlice(region, line),
              time: pasteTime(region.text.slice(time.start, time.end).replaceAll('"', '')),
              stream: stream ?? null,
            },
          ];
    });
  }
  const found: Message[] = [];
  const look = (value: Node): void => {
    if (value.members === null && value.items === null) return;
    for (const message of pairsUnder(region, value, labels, depth + 1)) found.push(message);
  };
  for (const [, value] of node.members ?? []) look(value);
  for (const value of node.items ?? []) look(value);
  return found;
}

const STREAM = /^\d{4}\/\d\d\/\d\d\/\S{0,140}\[[^\s\]]{1,140}\][0-9a-f]{0,64}$/;

/** Whether a text is a line that only a log has, whatever name an object or a table gives it. */
export function isOfALog(text: string): boolean {
  return OF_A_LOG.test(text);
}

/** Lines that only a log has, whatever the name is that an object gives them. */
const OF_A_LOG =
  /^(?:(?:START|END|REPORT) RequestId: |INIT_START\s|INIT_REPORT\s|RESTORE_START\s|XRAY TraceId: |\[ERROR\] [A-Z]\w*[.:])/;

/** Under which name objects of a log tool hold the lines: the one that a line of the platform stands under. */
export function messageKey(node: Node, depth = 0): string | null {
  if (depth > 6) return null;
  for (const [key, value] of node.members ?? []) {
    if (typeof value.value === 'string' && isOfALog(value.value)) return key;
    const found = messageKey(value, depth + 1);
    if (found !== null) return found;
  }
  for (const item of node.items ?? []) {
    const found = messageKey(item, depth + 1);
    if (found !== null) return found;
  }
  return null;
}

/** All texts under a name, each with the time that stands beside it. */
export function messagesUnder(region: Slice, node: Node, key: string, depth = 0): Message[] {
  if (depth > 6) return [];
  const own = member(node, key);
  const time = member(node, 'timestamp', '@timestamp', 'time', '_time', 'ts', 'eventTime', 'date');
  if (own !== null && typeof own.value === 'string') {
    const stream = member(node, 'logStream', 'logStreamName', 'log_stream', '@logStream')?.value;
    return [
      {
        slice: stringSlice(region, own),
        time: time === null ? null : pasteTime(String(time.value ?? '')),
        stream: typeof stream === 'string' && stream.includes('[') ? stream : null,
      },
    ];
  }
  const inner = [...(node.members ?? []).map(([, value]) => value), ...(node.items ?? [])];
  return inner.flatMap((value) => messagesUnder(region, value, key, depth + 1));
}

/** What a queue's message, a topic's or an event carries: a record of an invocation, as an object or as text. */
export function carriedOf(node: Node): Node | null {
  const detail = member(node, 'detail');
  if (detail?.members !== undefined && detail.members !== null && member(node, 'detail-type') !== null)
    return detail;
  const text = member(node, 'Body', 'body', 'Message') ?? member(member(node, 'Sns') ?? node, 'Message');
  return typeof text?.value === 'string' && /^\s*\{/.test(text.value) ? text : null;
}

/** The messages of a queue, or the records of an event. */
export function carriersOf(node: Node): readonly Node[] | null {
  const items = member(node, 'Messages', 'Records')?.items ?? null;
  return items !== null && items.length > 0 && items.every((item) => item.members !== null) ? items : null;
}

/** The objects of a list that each stand for themselves; null where it is no such list. */
export function recordsOf(node: Node): readonly Node[] | null {
  const items = node.items;
  if (items === null || items.length === 0 || !items.every((item) => item.members !== null)) return null;
  const isRecords = items.every(
    (item) => member(item, 'type', 'level', 'levelname', 'log_level', 'errorType') !== null,
  );
  return isRecords ? items : null;
}
