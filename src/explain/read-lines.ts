/** What is every line of a paste? Reads the intake's lines by the grammar, and by the lines around them what no row can tell. */
import type { ReadLine } from './explanation.ts';
import { frameOwner, pathPython } from './frame-owner.ts';
import { kindOwner, readCut, readText, type Fields, type Kind } from './grammar.ts';
import type { Owner } from './owner.ts';
import { endBegun, isEndsRest, readEnd } from './intake/ends.ts';
import type { Item } from './intake/item.ts';
import { textToItems } from './intake/items.ts';
import { spansOf, trim } from './intake/slice.ts';

interface Known {
  readonly kind: Kind;
  readonly fields: Fields;
}

/** The lines of a paste, each with its kind and fields. Blank lines have none. */
export function readLines(text: string): ReadLine[] {
  const items = textToItems(text);
  const known = items.map(({ slice, known: form }) => form ?? readText(slice.text.trim()));
  const reader = new Reader(items, known);
  let event = -1;
  return items.map((item, index): ReadLine => {
    const { kind, fields } = reader.read(index);
    if (event < 0 || reader.opensEvent(index, kind)) event += 1;
    const slice = trim(item.slice);
    const { time, stream, isCopy } = item;
    return {
      text: item.slice.text.trimEnd(),
      spans: spansOf(slice),
      event,
      time,
      stream,
      isCopy,
      kind,
      fields,
    };
  });
}

/** Whose a line or a frame is: a frame and its source have owners of their own. */
export function lineOwner({ kind, fields }: Pick<ReadLine, 'kind' | 'fields'>): Owner {
  const own = fields.owner;
  return typeof own === 'string' ? (own as Owner) : kindOwner(kind);
}

/** A traceback that is being read. */
interface Traceback {
  readonly isRuntime: boolean;
  /** The block of an uncaught error: one event, which no line with the class ends. */
  readonly isBlock: boolean;
  readonly indent: number;
  stage: 'head' | 'frame' | 'source';
  owner: Owner;
  file: string;
  /** It's drawn in a box. */
  isBox: boolean;
}

const CARETS = /^[~^\s]+$/;
/** Between the exceptions of a group. */
const GROUP_RULE = /^[|\s]*\+[-+]+(?:\s(?:\d{1,4}|\.{3})\s-+)?$/;
const GROUP_HEAD = '+ Exception Group Traceback';
/** The values of a frame's names, as loguru draws them below its source. */
const VALUES = /^[│|\s]*[└├]\s/u;
/** rich draws a frame's source in a box: behind bars, with the lines' numbers. */
const BOXED = /^(?:│.*|(?:❱\s)?\s*\d{1,7}\s+[│|].*)$/u;
const BOX_FRAME = /^(?:│\s*)?(\/[^\s:]{1,300}\.py):(\d{1,7}) in ([\w<>.]{1,200})(?:\s*│)?$/u;
const BOX_END = /^[╰└+][─━-]{8,}[╯┘+]$/u;
const ELIDED = /^(?:\.\.\.<\d{1,6} lines>\.\.\.|\[Previous line repeated \d{1,7} more times?\])$/;
const EXCEPTION =
  /^(?:[A-Za-z_]\w{0,80}\.){0,10}(?:[A-Z]\w{0,80}|\w{0,60}(?:error|exception|timeout|exit))(?::(?:\s|$)|$)/;
const NAMED_ERROR =
  /(?:Error|Exception|Warning|Exit|Interrupt|NotFound|Conflict|Timeout|Timedout|Failure|Fault|Denied|Refused|Expired|Rejected|Exceeded|Invalid|Missing|Group)$/;
/** Written like the platform's lines, but no row knows it. */
const LIKE_THE_PLATFORM =
  /^[A-Z][A-Z_]{2,30}\s+(?:RequestId|Runtime Version|Init Duration|Restore Duration|Duration|TraceId|Name|State):\s/;
