/**
 * From a paste to the lines of its log's events. What wraps them (a tool's JSON, a console's table, a script's clock) is found by its
 * form, and by whether lines that are known stand behind it; nothing asks for the format.
 */
import type { PasteTime } from '../explanation.ts';
import { kindOwner, readJson, readText, type Kind } from '../grammar.ts';
import { columnsOf, isTableFrame, readRow } from './cells.ts';
import { chatHeads } from './chat.ts';
import { QUERIED, rowToKnown } from './columns.ts';
import { textToLines } from './clean.ts';
import { markCopies } from './copies.ts';
import type { Item } from './item.ts';
import { readCsv, type Csv } from './csv.ts';
import { detailLines } from './details.ts';
import { readFluent } from './fluent.ts';
import { readFrames } from './frames.ts';
import { splitGlued } from './glued.ts';
import { decode, findBlock, readValue, stringSlice, toValue, type Node } from './json.ts';
import {
  carriedOf,
  carriersOf,
  messageKey,
  messagesOf,
  messagesUnder,
  recordsOf,
  type Message,
} from './messages.ts';
import { takeOuter, withNothing, type Outer } from './outer.ts';
import { takePairs } from './pairs.ts';
import { pasteTime, takePrefix, type Prefixed } from './prefix.ts';
import { cut, join, pick, spansOf, trim, type Slice } from './slice.ts';
import { joinWraps, uncode, unquote } from './wraps.ts';
import { readYamlList, readYamlRows } from './yaml-rows.ts';
import { readYaml, type YamlPart } from './yaml.ts';

interface Context {
  readonly time: PasteTime | null;
  readonly stream: string | null;
  /** Inside of one event: lines have no prefixes of their own, and the first one opens it. */
  readonly isEvent: boolean;
}

const MOST_NESTED = 4;

/** Reads a paste; the copies of what stands in it twice are marked. */
export function textToItems(text: string): Item[] {
  const intake = new Intake();
  const cleaned = uncode(unquote(textToLines(text)));
  const csv = readCsv(cleaned);
  const parts = csv === null ? partsOf(cleaned) : null;
  if (csv !== null) intake.readTable(csv);
  else if (parts !== null) intake.readPasteParts(parts);
  else intake.readLines(joinWraps(cleaned));
  markCopies(intake.items);
  return intake.items;
}

/** The parts of a paste that is all of one form; null where it is of none. */
function partsOf(lines: readonly Slice[]): readonly YamlPart[] | null {
  return (
    readYaml(lines) ?? readYamlRows(lines) ?? readYamlList(lines) ?? readFluent(lines) ?? readFrames(lines)
  );
}

class Intake {
  readonly items: Item[] = [];
  private block = 0;
  private paragraph = 0;
  private nested = 0;
  /** The name that a log tool's objects give their lines. */
  private key: string | null = null;

  private add(slice: Slice, opens: boolean | null, context: Context, known: Item['known'] = null): void {
    const { time, stream } = context;
    const { block, paragraph } = this;
    this.items.push({ slice, opens, time, stream, known, block, paragraph, isCopy: false });
  }

  /** The records of a table with commas. */
  readTable({ names, records, time, message, stream }: Csv): void {
    for (const { cells, whole: row, isHead } of records) {
      const cell = cells[message];
      if (message < 0 && !isHead) {
        const known = rowToKnown(names.map((name, column) => [name, cells[column]?.text ?? ''] as const));
        const context = { time: pasteTime(cells[time]?.text ?? ''), stream: cells[stream]?.text ?? null };
        this.add(row, true, { ...context, isEvent: true }, known ?? QUERIED);
        continue;
      }
      if (isHead || cell === undefined) {
        if (row.text !== '') this.add(row, null, OUTSIDE, WRAPPER);
        continue;
      }
      this.readMessage({
        slice: cell,
        time: pasteTime(cells[time]?.text ?? ''),
        stream: cells[stream]?.text ?? null,
      });
    }
  }

