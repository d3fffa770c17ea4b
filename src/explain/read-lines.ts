/** What is every line of a paste? Reads the intake's entries by the grammar, and by the lines before them what no row can tell. */
import type { ReadLine } from './explanation.ts';
import { frameOwner } from './frame-owner.ts';
import { readText } from './grammar.ts';

/** The lines of a paste, each with its kind and fields. Blank lines have none. */
export function readLines(text: string): ReadLine[] {
  const read: ReadLine[] = [];
  text.split(/\r?\n/).forEach((line, index) => {
    const trimmed = line.trim();
    if (trimmed === '') return;
    const known = readText(trimmed) ?? { kind: 'your-output', fields: {} };
    const { file } = known.fields;
    const fields =
      known.kind === 'frame' && typeof file === 'string'
        ? { ...known.fields, owner: frameOwner(file) }
        : known.fields;
    const spans = [{ line: index + 1, from: 0, to: line.length }];
    read.push({
      text: line,
      spans,
      event: read.length,
      time: null,
      stream: null,
      isCopy: false,
      kind: known.kind,
      fields,
    });
  });
  return read;
}