/** How a job of GitHub Actions shows its step, and Grafana its query: in a run a program's words. */
const OF_A_JOB = /^(?:env:|(?:AWS|SAM|GITHUB)_[A-Z_]+: |Run |Common labels: |Line limit: |Total bytes )/;
const QUERY_HEAD = /^\*{0,2}CloudWatch Logs Insights\*{0,2}$/;
/** In a traceback these end nothing: rows that a line of source could fit by chance. */
const CHANCE: ReadonlySet<Kind> = new Set([
  'console',
  'tool',
  'left-out',
  'http-head',
  'command',
  'import-error',
  'error-type',
]);
const FAMILY: ReadonlySet<Kind> = new Set([
  'traceback',
  'group-rule',
  'your-traceback',
  'frame',
  'source',
  'carets',
  'left-out-lines',
  'exception',
  'chain',
  'xray',
  'error-text',
]);
/** What an attempt's lines don't go beyond. */
const BOUNDS: ReadonlySet<Kind> = new Set(['start', 'end', 'report', 'console']);
/** What a caller is answered, as an object. */
const ANSWERED: ReadonlySet<Kind> = new Set(['payload-error', 'invoke-answer', 'failed-state']);
/** Lines of an error's text that a look ahead passes. */
const LONGEST_TEXT = 100;
/** Lines that an exception's text and its notes may have. */
const LONGEST_NOTE = 20;
/** What lines of an error's text may look like. */
const TEXT: ReadonlySet<Kind> = new Set(['your-output', 'your-json', 'payload', 'wrapper', ...CHANCE]);
/** Up to Python 3.6 the runtime's head of an uncaught error: its text first, then its class. */
const OLD_HEAD = /^(.{0,4000}): ([A-Za-z_]\w{0,80})$/;

class Reader {
  private readonly items: readonly Item[];
  private readonly known: readonly (Known | null)[];
  private readonly hasLog: boolean;
  private readonly hasRun: boolean;
  private traceback: Traceback | null = null;
  private before: Kind | null = null;
  private isChained = false;
  private wasRuntime = false;
  /** Inside of a group of exceptions. */
  private isGroup = false;
  /** Inside of an exception's text: lines of its event that follow it are its notes. */
  private isNote = false;
  private isRunning = false;
  private isFenced = false;
  /** Up to this line an error's text goes on. */
  private textTo = 0;
  /** The head of an old runtime's error. */
  private oldHead = -1;
  private lastError = -2;
  /** Where the attempt that is being read ends, or another thing begins. */
  private nextBound = { at: 0, isEnd: false };
  private readonly hasFences: boolean;
  private readonly hasShortEnd: boolean;
  private section: 'none' | 'name' | 'id' | 'response' | 'query' | 'chat' = 'none';

  constructor(items: readonly Item[], known: readonly (Known | null)[]) {
    this.items = items;
    this.known = known;
    this.hasFences =
      known.filter((line, index) => line?.kind === 'wrapper' && isFence(items[index])).length >= 2;
    this.hasShortEnd = known.some(
      (line) =>
        line?.kind === 'report' && line.fields.requestId === undefined && line.fields.billedMs === undefined,
    );
    this.hasRun = known.some((line) => line?.kind === 'start' || line?.kind === 'report');
    const hasError = known.some((line) => line?.kind === 'error');
    this.hasLog = known.some((line, index) => {
      const item = items[index];
      if (item?.known === null && (item.stream ?? item.time) !== null) return true;
      return line !== null && !OUTSIDE_LOGS.has(line.kind) && !(hasError && OF_AN_ERROR.has(line.kind));
    });
  }

  /** Whether a line begins an event of its own. */
  opensEvent(index: number, kind: Kind): boolean {
    const item = this.items[index];
    if (item?.opens === true) return true;
    if (STARTERS.has(kind)) return true;
    return item?.opens !== false && !FAMILY.has(kind) && kind !== 'wrapper' && kind !== 'left-out';
  }

