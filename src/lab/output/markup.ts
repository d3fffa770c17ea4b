/**
 * The lines of a log as markup: the build writes those of the recording, `<lab-output>` makes nodes of those of a reader's
 * run. A line has its newline behind it, so that a copied log has the lines it has here.
 */
import type { Owner } from '../../trace/format.ts';
import { tag, type Markup } from '../markup.ts';
import { textToMarkup } from '../marks.ts';
import { fillPlural, type LabWords } from '../words.ts';
import { frameToLabel, placeOfFrame, readFrameLine, type Places } from './frame-links.ts';
import { splitAtReturns, type LogLine, type LogSegment, type ShownLog } from './log-lines.ts';

/** What lines are made with. */
export interface LineSetting {
  readonly words: Pick<LabWords, 'frame' | 'cut'>;
  readonly owners: Readonly<Record<Owner, string>>;
  readonly language: string;
  /** Where the frames of printed stacks lead. */
  readonly places: Places;
}

/** A whole log: its first lines, what is left out, its last ones. */
export function logToMarkup({ first, leftOut, last }: ShownLog, setting: LineSetting): readonly Markup[] {
  return [
    ...first.flatMap((line) => lineToMarkup(line, setting)),
    ...gapToMarkup(leftOut, setting),
    ...last.flatMap((line) => lineToMarkup(line, setting)),
  ];
}

/** One line. */
export function lineToMarkup(line: LogLine, setting: LineSetting): readonly Markup[] {
  const { segments, leftOut, isOpen } = line;
  const stream = segments[0]?.stream ?? 'stdout';
  const element = tag(
    'span',
    { class: 'lab-line', 'data-stream': stream },
    ...segments.flatMap((segment) => segmentToMarkup(segment, segment.stream === stream, setting)),
    ...(leftOut === 0 ? [] : [tag('span', { 'data-stream': 'lab' }, ` ${leftOutOf(leftOut, setting)}`)]),
  );
  return isOpen ? [element] : [element, '\n'];
}

/** What stands in the place of lines that are not shown. */
export function gapToMarkup(leftOut: number, { words, language }: LineSetting): readonly Markup[] {
  if (leftOut === 0) return [];
  const text = fillPlural(words.cut.lines, leftOut, language);
  return [tag('span', { class: 'lab-line', 'data-stream': 'lab' }, text), '\n'];
}

function leftOutOf(count: number, { words, language }: LineSetting): string {
  return fillPlural(words.cut.characters, count, language);
}

function segmentToMarkup(
  { stream, text }: LogSegment,
  isFirst: boolean,
  setting: LineSetting,
): readonly Markup[] {
  if (!isFirst) return [tag('span', { 'data-stream': stream }, ...textToMarkup(text))];
  return splitAtReturns(text).flatMap((row, at) => {
    // The lab's own words have isolated what they tell of.
    const pieces = stream === 'lab' ? [row] : rowToMarkup(row, setting);
    return at === 0 ? pieces : [tag('br', {}), ...pieces];
  });
}

/** A row of a line; a frame of a stack in it leads to its file. */
function rowToMarkup(
  row: string,
  { words: { frame: words }, owners, places }: LineSetting,
): readonly Markup[] {
  const frame = readFrameLine(row);
  if (frame === null) return textToMarkup(row);
  const place = placeOfFrame(frame, places);
  const leads = place.kind === 'image' || place.kind === 'task';
  const link = tag(
    leads ? 'a' : 'span',
    {
      class: 'lab-frame',
      href: leads ? (place.href ?? '#') : null,
      'data-owner': place.owner,
      'data-file': leads ? frame.file : null,
      'data-number': leads ? String(frame.line) : null,
      title: words[place.kind],
    },
    ...textToMarkup(frame.text),
  );
  const label = frameToLabel(place, owners, words.noFile);
  const owner = tag('span', { class: 'lab-owner', 'data-owner': place.owner, 'data-label': label });
  return [frame.before, link, ...textToMarkup(frame.after), owner];
}