  /** The parts of an answer or of a table: events, and what stands around them. */
  readPasteParts(parts: readonly YamlPart[]): void {
    for (const part of parts) {
      if ('message' in part) this.readMessage(part.message);
      else this.add(part.line, null, OUTSIDE, WRAPPER);
    }
  }

  /** The text of one event. */
  private readMessage({ slice, time, stream, known }: Message): void {
    if (known !== undefined) {
      this.add(slice, true, { time, stream, isEvent: true }, known);
      return;
    }
    const lines = splitLines(slice);
    if (lines.every(({ text }) => text.trim() === '')) return;
    this.nested += 1;
    if (this.nested > MOST_NESTED) this.add(slice, true, { time, stream, isEvent: true });
    else this.readLines(lines, { time, stream, isEvent: true });
    this.nested -= 1;
  }

  /** Lines as they stand in the paste, or in one event. */
  readLines(pasted: readonly Slice[], context: Context = OUTSIDE): void {
    const outer = context.isEvent ? null : takeAround(pasted);
    const heads = context.isEvent ? null : chatHeads(pasted);
    const details = context.isEvent ? null : detailLines(pasted);
    let columns: readonly string[] | null = null;
    const lines = outer === null ? pasted : outer.map(({ rest }) => rest);
    const prefixed = context.isEvent ? lines.map(plain) : acceptPrefixes(lines);
    const texts = prefixed.map(({ rest }) => rest.text);
    const hasEvents = prefixed.some(({ shape, time, stream }) => shape !== '' && (time ?? stream) !== null);
    let here = context;
    let isFirst = true;
    for (let index = 0; index < lines.length; index += 1) {
      const [line, found] = [lines[index], prefixed[index]];
      if (line === undefined || found === undefined) break;
      if (line.text.trim() === '') {
        this.paragraph += 1;
        continue;
      }
      if (heads?.has(index) === true) {
        this.add(trim(line), null, OUTSIDE, CHAT_HEAD);
        continue;
      }
      if (details?.has(index) === true) {
        this.add(trim(line), null, OUTSIDE, DETAIL);
        continue;
      }
      const { shape, time, stream } = found;
      const isOpening = context.isEvent ? isFirst : shape !== '' && (time ?? stream) !== null;
      const around = outer?.[index];
      if (!context.isEvent && (isOpening || around?.isTaken === true))
        here = {
          time: betterTime(time, around?.time),
          stream: stream ?? around?.stream ?? null,
          isEvent: false,
        };
      isFirst = false;
      const opens = around?.opens ?? (isOpening ? true : context.isEvent || hasEvents ? false : null);
      // Only what begins with a bar or a rule can be a table's.
      const isDrawn = !context.isEvent && /^\s*[|+:=-]/.test(line.text);
      const head = isDrawn ? columnsOf(line.text) : null;
      if (head !== null) {
        columns = head;
        this.add(trim(line), null, OUTSIDE, WRAPPER);
        continue;
      }
      if (isDrawn && (isTableFrame(line.text) || isTableRule(lines, index))) {
        this.add(trim(line), null, OUTSIDE, WRAPPER);
        continue;
      }
      const row = isDrawn ? readRow(line, columns) : null;
      if (row !== null) {
        this.readPlain(row.slice, true, { time: row.time, stream: row.stream, isEvent: true }, row.known);
        continue;
      }
      const rest = shape.includes('bar') ? withoutBar(found.rest) : found.rest;
      if (rest.text.trim() === '') {
        this.block += 1;
        this.paragraph = 0;
        this.add(trim(line), null, here, stream === null ? CONSOLE : WRAPPER);
        continue;
      }
      const stops = (at: number): boolean =>
        (prefixed[at]?.time ?? null) !== null && prefixed[at]?.shape !== '';
      const to = this.readBlock(prefixed, texts, index, opens, here, stops);
      if (to !== null) {
        index = to - 1;
        continue;
      }
      this.readPlain(rest, opens, here);
    }
  }

