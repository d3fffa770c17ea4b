/** Which lines of a quoted mail have lost their sign? A program that breaks them at its width writes it before the first piece alone. */
import { readText } from '../grammar.ts';
import { join, type Slice } from './slice.ts';

const SIGN = /^ {0,3}>/;
const NARROWEST = 55;
const WIDEST = 100;
/** A line of the platform is no rest of another one. */
const WHOLE = /^(?:(?:START|END|REPORT) RequestId: |INIT_|\[[A-Z]{4,8}\]\s)/;
const MOST_PIECES = 20;

/** The lines, with those joined that a mail's width broke behind its sign. */
export function joinQuoted(lines: readonly Slice[]): readonly Slice[] {
  let width = 0;
  let count = 0;
  for (const { text } of lines) {
    if (!SIGN.test(text)) continue;
    count += 1;
    width = Math.max(width, text.trimEnd().length);
  }
  if (count < 2 || count * 4 < lines.length || width < NARROWEST || width > WIDEST) return lines;
  const isRest = lines.map((line, index) => {
    const before = lines[index - 1]?.text ?? '';
    return isBroken(before, line.text, width);
  });
  // The first piece has a sign: what follows it may be several.
  let isQuoted = false;
  lines.forEach(({ text }, index) => {
    isQuoted = SIGN.test(text) || (isQuoted && isRest[index] === true);
    if (!isQuoted) isRest[index] = false;
  });
  if (!isRest.includes(true)) return lines;
  // A width that breaks inside of words fills each line.
  const broken = lines.filter((_, index) => isRest[index + 1] === true);
  const isHard = broken.length > 1 && broken.every(({ text }) => text.length === width);
  const joined: Slice[] = [];
  let pieces = 0;
  lines.forEach((line, index) => {
    const last = joined.at(-1);
    pieces = isRest[index] === true ? pieces + 1 : 0;
    if (pieces === 0 || pieces > MOST_PIECES || last === undefined) joined.push(line);
    else joined[joined.length - 1] = join([last, line], isHard || isGlued(last.text, line.text) ? '' : ' ');
  });
  return joined;
}

/** Whether there was no blank between two pieces: only so they give a line that is known. */
function isGlued(first: string, second: string): boolean {
  if (/\s$/.test(first) || /^\s/.test(second)) return true;
  const alone = first.replace(/^(?: {0,3}> ?)+/, '').slice(0, 1000);
  return rank(alone + second) > rank(`${alone} ${second}`);
}

function rank(text: string): number {
  const known = readText(text.trim());
  return known === null ? 0 : 1 + Object.keys(known.fields).length;
}

/** Whether a line without a sign is there because the one before it was full. */
function isBroken(before: string, text: string, width: number): boolean {
  if (SIGN.test(text) || before.trim() === '' || text.trim() === '' || WHOLE.test(text)) return false;
  const [word = ''] = /^\S+/.exec(text.trimStart()) ?? [];
  return text.length <= width && before.trimEnd().length + 1 + word.length > width;
}
