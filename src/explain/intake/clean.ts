/** Which characters of a paste are none of a log's? Byte order marks, colour codes, entities of HTML, blanks that don't break. */
import { lineToSlice, rewrite, type Slice } from './slice.ts';

const COLOUR = new RegExp(
  String.raw`(?:\u001b|\u009b|␛|\\(?:u001[bB]|x1[bB]|033|e))\[[\d;]{0,20}[A-Za-z]|\[(?:\d{1,3};){1,4}\d{1,3}m`,
  'g',
);
const COLOURED = new RegExp(String.raw`[\u001b\u009b␛]|\\(?:u001b|x1b|033|e)\[|\[\d{1,3};\d`, 'i');
const ENTITY = /&(?:#x[0-9a-fA-F]{1,6}|#\d{1,7}|amp|lt|gt|quot|apos|nbsp);/g;
const NAMED: ReadonlyMap<string, string> = new Map([
  ['&amp;', '&'],
  ['&lt;', '<'],
  ['&gt;', '>'],
  ['&quot;', '"'],
  ['&apos;', "'"],
  ['&nbsp;', ' '],
]);

function entityText(entity: string): string {
  const named = NAMED.get(entity);
  if (named !== undefined) return named;
  const code = /^&#x/i.test(entity) ? Number.parseInt(entity.slice(3, -1), 16) : Number(entity.slice(2, -1));
  return Number.isInteger(code) && code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '';
}

const TAG =
  /<\/?(?:br|p|div|span|pre|code|samp|tr|td|th|li|b|i|em|strong|mark|font|a)(?:\s[^<>]{0,300})?\/?>/gi;
/** A line of the platform beside a tag: the paste is a page's source. */
const IN_A_PAGE =
  />\s*(?:START|END|REPORT) RequestId:\s|(?:START|END|REPORT) RequestId:\s[^<>]{30,400}<\/?(?:br|p|div|span|pre|code|samp|td|li)\b/i;

/** Markdown's source, where a log's own words have its escapes. */
const IN_MARKDOWN =
  /\\\[(?:ERROR|INFO|WARNING|DEBUG)\\\]|(?:INIT|RESTORE|LAMBDA)\\_(?:START|REPORT|WARNING)|File "[^"\n]{0,200}\w\\_\w/;
const ESCAPED = /\\(?=[_[\]*`#<>{}()!+.~-])/g;

/** Most lines: nothing in them is to be taken out. */
const PLAIN = /^[\t\r !-%'-[\]-~]*$/;

/** The lines without their ends, of which Windows makes two signs. */
function splitEnds(text: string): string[] {
  const lines = text.split('\n');
  if (!text.includes('\r')) return lines;
  return lines.map((line, index) =>
    index < lines.length - 1 && line.endsWith('\r') ? line.slice(0, -1) : line,
  );
}

/** A paste as lines, freed from what no log holds. A carriage return inside of a line stays: it parts what was one event. */
export function textToLines(text: string): Slice[] {
  const lines = splitEnds(text.replaceAll('\u2028', '\n'));
  const isPage = text.includes('<') && IN_A_PAGE.test(text);
  const isMarkdown = (text.includes('\\[') || text.includes('\\_')) && IN_MARKDOWN.test(text);
  return lines.map((line, index) => {
    let slice = lineToSlice(line, index + 1);
    if (isMarkdown && line.includes('\\')) slice = rewrite(slice, ESCAPED, () => '');
    // A cell's end parts as a tab does; a line of tags alone is told by its form.
    if (isPage && line.includes('<') && line.replaceAll(TAG, '').trim() !== '')
      slice = rewrite(slice, TAG, (tag) => (/^<\/t[dh]/i.test(tag) ? '\t' : ''));
    if (PLAIN.test(line)) return slice;
    // eslint-disable-next-line no-control-regex -- what a file in UTF-16 leaves when it is read as bytes
    if (/[\u0000\ufeff\u200b\u200e\u200f\ufffe]/.test(line))
      // eslint-disable-next-line no-control-regex -- as above
      slice = rewrite(slice, /[\u0000\ufeff\u200b\u200e\u200f\ufffe]/g, () => '');
    if (COLOURED.test(line)) slice = rewrite(slice, COLOUR, () => '');
    if (line.includes('&') && slice.text.search(ENTITY) >= 0) slice = rewrite(slice, ENTITY, entityText);
    if (/[\u00a0\u2007\u202f\u3000]/.test(slice.text))
      slice = { ...slice, text: slice.text.replaceAll(/[\u00a0\u2007\u202f\u3000]/g, ' ') };
    return slice;
  });
}