  /** An object that begins in a line; gives the line behind it, or null where none begins. */
  private readBlock(
    lines: readonly Prefixed[],
    texts: readonly string[],
    index: number,
    opens: boolean | null,
    context: Context,
    stops: (at: number) => boolean,
  ): number | null {
    const text = texts[index] ?? '';
    const bytes = bytesIn(lines[index]?.rest);
    if (bytes !== null) {
      this.readNode(bytes, readValue(bytes.text), opens, context);
      return index + 1;
    }
    const lead = blockStart(text);
    if (lead === null) return null;
    const { at, isInside } = lead;
    const block = findBlock((line) => {
      if (line === 0) return text.slice(at);
      return index + line >= lines.length || stops(index + line) ? undefined : texts[index + line];
    }, isInside);
    const to = index + block.to;
    const first = lines[index];
    if (first === undefined) return null;
    const rests = lines.slice(index, to).map(({ rest }, line) => (line === 0 ? cut(rest, at) : rest));
    const ending = rests.at(-1);
    if (ending === undefined) return null;
    const behind = block.isWhole ? trim(cut(ending, block.end)) : cut(ending, ending.text.length);
    if (block.isWhole) rests[rests.length - 1] = cut(ending, 0, block.end);
    const region = join(rests, '\n');
    const node = readValue(region.text, 0, isInside);
    if (at > 0) {
      // Words before an object: only what the table knows is taken apart from them.
      const known = readJson(toValue(node));
      if (known === null || !ANSWERS.has(known.kind)) return null;
      this.add(trim(cut(first.rest, 0, at)), null, context, TOOL);
    }
    this.readNode(region, node, opens, context);
    if (behind.text.length > 1 && !/^[\s,\]}"'`;)]+$/.test(behind.text))
      this.readPlain(behind, null, context);
    return to;
  }

