/**
 * A reader's text with what would not be seen in it named in its place: `U+202E`. The characters stay in the text, for who
 * copies or reads it out of the page; each is shut into its mark, and turns nothing round outside of it.
 */
import { codeOf, TURNS, UNSEEN_IN_NAMES } from '../trace/unseen.ts';
import { tag, type Markup } from './markup.ts';

/** Marks of one text: of more than these the characters are shown as U+FFFD, which turns nothing round. */
const MAX_MARKS = 500;

/** Characters that are named in one mark. */
const MAX_NAMED = 4;

/** A text of some lines: its controls of direction are named. */
export function textToMarkup(text: string): readonly Markup[] {
  return TURNS.test(text) ? mark(text, TURNS.source) : [text];
}

/** A name, of a file or of a variable: all that is not seen of it is named. */
export function nameToMarkup(name: string): readonly Markup[] {
  return UNSEEN_IN_NAMES.test(name) ? mark(name, UNSEEN_IN_NAMES.source) : [name];
}

function mark(text: string, unseen: string): readonly Markup[] {
  const parts: Markup[] = [];
  let from = 0;
  let marks = 0;
  for (const { 0: found, index } of text.matchAll(new RegExp(`(?:${unseen})+`, 'gu'))) {
    if (marks === MAX_MARKS)
      return [...parts, text.slice(from).replaceAll(new RegExp(unseen, 'gu'), '\ufffd')];
    marks += 1;
    parts.push(text.slice(from, index), tag('span', { class: 'unseen', 'data-code': namesOf(found) }, found));
    from = index + found.length;
  }
  return [...parts, text.slice(from)].filter((part) => part !== '');
}

function namesOf(found: string): string {
  const all = Array.from(found.slice(0, MAX_NAMED + 1), codeOf);
  return all.slice(0, MAX_NAMED).join(' ') + (all.length > MAX_NAMED ? '…' : '');
}
