/** What a lab says beside a run's end, of what a browser has not: it comes with the script of a run. */
import { eventsToAbsences, type AbsenceEvent, type TraceEvent } from '../../trace/format.ts';
import { cutText } from '../cut-text.ts';
import { fill, fillPlural, type LabWords, type LackTexts } from '../words.ts';
import type { Ending } from './outcome-words.ts';

/** The words for it: what is lacking, and that something is cut. */
export interface NoteWords {
  readonly lack: LackTexts;
  readonly cut: LabWords['cut'];
}

/** The sentences of a run, in the page's language. */
export function runToNotes(
  events: readonly TraceEvent[],
  ending: Ending,
  words: NoteWords,
  language: string,
): readonly string[] {
  const sentences = absencesToSentences(eventsToAbsences(events), words, language);
  return metFullStack(ending) ? [...sentences, words.lack.stack] : sentences;
}

/** What a run asked for that a browser has not, in sentences: the first of them, and how many more there are. */
export function absencesToSentences(
  absences: readonly AbsenceEvent[],
  { lack, cut }: NoteWords,
  language: string,
): readonly string[] {
  const left = absences.length - MAX_ABSENCES;
  return [
    ...absences
      .slice(0, MAX_ABSENCES)
      .map(({ what, name }) => fill(lack[what], { name: cutText(name, MAX_NAME) })),
    ...(left > 0 ? [fillPlural(cut.things, left, language)] : []),
  ];
}

/** Sentences of them that a reader takes in. */
const MAX_ABSENCES = 20;

/** Python's words where the stack is full, and not the program's own limit reached. */
const FULL_STACK = /Stack overflow \(used \d+ kB\)/;

/** Whether a run ended in an error because the stack was full, of which a browser has less. */
function metFullStack(ending: Ending): boolean {
  return ending.status === 'raised' && FULL_STACK.test(ending.payload);
}

/** Characters of a name that reader code may have made. */
const MAX_NAME = 80;