  /** What an object holds: events, or it is one itself. */
  private readNode(region: Slice, node: Node, opens: boolean | null, context: Context): void {
    const start = this.items.length;
    const messages = messagesOf(region, node);
    if (messages !== null) {
      for (const message of messages) this.readMessage(message);
      this.wrap(region, start, context, WRAPPER);
      return;
    }
    const records = recordsOf(node);
    if (records !== null && this.nested < MOST_NESTED) {
      this.nested += 1;
      for (const record of records)
        this.readNode(cut(region, record.start, record.end), shift(record), true, context);
      this.nested -= 1;
      this.wrap(region, start, context, WRAPPER);
      return;
    }
    if (this.readCarried(region, node, context)) {
      this.wrap(region, start, context, WRAPPER);
      return;
    }
    const value = toValue(node);
    const form = readJson(value);
    if (!context.isEvent && (form === null || form.kind === 'your-json')) {
      this.key ??= messageKey(node);
      const carried = this.key === null ? [] : messagesUnder(region, node, this.key);
      if (carried.length > 0) {
        for (const message of carried) this.readMessage(message);
        this.wrap(region, start, context, WRAPPER);
        return;
      }
    }
    const isEmpty = node.members?.length === 0 || node.items?.length === 0;
    const known =
      form ?? (isEmpty && !context.isEvent ? WRAPPER : { kind: 'your-json' as const, fields: {} });
    const opened = opens ?? (/^[{[]/.test(region.text) ? true : null);
    const before = this.items.length;
    this.readInner(region, node, known.kind, context);
    const inner = this.items.splice(before);
    const covered = new Set(inner.flatMap(({ slice }) => spansOf(slice).map(({ line }) => line)));
    const lines = splitLines(region);
    const own = lines.filter((line) => !covered.has(spansOf(line)[0]?.line ?? 0));
    const main = own.length === 0 || lines.length === 1 ? region : join(own, '\n');
    this.add(main, opened, context, known);
    for (const item of inner) this.items.push(item);
    this.byLine(before);
  }

  /** Records of invocations in messages and events of other services; false where there are none. */
  private readCarried(region: Slice, node: Node, context: Context): boolean {
    if (this.nested >= MOST_NESTED || node.members === null) return false;
    this.nested += 1;
    let isAny = false;
    for (const one of carriersOf(node) ?? [node]) {
      const carried = carriedOf(one);
      const isText = carried?.members === null;
      const slice =
        carried === null
          ? null
          : isText
            ? stringSlice(region, carried)
            : cut(region, carried.start, carried.end);
      const inner =
        carried === null || slice === null ? null : isText ? readValue(slice.text) : shift(carried);
      const kind = inner === null ? undefined : readJson(toValue(inner))?.kind;
      if (slice !== null && inner !== null && kind !== undefined && ANSWERS.has(kind)) {
        isAny = true;
        this.readNode(slice, inner, true, context);
      } else if (one !== node && ANSWERS.has(readJson(toValue(one))?.kind ?? 'not-known')) {
        isAny = true;
        this.readNode(cut(region, one.start, one.end), shift(one), true, context);
      }
    }
    this.nested -= 1;
    return isAny;
  }

  /** Stack traces, logs and answers inside of an object. */
  private readInner(region: Slice, node: Node, kind: Kind, context: Context): void {
    for (const [key, value] of node.members ?? []) {
      if (kind === 'failed-state' && /(?:Failed|TimedOut)EventDetails$/.test(key) && value.members !== null) {
        this.readInner(region, value, kind, context);
      } else if (/^(?:stackTrace|stack_trace|exception|exc_info|traceback|stack)$/i.test(key)) {
        // Some loggers write a traceback twice: as text, and in parts.
        const isText = node.members?.some(([, other]) => other !== value && isTraceback(other)) === true;
        if (value.members === null || !isText) this.readStack(region, value, context);
      } else if (key === 'text' && kind === 'your-json' && isTraceback(value)) {
        const text = stringSlice(region, value);
        this.readStackText(cut(text, text.text.indexOf(TRACEBACK)), context);
      } else if (key === 'LogResult') this.readTail(region, value);
      else if (/^(?:Payload|cause|Cause|responsePayload|record|message)$/.test(key)) {
        if (value.members !== null && (ANSWERS.has(kind) || kind === 'failed-state')) {
          const known = readJson(toValue(value));
          if (known !== null && ANSWERS.has(known.kind))
            this.readNode(cut(region, value.start, value.end), shift(value), false, context);
        } else if (typeof value.value === 'string' && ANSWERS.has(kind) && /^\s*[{"]/.test(value.value)) {
          const slice = stringSlice(region, value);
          const inner = readValue(slice.text);
          if (readJson(toValue(inner)) !== null) this.readNode(slice, inner, false, context);
        }
      }
    }
  }

  /** The frames of an answer or of a line in JSON: strings, or lists of file, line, function and source. */
  private readStack(region: Slice, node: Node, context: Context): void {
    for (const item of node.items ?? [node]) {
      if (item.items !== null) {
        const [file, line, name, source] = item.items.map(({ value }) => value);
        if (typeof file !== 'string' || typeof line !== 'number') continue;
        const fields: Record<string, string | number> = { file, line, function: String(name) };
        if (typeof source === 'string') fields.source = source;
        this.add(cut(region, item.start, item.end), false, context, { kind: 'frame', fields });
      } else if (item.members !== null) this.readParts(region, item, context);
      else if (typeof item.value === 'string') this.readStackText(stringSlice(region, item), context);
    }
  }

  private readStackText(text: Slice, context: Context): void {
    for (const line of splitLines(text))
      for (const piece of splitGlued(line)) if (piece.text.trim() !== '') this.add(piece, false, context);
  }

  /** An exception in parts: its frames as objects, its class and its text. */
  private readParts(region: Slice, node: Node, context: Context): void {
    const valueIn = (of: Node, ...names: readonly string[]): Node | undefined =>
      of.members?.find(([name]) => names.includes(name))?.[1];
    for (const frame of valueIn(node, 'frames')?.items ?? []) {
      const file = valueIn(frame, 'file', 'filename')?.value;
      const line = valueIn(frame, 'line', 'lineno')?.value;
      const name = valueIn(frame, 'function', 'name')?.value;
      if (typeof file !== 'string' || typeof line !== 'number' || typeof name !== 'string') continue;
      const fields = { file, line, function: name };
      this.add(cut(region, frame.start, frame.end), false, context, { kind: 'frame', fields });
    }
    const type = valueIn(node, 'type', 'exc_type');
    const text = valueIn(node, 'value', 'exc_value');
    if (typeof type?.value !== 'string' || typeof text?.value !== 'string' || text.start < type.end) return;
    const fields = { errorType: type.value, errorMessage: text.value, owner: 'yours' };
    this.add(cut(region, type.start, text.end), false, context, { kind: 'exception', fields });
  }

  /** The log's tail that an answer holds, as base64. */
  private readTail(region: Slice, node: Node): void {
    if (typeof node.value !== 'string') return;
    const literal = stringSlice(region, node);
    const bytes = base64(node.value);
    if (bytes === null) return;
    // A line of the tail has no place of its own: all of it stands for each.
    const text = new TextDecoder().decode(bytes);
    const indices = new Int32Array(text.length);
    const parts = text.split('\n').map((line) => {
      const places = indices
        .subarray(0, line.length)
        .slice()
        .fill(Math.max(0, literal.text.length - 1));
      places[0] = 0;
      return line === '' ? cut(literal, 0, 0) : pick(literal, line, places);
    });
    this.readLines(parts, { time: null, stream: null, isEvent: false });
  }

  /** The lines of a tool's object that hold no event. */
  private wrap(region: Slice, start: number, context: Context, known: Item['known']): void {
    const covered = new Set<number>();
    for (const { slice } of this.items.slice(start)) for (const { line } of spansOf(slice)) covered.add(line);
    for (const line of splitLines(region)) {
      const own = spansOf(line)[0]?.line ?? 0;
      if (line.text.trim() !== '' && !covered.has(own)) this.add(trim(line), null, context, known);
    }
    this.byLine(start);
  }

  /** Puts what was found last into the order of the paste. */
  private byLine(start: number): void {
    const found = this.items.splice(start);
    const lineOf = ({ slice }: Item): number => slice.parts[0]?.line ?? 0;
    found.sort((a, b) => lineOf(a) - lineOf(b));
    for (const item of found) this.items.push(item);
  }

  /** A line that is no object. */
  private readPlain(line: Slice, opens: boolean | null, context: Context, known: Item['known'] = null): void {
    if (known !== null) {
      this.add(line, opens, context, known);
      return;
    }
    const twice = context.isEvent ? null : halves(line);
    if (twice !== null) {
      this.add(twice[0], opens, context);
      this.add(twice[1], opens, context);
      const copy = this.items.at(-1);
      if (copy !== undefined) copy.isCopy = true;
      return;
    }
    const body = line.text.includes('Endpoint response')
      ? (GATEWAY_BODY.exec(line.text)?.[0].length ?? 0)
      : 0;
    if (body > 0) {
      const node = readValue(line.text, body);
      if (readJson(toValue(node))?.kind === 'payload-error') {
        this.add(cut(line, 0, body), opens, context);
        this.readNode(cut(line, body), readValue(line.text.slice(body)), false, context);
        return;
      }
    }
    const escaped = this.nested < MOST_NESTED ? unescape(line) : null;
    if (escaped !== null) {
      this.nested += 1;
      let isFirst = true;
      for (const part of escaped) {
        for (const piece of splitGlued(part)) {
          if (piece.text.trim() === '') continue;
          this.add(piece, isFirst ? opens : false, context);
          isFirst = false;
        }
      }
      this.nested -= 1;
      return;
    }
    const local = LOCALSTACK.exec(line.text)?.[0] ?? '';
    if (local !== '' && local.length < line.text.trimEnd().length) {
      const head = cut(line, 0, local.length);
      this.add(trim(head), opens, context, readText(head.text.trim()));
      this.readPlain(cut(line, local.length), null, context);
      return;
    }
    splitGlued(line).forEach((piece, index) => {
      if (/^\s*\{"(?:time|timestamp)"/.test(piece.text)) {
        this.readNode(trim(piece), readValue(trim(piece).text), index === 0 ? opens : null, context);
        return;
      }
      this.add(piece, index === 0 ? opens : null, context);
    });
  }
}

const OUTSIDE: Context = { time: null, stream: null, isEvent: false };
const WRAPPER = { kind: 'wrapper', fields: {} } as const;
const CONSOLE = { kind: 'console', fields: {} } as const;
const TOOL = { kind: 'tool', fields: {} } as const;
const DETAIL = { kind: 'tool', fields: { head: 'fields' } } as const;
const CHAT_HEAD = { kind: 'tool', fields: { head: 'chat' } } as const;
/** LocalStack's own log, before a line of a function. */
const LOCALSTACK =
  /^\s*(?:\d{4}-\d\d-\d\dT[\d:.]{8,15}\s+)?[A-Z]{4,8} --- \[[^\]]{0,80}\] l[\w.]{1,80}\s*:\s\[[\w.-]{1,200}\](?:\s|$)/;
/** Before a function's answer, in API Gateway's log. */
const GATEWAY_BODY = /^.{0,80}Endpoint response body before transformations: (?=\{)/;
const TRACEBACK = 'Traceback (most recent call last):';

function isTraceback({ value }: Node): boolean {
  return typeof value === 'string' && value.includes(TRACEBACK);
}

const ANSWERS: ReadonlySet<Kind> = new Set(['payload-error', 'invoke-answer', 'failed-state']);

/** The lines without what a collector wrote around each: pairs, or what stands before all of them. Null where nothing does. */
function takeAround(pasted: readonly Slice[]): readonly Outer[] | null {
  const carried = takePairs(pasted);
  if (carried === null || carried.every((one) => one === null)) return takeOuter(pasted);
  const rest = pasted.filter((_, index) => carried[index] === null);
  const others = takeOuter(rest) ?? rest.map(withNothing);
  let next = 0;
  return carried.flatMap((one): readonly Outer[] => {
    if (one === null) {
      const other = others[next];
      next += 1;
      return other === undefined ? [] : [other];
    }
    const { slice, time, stream } = one;
    return splitLines(slice).map((rest, line) => ({
      rest,
      isTaken: line === 0,
      time,
      stream,
      opens: line === 0,
    }));
  });
}

function plain(rest: Slice): Prefixed {
  return { rest, shape: '', time: null, stream: null };
}

/** A rule that closes a table of bars. */
function isTableRule(lines: readonly Slice[], index: number): boolean {
  if (!/^\s*-{20,}\s*$/.test(lines[index]?.text ?? '')) return false;
  return [lines[index - 1], lines[index + 1]].some((line) => /^\s*[|+]/.test(line?.text ?? ''));
}

/** Of two clocks before one line the inner one is the log's, unless the outer one alone has a date. */
function betterTime(inner: PasteTime | null, outer: PasteTime | null | undefined): PasteTime | null {
  return inner === null || (inner.epoch === null && (outer?.epoch ?? null) !== null)
    ? (outer ?? inner)
    : inner;
}

/** The lines with what stands before them taken off, where it is a tool's: known lines stand behind it somewhere in the paste. */
function acceptPrefixes(lines: readonly Slice[]): Prefixed[] {
  let isGroup = false;
  const found = lines.map((line) => {
    if (line.text.trim() === '') return plain(line);
    // Bars draw a group of exceptions, too.
    const own = isGroup || line.text.includes('Exception Group Traceback') ? takePrefix(line, true) : null;
    isGroup = own !== null && (isGroup ? /^\s*[|+]/ : /^\s*\+ Exception Group Traceback/).test(own.rest.text);
    return own !== null && isGroup ? own : takePrefix(line);
  });
  const counts = new Map<string, number>();
  const proven = new Set<string>();
  let filled = 0;
  found.forEach(({ shape, rest }, index) => {
    if (lines[index]?.text.trim() === '') return;
    filled += 1;
    if (shape === '') return;
    counts.set(shape, (counts.get(shape) ?? 0) + 1);
    if (proven.has(shape)) return;
    const text = withoutBar(rest).text.trim();
    const known = readText(text);
    // A time may be the logger's own.
    if (known?.kind === 'your-log' && readText(lines[index]?.text.trim() ?? '') !== null) return;
    const isLog = known !== null && (kindOwner(known.kind) !== 'tool' || known.kind === 'emulator');
    const isKnown = isLog && known.kind !== 'left-out';
    if (isKnown || /^\{"time":\s?"[^"]{1,40}",\s?"type":\s?"platform\./.test(text)) proven.add(shape);
  });
  return found.map((prefixed, index) => {
    const line = lines[index];
    const { shape, rest } = prefixed;
    if (line === undefined || shape === '') return prefixed;
    const isSure = /stream|\blabel\b|^bar (?:iso|epoch|clock)|copy/.test(shape) || proven.has(shape);
    const isAlone = rest.text.trim() === '' && /^(?:iso|clock|epoch)$/.test(shape);
    const isUsual = filled >= 3 && (counts.get(shape) ?? 0) / filled >= 0.8 && shape !== 'bar';
    if (!isSure && !isAlone && !isUsual) return plain(line);
    // Some lines begin with a time of their own.
    return shape === 'iso' && readText(line.text.trim()) !== null ? plain(line) : prefixed;
  });
}

/** Without the bar that closes a row. */
function withoutBar(slice: Slice): Slice {
  const text = slice.text.trimEnd();
  return text.endsWith('|') && !text.endsWith('\\|') ? cut(slice, 0, text.length - 1) : slice;
}

/** Two cells with the same text: a console's row, copied with its preview. */
function halves(line: Slice): [Slice, Slice] | null {
  const { text } = line;
  if (text.length > 4000) return null;
  const middle = text.indexOf(' | ', Math.max(0, Math.floor(text.length / 2) - 4));
  if (middle < 0 || middle > text.length / 2 + 4) return null;
  const [first, second] = [trim(cut(line, 0, middle)), trim(cut(line, middle + 3))];
  return first.text === second.text && first.text.length > 10 ? [first, second] : null;
}

/** A line whose line ends and quotes are escapes: as a string of JSON, or without its quotes. Null where it has none. */
function unescape(line: Slice): Slice[] | null {
  if (!line.text.includes('\\')) return null;
  const text = line.text.trim();
  const isString = /^"(?:[^"\\]|\\.){0,200}\\[nt"]/.test(text) && !/^"[^"]{1,80}"\s*:/.test(text);
  const isBare = !isString && /\\[nr]\s*(?:File \\?"|Traceback)|\\t(?:Billed )?Duration: /.test(text);
  if (!isString && !isBare) return null;
  const from = line.text.indexOf(text) + (isString ? 1 : 0);
  const end =
    isString && text.endsWith('"') && !text.endsWith('\\"')
      ? from + text.length - 2
      : line.text.trimEnd().length;
  const decoded = decode(line.text, from, end);
  const known =
    /(?:^|\n);?\s*(?:File "|Traceback|\[[A-Z]{4,8}\]|START|END|REPORT)/.test(decoded.text) || isBare;
  return known ? splitLines(pick(line, decoded.text, decoded.indices)).map(withoutSemicolon) : null;
}

function withoutSemicolon(line: Slice): Slice {
  return line.text.startsWith(';') ? cut(line, 1) : line;
}

function splitLines(slice: Slice): Slice[] {
  if (!slice.text.includes('\n')) return [slice];
  const lines: Slice[] = [];
  let at = 0;
  for (let end = slice.text.indexOf('\n'); end >= 0; end = slice.text.indexOf('\n', at)) {
    lines.push(cut(slice, at, end));
    at = end + 1;
  }
  lines.push(cut(slice, at));
  return lines;
}

/** An object as Python shows bytes or text: the line between its quotes, decoded once; null where it is none. */
function bytesIn(line: Slice | undefined): Slice | null {
  const text = line?.text ?? '';
  if (line === undefined || !(text.includes("'{") || text.includes('b"{'))) return null;
  const head = /^\s*(?:[\w\s]{1,40}[:=]\s*)?(?:b(['"])|('))(?=\{)/.exec(text);
  const quote = head?.[1] ?? head?.[2];
  if (head === null || quote === undefined) return null;
  const end = text.trimEnd().replace(/[,)]+$/, '').length - 1;
  if (text[end] !== quote || end < head[0].length) return null;
  const { text: value, indices } = decode(text, head[0].length, end);
  const slice = pick(line, value, indices);
  return ANSWERS.has(readJson(toValue(readValue(value)))?.kind ?? 'not-known') ? slice : null;
}

/** Where in a line an object may begin; null where none does. */
function blockStart(text: string): { at: number; isInside: boolean } | null {
  const at = text.length - text.trimStart().length;
  const head = text.slice(at, at + 120);
  switch (head.charAt(0)) {
    case '{':
      if (/^\{\s*(?:$|["'“}])/.test(head)) return { at: 0, isInside: false };
      break;
    case '[':
      if (/^\[\s*(?:$|["'“{[\]])/.test(head)) return { at: 0, isInside: false };
      break;
    case '"':
    case '“':
      if (/^["“][^"”]{1,80}["”]\s*:(?:\s|$)/.test(head)) return { at: 0, isInside: true };
  }
  const beginning = text.slice(0, 400);
  if (!beginning.includes('{') && !head.includes('{')) return null;
  // Somebody's words around an answer: Terraform, a caller's log.
  const answer = /\{\s*["“]error(?:Message|Type)["”]\s*:/.exec(beginning);
  if (answer !== null && answer.index > at && readText(text.trim()) === null)
    return { at: answer.index, isInside: false };
  if (!head.includes('{')) return null;
  const label =
    /^(?:Std(?:out|err)|Outfile|Output|Payload|Response|Result|Body|Answer|b)\s*[:=]?\s*["'`]?(?=\{\s*(?:$|["']))/i.exec(
      head,
    );
  return label === null ? null : { at: at + label[0].length, isInside: false };
}

/** A node by places of its own text alone. */
function shift(node: Node, by = node.start): Node {
  return {
    ...node,
    start: node.start - by,
    end: node.end - by,
    textEnd: node.textEnd === null ? null : node.textEnd - by,
    items: node.items?.map((item) => shift(item, by)) ?? null,
    members: node.members?.map(([key, value]) => [key, shift(value, by)] as const) ?? null,
  };
}

function base64(text: string): Uint8Array | null {
  const clean = text.replaceAll(/\s/g, '');
  if (clean.length < 8 || !/^[A-Za-z0-9+/]+={0,2}$/.test(clean)) return null;
  // A tail that was cut off still has whole groups of four.
  const whole = clean.replace(/=+$/, '');
  const groups = whole.slice(0, whole.length % 4 === 1 ? -1 : undefined);
  const characters = atob(groups.padEnd(Math.ceil(groups.length / 4) * 4, '='));
  return Uint8Array.from(characters, (character) => character.charCodeAt(0));
}
