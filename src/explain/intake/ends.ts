/**
 * The platform's last words of an attempt (a time-out, an exit) and what an import is refused by have fixed texts: where a width broke
 * one, what is missing is known. Without that an attempt would look as if it had ended well.
 */
import { readText } from '../grammar.ts';
import { takePrefix } from './prefix.ts';
import { join, type Slice } from './slice.ts';

const EXITED = 'Error: Runtime exited with';
const TEXTS = [
  'Process exited before completing request',
  `${EXITED}out providing a reason`,
  `${EXITED} error: exit status`,
  ...['killed', 'segmentation fault (core dumped)', 'aborted (core dumped)', 'terminated'].map(
    (signal) => `${EXITED} error: signal: ${signal}`,
  ),
] as const;
const TIMED_OUT = 'Task timed out after ';

const UUID = String.raw`[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}`;
const TIME = String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{1,9}Z`;
/** What may be the beginning: a time or a name before an id, and no other words than the texts'. */
const BEGUN = new RegExp(
  String.raw`(?:^|\s|Copy|\|)(?:(?<lead>RequestId:|${TIME})\s+(?<part>[0-9a-f-]{0,35})|(?:(?:RequestId:|${TIME})\s+)?(?<id>${UUID})(?:\s+(?<words>[EPT][A-Za-z :()]{0,70}(?:\d[\d.]{0,9}(?: [a-z]{0,6})?)?))?)\s*$`,
);
/** Any line of the platform with an id that is whole. */
const OTHERS = /(?:START|END|REPORT)\s+$/;
const LONGEST = 400;

/** Whether the pattern is worth a try: almost no line is. */
function mayBegin(text: string): boolean {
  if (text.length > LONGEST) return false;
  const name = text.lastIndexOf('RequestId:');
  if (name >= 0) return text.length - name <= 130 && !OTHERS.test(text.slice(Math.max(0, name - 8), name));
  const time = text.lastIndexOf('Z ');
  return time >= 0 ? text.length - time <= 120 : text[8] === '-' && text[13] === '-';
}

/** The beginning of an attempt's last words. */
export interface Begun {
  /** The request's id, or as much of it as there is. */
  readonly id: string;
  /** Whether nothing else can begin like that. */
  readonly isSure: boolean;
}

/** What a line begins, where it is the beginning of an attempt's last words and no more. */
export function endBegun(text: string): Begun | null {
  const match = mayBegin(text) ? BEGUN.exec(text) : null;
  if (match === null) return null;
  const { lead, part = '', id, words = '' } = match.groups ?? {};
  if (lead !== undefined) return { id: part, isSure: /^[0-9a-f]{8}-[0-9a-f-]{4,}$/.test(part) };
  if (id === undefined) return null;
  const said = words.trimEnd();
  return isBeginning(said) ? { id, isSure: said !== '' } : null;
}

/** Whether words are the beginning of one of the texts, and not all of it. */
function isBeginning(words: string): boolean {
  if (TIMED_OUT.startsWith(words)) return true;
  if (words.startsWith(TIMED_OUT.trimEnd()))
    return /^\s?\d{1,5}(?:\.\d{0,6})?(?: (?:s|se|sec|seco|secon|second)?)?$/.test(
      words.slice(TIMED_OUT.length - 1),
    );
  return TEXTS.some(
    (text) => text.startsWith(words) && (text.length > words.length || text.endsWith('status')),
  );
}

const WITHOUT_BEGINNING = new RegExp(
  String.raw`^(?<lead>[\dTZ:.-]{0,28}|[A-Za-z]{0,9}:)\s*(?<rest>${UUID}\s+[EPT]\w{3,6}:? .{12,80})$`,
);

/** Such a line of which all is there but a piece of what stands before its id, as it is read; null where it is something else. */
export function readEnd(text: string): ReturnType<typeof readText> {
  if (text.length > 160) return null;
  const { lead, rest = '' } = WITHOUT_BEGINNING.exec(text)?.groups ?? {};
  if (lead === undefined || (lead.endsWith(':') && /^[A-Za-z]/.test(lead) && !'RequestId:'.endsWith(lead)))
    return null;
  const known = readText(`RequestId: ${rest}`);
  return known?.kind === 'timed-out' || known?.kind === 'exited' ? known : null;
}

/** The rest of such a line alone, as far as it's long enough to be known. */
export function isEndsRest(text: string): boolean {
  if (text.length > 80 || text.length < 12) return false;
  const last = text.at(-1) ?? '';
  if (last === 's') {
    const words = text.replace(/\d{1,5}(?:\.\d{1,6})? seconds$/, '');
    return words.length >= 6 && words.length < TIMED_OUT.length && TIMED_OUT.endsWith(words);
  }
  const words = /\d/.test(last) ? text.replace(/ \d{1,3}$/, '') : text;
  return TEXTS.some((whole) => whole.length > words.length && whole.endsWith(words));
}

/** Lines that a width may make of one. */
const MOST_PIECES = 3;

/** A line of these with the pieces that follow it from `index` on, and how many they are; null where it is whole, or begins none. */
export function joinEnd(
  first: Slice,
  lines: readonly Slice[],
  index: number,
): { whole: Slice; taken: number } | null {
  const { text } = first;
  if (text.length > LONGEST) return null;
  const isImport = text.includes(' module') && isImportCut(text);
  if (!isImport && endBegun(text) === null) return null;
  const isWhole = isImport ? isImportWhole : isEndWhole;
  let begun: readonly Slice[] = [first];
  for (let taken = 1; taken <= MOST_PIECES; taken += 1) {
    const next = lines[index + taken - 1];
    if (next === undefined || next.text.trim() === '' || next.text.length > LONGEST) return null;
    if (takePrefix(next).shape !== '') return null;
    const known = readText(next.text.trim());
    if (known !== null && known.kind !== 'timed-out' && known.kind !== 'exited') return null;
    begun = begun.flatMap((one) =>
      /\s$/.test(one.text) || /^\s/.test(next.text)
        ? [join([one, next])]
        : [join([one, next]), join([one, next], ' ')],
    );
    const whole = begun.find((one) => isWhole(one.text));
    if (whole !== undefined) return { whole, taken };
  }
  return null;
}

function isEndWhole(text: string): boolean {
  if (endBegun(text) !== null) return false;
  const known = readText(takePrefix({ text, parts: [] }).rest.text.trim());
  return (
    (known?.kind === 'timed-out' || known?.kind === 'exited') && String(known.fields.requestId).length === 36
  );
}

const IMPORT = /(?:Unable to import|Syntax error in) module(.{0,300})$/;
const MISSING = 'No module named ';

/** Whether an import's error ends in its module's name, or in that of the one that is missing. */
function isImportCut(text: string): boolean {
  if (text.length > LONGEST) return false;
  const rest = IMPORT.exec(text)?.[1]?.trimEnd();
  if (rest === undefined) return false;
  if (/^(?: '[^'\s]{0,200}'?:?)?$/.test(rest)) return true;
  const why = /^ '[^'\s]{1,200}': (.{1,200})$/.exec(rest)?.[1];
  return why !== undefined && (MISSING.startsWith(why) || /^No module named '[^'\s]{0,200}$/.test(why));
}

function isImportWhole(text: string): boolean {
  const rest = IMPORT.exec(text)?.[1]?.trimEnd() ?? '';
  const why = /^ '[^'\s]{1,200}': (.{3,200})$/.exec(rest)?.[1];
  if (why === undefined) return false;
  return /^No(?: |module)/.test(why) ? /^No module named '[^'\s]{1,200}'/.test(why) : !isImportCut(text);
}