  read(index: number): Known {
    const item = this.items[index];
    const text = item?.slice.text ?? '';
    const head = item?.known?.fields.head;
    // Between the lines of a log, and none of them.
    if (head !== undefined) {
      if (head === 'chat' && !this.isRunning && this.traceback === null) this.section = 'chat';
      return { kind: 'tool', fields: {} };
    }
    const line =
      index < this.textTo
        ? { kind: 'error-text' as const, fields: {} }
        : (this.readTraceback(index, text) ?? this.readOther(index, text));
    this.isNote = line.kind === 'exception' || (this.isNote && line.kind === 'error-text');
    if (line.kind === 'error') return this.readError(index, line);
    if (line.kind === 'start') this.isRunning = true;
    else if (line.kind === 'end' || line.kind === 'report') this.isRunning = false;
    else if (line.kind === 'wrapper' && isFence(item)) this.isFenced = !this.isFenced;
    if (line.kind !== 'wrapper' && line.kind !== 'left-out' && line.kind !== 'emulator')
      this.before = line.kind;
    return line;
  }

  /** An uncaught error with the lines that its text has, up to its traceback. */
  private readError(index: number, line: Known): Known {
    this.before = 'error';
    this.lastError = index;
    const to = this.textEnd(index);
    if (to === index + 1) return line;
    this.textTo = to;
    const first = String(line.fields.errorMessage ?? '').trim();
    // What stands behind a whole sentence may be a stranger's.
    if (!/(?:^|[:;,(])$/.test(first)) return line;
    const more = this.items.slice(index + 1, to).map(({ slice }) => slice.text.trim());
    const errorMessage = [first, ...more].filter((text) => text !== '').join(' ');
    return { kind: 'error', fields: { ...line.fields, errorMessage } };
  }

  /** The line behind an error's text: its traceback, or the end of its event. */
  private textEnd(index: number): number {
    const isOfEvent = this.items[index + 1]?.opens === false;
    let at = index + 1;
    for (; at < Math.min(this.items.length, index + LONGEST_TEXT); at += 1) {
      const kind = this.known[at]?.kind;
      if (kind === 'traceback') return at;
      const isText = kind === undefined || TEXT.has(kind);
      if (!isText || this.items[at]?.opens === true || this.items[at]?.isCopy === true) break;
    }
    return isOfEvent && this.items[index]?.opens === true ? at : index + 1;
  }

  /** Whether a line is the head of an old runtime's error: its traceback ends in the same class and text. */
  private readOldHead(index: number, text: string): Known | null {
    if (this.known[index + 1]?.kind !== 'traceback') return null;
    const [, errorMessage = '', errorType = ''] = OLD_HEAD.exec(text) ?? [];
    if (errorType === '') return null;
    for (let at = index + 2; at < Math.min(this.items.length, index + 300); at += 1) {
      const kind = this.known[at]?.kind;
      if (kind !== undefined && STARTERS.has(kind)) return null;
      const end = this.items[at]?.slice.text.trim() ?? '';
      const name = end.split(':', 1)[0] ?? '';
      if (name !== errorType && !name.endsWith(`.${errorType}`)) continue;
      if (end.slice(name.length + 1).trim() !== errorMessage.trim()) continue;
      this.oldHead = index;
      return { kind: 'error', fields: { errorType, errorMessage } };
    }
    return null;
  }

  /** A line of a traceback, by the lines before it; null where it is none. */
  private readTraceback(index: number, text: string): Known | null {
    const bare = text.trim();
    this.isGroup = this.isGroup ? /^\s*[|+]/.test(text) : bare.startsWith(GROUP_HEAD);
    const trimmed = this.isGroup
      ? ungroup(text)
      : bare.startsWith('> ')
        ? bare.replace(/^> (?=File ["“])/, '')
        : bare;
    const known = this.known[index] ?? (trimmed === bare ? null : readText(trimmed));
    const indent = text.trimEnd().length - trimmed.length;
    if (known?.kind === 'traceback') return this.readHead(index, indent);
    if (known?.kind === 'chain') {
      this.traceback = null;
      this.isChained = true;
      return known;
    }
    if (known?.kind === 'frame') return this.readFrame(known, indent);
    const { traceback } = this;
    const isNear = traceback !== null || this.isNote || this.before === 'group-rule';
    if ((isNear || this.isGroup) && GROUP_RULE.test(bare)) {
      this.traceback = null;
      this.isGroup = true;
      return { kind: 'group-rule', fields: {} };
    }
    if (traceback === null && this.isGroup) return readGrouped(trimmed, this.before === 'group-rule');
    // What an emulator writes before every line ends nothing.
    if (traceback === null || known?.kind === 'emulator') return null;
    const owned = { owner: traceback.owner };
    if (CARETS.test(trimmed) && /\^|~~/.test(trimmed)) return { kind: 'carets', fields: owned };
    if (VALUES.test(trimmed) && traceback.stage === 'source') return { kind: 'carets', fields: owned };
    if (traceback.isBox) {
      if (BOX_END.test(trimmed)) {
        traceback.isBox = false;
        return { kind: 'carets', fields: owned };
      }
      const [, file, line, name] = BOX_FRAME.exec(trimmed) ?? [];
      if (file !== undefined && name !== undefined)
        return this.readFrame(
          { kind: 'frame', fields: { file, line: Number(line), function: name } },
          indent,
        );
      if (BOXED.test(trimmed)) return { kind: 'source', fields: owned };
      traceback.isBox = false;
    }
    if (ELIDED.test(trimmed)) return { kind: 'left-out-lines', fields: owned };
    // Of a call over several lines.
    const isClosing = known?.kind === 'wrapper' && indent >= traceback.indent + 4 && /^[)\]}]/.test(trimmed);
    if (isClosing && traceback.stage === 'source') return { kind: 'source', fields: owned };
    const isOther = known !== null && !CHANCE.has(known.kind);
    // Where a tool writes its time before every line, a frame's source is known by its indent.
    const isBelow = traceback.stage === 'frame' && indent > traceback.indent;
    const isNew = traceback.isBlock && this.items[index]?.opens === true && !isBelow;
    if (isOther || isNew || (known !== null && traceback.stage !== 'frame')) {
      this.traceback = null;
      return null;
    }
    // A block ends without its class, but for an exception that another one came from.
    const isCause = this.known[index + 1]?.kind === 'chain';
    const isException = EXCEPTION.test(trimmed) && (!traceback.isBlock || isCause);
    const name = trimmed.split(':', 1)[0] ?? '';
    const isSure =
      isException &&
      (NAMED_ERROR.test(name) ||
        (trimmed.includes(': ') && /^\w+(?:\.\w+)+$|^[A-Z]\w*[a-z][A-Z]/.test(name)));
    if (traceback.stage === 'frame' && !(isSure && indent <= traceback.indent)) {
      traceback.stage = 'source';
      return { kind: 'source', fields: owned };
    }
    if (traceback.stage === 'source' && indent > traceback.indent + 2 && indent >= 4)
      return { kind: 'source', fields: owned };
    this.traceback = null;
    if (!isException || !(isSure || trimmed.includes(': '))) return null;
    const message = trimmed.slice(name.length + 1).trim();
    return {
      kind: 'exception',
      fields: {
        errorType: name,
        ...(message === '' ? {} : { errorMessage: message }),
        owner: traceback.isRuntime ? 'runtime' : 'yours',
      },
    };
  }

  private readHead(index: number, indent: number): Known {
    const isAfterError =
      this.before === 'error' ||
      this.before === 'error-text' ||
      this.before === 'runtime-trouble' ||
      this.before === 'warning';
    const isRuntime = this.isChained ? this.wasRuntime : isAfterError || this.isRuntimeOnly(index);
    this.isChained = false;
    this.wasRuntime = isRuntime;
    this.traceback = {
      isRuntime,
      isBlock:
        isRuntime &&
        (this.before === 'error' || this.before === 'error-text') &&
        this.lastError !== this.oldHead,
      indent,
      stage: 'head',
      owner: isRuntime ? 'runtime' : 'yours',
      file: '',
      isBox: /^[╭┌+]/u.test(this.items[index]?.slice.text.trim() ?? '') && !this.isGroup,
    };
    return { kind: isRuntime ? 'traceback' : 'your-traceback', fields: {} };
  }

  /** A client that was started by hand writes its own traceback: frames of the runtime, and none of the reader's. */
  private isRuntimeOnly(index: number): boolean {
    let isRuntime = false;
    for (let at = index + 1; at < Math.min(this.items.length, index + 200); at += 1) {
      const line = this.known[at];
      const kind = line?.kind;
      if (kind === 'traceback' || (kind !== undefined && STARTERS.has(kind))) break;
      if (kind !== 'frame') continue;
      const owner = frameOwner(String(line?.fields.file));
      if (owner === 'runtime') isRuntime = true;
      else if (owner !== 'stdlib') return false;
    }
    return isRuntime;
  }

  private readFrame(known: Known, indent: number): Known {
    const file = String(known.fields.file);
    const owner = frameOwner(file);
    const python = pathPython(file);
    const before = this.traceback;
    this.traceback = {
      isRuntime: before?.isRuntime ?? this.before === 'error',
      isBlock: before?.isBlock ?? this.before === 'error',
      indent: before?.indent ?? Math.max(0, indent - 2),
      stage: 'frame',
      owner,
      file,
      isBox: before?.isBox ?? false,
    };
    // A list of an old runtime's answer holds its source itself.
    if (known.fields.source !== undefined) this.traceback = null;
    return { kind: 'frame', fields: { ...known.fields, owner, ...(python === null ? {} : { python }) } };
  }

  /** A line that stands in no traceback. */
  private readOther(index: number, text: string): Known {
    const known = this.known[index] ?? null;
    const trimmed = text.trim();
    // A program may print any of the console's words.
    const isForm = this.items[index]?.known !== null && this.items[index]?.known !== undefined;
    if (known?.kind === 'console' && this.isRunning && !isForm) return { kind: 'your-output', fields: {} };
    if (known?.kind === 'console') {
      this.enterSection(trimmed);
      return known;
    }
    if ((known?.fields.sender ?? known?.fields.speaker) !== undefined) {
      if (this.isRunning) return { kind: 'your-output', fields: {} };
      this.section = 'chat';
      return { kind: 'tool', fields: {} };
    }
    // What somebody says in a chat is no program's.
    if (this.section === 'chat' && known === null) return { kind: 'not-known', fields: {} };
    if (this.section === 'chat' && known?.kind !== 'wrapper') this.section = 'none';
    if (QUERY_HEAD.test(trimmed)) this.section = 'query';
    const isQuery = this.section === 'query' && this.items[index]?.time === null;
    if (isQuery) {
      if (known?.kind === 'wrapper') return known;
      if (known === null || known.kind === 'your-output') return { kind: 'console', fields: {} };
    }
    if (this.section === 'name' || this.section === 'id') {
      this.section = 'none';
      if (known === null || known.kind === 'error-type') return { kind: 'console', fields: {} };
    }
    if (
      this.section === 'response' &&
      (known === null || known.kind === 'your-json' || known.kind === 'payload')
    )
      return { kind: 'payload', fields: known?.fields ?? {} };
    if (index === 0 && known !== null && this.isCutBefore(known.kind))
      return { kind: 'cut-line', fields: known.fields };
    // The Serverless Framework 3 writes START alone, where its END has the numbers.
    if (trimmed === 'START' && this.hasShortEnd) return { kind: 'start', fields: {} };
    if (/^[-=*_]{3,}$/.test(trimmed) && !this.isRunning && AROUND.has(this.before ?? 'tool'))
      return { kind: 'wrapper', fields: {} };
    if (known?.kind === 'error' && !this.isUncaught(index, known.fields))
      return { kind: 'your-log', fields: { level: 'ERROR', message: trimmed.replace(/^\[ERROR\]\s*/, '') } };
    if (
      known?.kind === 'tool' &&
      this.isRunning &&
      (known.fields.errorType !== undefined || OF_A_JOB.test(trimmed))
    )
      return { kind: 'your-output', fields: {} };
    if (known !== null && ANSWERED.has(known.kind) && this.isRunning && this.endsLater(index))
      return { kind: 'your-json', fields: {} };
    if (known?.kind === 'payload' && this.isRunning) return { kind: 'your-json', fields: known.fields };
    const end = known === null || known.kind === 'your-log' ? readEndsPiece(trimmed) : null;
    if (end !== null) return end;
    if (!this.hasRun && /^(?:Error|Cause|エラー|原因)$/.test(trimmed)) return { kind: 'console', fields: {} };
    if (known?.kind === 'your-json' && !this.hasLog && known.fields.logger === undefined)
      return { kind: 'payload', fields: known.fields };
    if (known !== null && known.kind !== 'your-output') return known;
    const old = this.readOldHead(index, trimmed);
    if (old !== null) return old;
    // Known to be of the same event, or between two exceptions.
    if (this.isNote && (this.items[index]?.opens === false || this.leadsToChain(index)))
      return { kind: 'error-text', fields: { owner: 'yours' } };
    // Old runtimes repeat an error's words behind REPORT, each on a line.
    if (this.before === 'module-error' && this.hasRun && !this.isRunning)
      return { kind: 'error-text', fields: {} };
    if (this.before === 'python-warning') return { kind: 'source', fields: { owner: 'yours' } };
    if (this.before === 'extension-log' && /^(?:caused by:|goroutine )/.test(trimmed))
      return { kind: 'extension-log', fields: {} };
    const isFirst = index === 0;
    const isLast = index === this.items.length - 1;
    const cut = isFirst || isLast ? readCut(trimmed, isFirst) : null;
    if (cut !== null) return { kind: 'cut-line', fields: cut };
    if (/", line \d{1,7}, in [\w<>]{1,80}$/.test(trimmed))
      return { kind: isFirst ? 'cut-line' : 'torn-line', fields: {} };
    if (LIKE_THE_PLATFORM.test(trimmed)) return { kind: 'not-known', fields: {} };
    if (known !== null) return known;
    if (this.hasFences && !this.isFenced) return { kind: 'not-known', fields: {} };
    return { kind: this.hasLog ? 'your-output' : 'not-known', fields: {} };
  }

  /** Whether the lines from here on lead to the words between two exceptions. */
  private leadsToChain(index: number): boolean {
    for (let at = index; at < Math.min(this.known.length, index + LONGEST_NOTE); at += 1) {
      const kind = this.known[at]?.kind;
      if (kind === 'chain') return true;
      if ((kind !== undefined && !TEXT.has(kind)) || this.items[at]?.opens === true) return false;
    }
    return false;
  }

  /** Whether the attempt that a line stands in has its end behind it: then the program printed what looks like an answer. */
  private endsLater(index: number): boolean {
    if (index < this.nextBound.at) return this.nextBound.isEnd;
    let at = index + 1;
    while (at < this.known.length && !BOUNDS.has(this.known[at]?.kind ?? 'not-known')) at += 1;
    const kind = this.known[at]?.kind;
    this.nextBound = { at, isEnd: kind === 'end' || kind === 'report' };
    return this.nextBound.isEnd;
  }

  private enterSection(text: string): void {
    if (
      /^(?:Test Event Name|テストイベント名):?$|^(?:Code SHA-?256|Execution time|Resources configured|Max memory used|(?:Init |Billed )?[dD]uration)$/.test(
        text,
      )
    )
      this.section = 'name';
    else if (/^(?:Request ID|リクエスト ID):?$/.test(text)) this.section = 'id';
    else if (/^(?:Response|レスポンス):?$|result returned/.test(text)) this.section = 'response';
    else this.section = 'none';
  }

  /** Whether the paste's first line is the end of a longer one, which only looks like a whole one of its own. */
  private isCutBefore(kind: Kind): boolean {
    const next = this.known[1]?.kind;
    return (kind === 'error-type' && next !== undefined) || (kind === 'import-error' && next === 'traceback');
  }

  /** A program may begin a line with `[ERROR]` as the runtime does: the runtime's has a class's name and frames. */
  private isUncaught(index: number, fields: Fields): boolean {
    const type = fields.errorType === undefined ? 'Runtime.Unknown' : String(fields.errorType);
    if (/^Runtime\.|^Function\.|^Sandbox\.|^Extension\./.test(type) || NAMED_ERROR.test(type)) return true;
    const next = this.known[this.textEnd(index)]?.kind;
    return next === 'traceback' || next === 'frame';
  }
}

/** A piece of an attempt's last words, whose other piece is not beside it. */
function readEndsPiece(text: string): Known | null {
  const begun = endBegun(text);
  if (begun?.isSure === true) return { kind: 'cut-line', fields: { requestId: begun.id, of: 'end' } };
  return isEndsRest(text) || /^Runtime\.[A-Z]\w{2,60}: ./.test(text)
    ? { kind: 'cut-line', fields: { of: 'end' } }
    : readEnd(text);
}

/** What a rule may stand behind that is no program's. */
const AROUND: ReadonlySet<Kind> = new Set([
  'payload',
  'payload-error',
  'invoke-answer',
  'tool',
  'command',
  'your-json',
]);

function isFence(item: Item | undefined): boolean {
  return item !== undefined && /^\s*(?:`{3}|~{3})/.test(item.slice.text);
}

/** A line of a group that is of no traceback: an exception that was never raised, or a note. */
function readGrouped(trimmed: string, isFirst: boolean): Known {
  const name = trimmed.split(':', 1)[0] ?? '';
  if (!isFirst || !EXCEPTION.test(trimmed)) return { kind: 'error-text', fields: { owner: 'yours' } };
  const message = trimmed.slice(name.length + 1).trim();
  return {
    kind: 'exception',
    fields: { errorType: name, ...(message === '' ? {} : { errorMessage: message }), owner: 'yours' },
  };
}

/** A line of an exception group without its bars. */
function ungroup(text: string): string {
  return text
    .trim()
    .replace(/^(?:[|+]-?[-+]*\s*)+/, '')
    .replace(/^Exception Group Traceback/, 'Traceback');
}

/** Lines that say nothing about a log being there. */
const OUTSIDE_LOGS: ReadonlySet<Kind> = new Set([
  'tool',
  'command',
  'wrapper',
  'console',
  'left-out',
  'http-head',
  'payload',
  'payload-error',
  'your-json',
  'invoke-answer',
  'failed-state',
  'gateway',
  'gateway-error',
  'not-known',
]);

/** Lines of an error: alone they may stand in somebody's words. */
const OF_AN_ERROR: ReadonlySet<Kind> = new Set([
  'error',
  'error-text',
  'traceback',
  'frame',
  'chain',
  'import-error',
  'error-type',
  'exited',
]);

const STARTERS: ReadonlySet<Kind> = new Set([
  'init-start',
  'init-report',
  'restore-start',
  'restore-report',
  'start',
  'end',
  'report',
  'timed-out',
  'exited',
  'extension',
  'telemetry',
  'warning',
  'error',
  'runtime-trouble',
  'your-log',
]);
