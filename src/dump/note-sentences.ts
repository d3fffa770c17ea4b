/** What is to be known of a brought runtime, in sentences of the page's words (`dump.notes`). */
import type { NoteEvent, NotePlace } from '../trace/format.ts';
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
  const sentence = fill(words[what], { name, ...(at === null ? {} : placeToValues(at)) });
  // A source that isn't compiled is its own place.
  return at === null || what === 'syntax' ? sentence : `${sentence} ${placeToSentence(at, words)}`;
}

/** Who asked. */
export function placeToSentence(at: NotePlace, words: Pick<NoteWords, 'asked'>): string {
  return fill(words.asked, placeToValues(at));
}

function placeToValues({ file, line, name }: NotePlace): Readonly<Record<string, string>> {
  return { file, line: String(line), function: name };
}

function fill(sentence: string, values: Readonly<Record<string, string>>): string {
  return sentence.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    return value === undefined ? whole : value.slice(0, MAX_NAME);
  });
}
