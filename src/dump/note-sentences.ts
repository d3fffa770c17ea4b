/** What is to be known of a brought runtime, in sentences of the page's words (`dump.notes`). */
import type { NoteEvent } from '../trace/format.ts';
import type { BroughtKey, BroughtNote } from './brought-runtime.ts';

/** One sentence for each, with names in braces for what varies; `asked` follows a run's notes. */
export type NoteWords = Readonly<Record<BroughtKey | NoteEvent['what'] | 'asked', string>>;

/** Characters of a name that a dump may have made. */
const MAX_NAME = 200;

/** A note of what was changed before the run. */
export function broughtNoteToSentence({ key, values }: BroughtNote, words: NoteWords): string {
  return fill(words[key], values);
}

/** A note that the run itself has made, with the frame that asked. */
export function noteToSentence({ what, name, at }: NoteEvent, words: NoteWords): string {
  const place = { file: at?.file ?? '', line: String(at?.line ?? 0), function: at?.name ?? '' };
  const sentence = fill(words[what], { name, ...place });
  // A source that isn't compiled is its own place.
  return at === null || what === 'syntax' ? sentence : `${sentence} ${fill(words.asked, place)}`;
}

function fill(sentence: string, values: Readonly<Record<string, string>>): string {
  return sentence.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    return value === undefined ? whole : value.slice(0, MAX_NAME);
  });
}
