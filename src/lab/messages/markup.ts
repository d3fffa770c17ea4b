/**
 * The rows of the diagram of messages, as markup: an ordered list that reads in its order, on which the style
 * sheet draws the lines and the arrows between them. A row keeps its event's index in `data-at`.
 */
import { lanesOf, type MessageRow } from '../../trace/messages.ts';
import { markupToText, tag, type Markup, type Tag } from '../markup.ts';
import { textToMarkup } from '../marks.ts';
import { cutText, splitText } from '../cut-text.ts';
import { fill, fillPlural, type LabWords } from '../words.ts';

/** Rows that are drawn; a runtime that has been changed to send without end would bury the page. */
export const MAX_ROWS = 300;

/** Characters that are drawn of what crossed: a message may have millions. */
export const MAX_BODY = 65_536;

/** Characters of the name of a function or a call. */
const MAX_NAME = 200;

/** What rows are made with. */
export interface MessageSetting {
  readonly words: Pick<LabWords, 'messages' | 'cut'>;
  readonly language: string;
}

/** A text of at most so many characters stands in its row; a longer one is folded. */
const SHORT = 48;

/** The names of the lines, for the eye: each row says in words who sends and who receives. */
export function lanesToMarkup(rows: readonly MessageRow[], words: LabWords['messages']): Tag {
  return tag(
    'div',
    { class: 'lab-lanes', 'aria-hidden': 'true' },
    ...lanesOf(rows).map((lane) => tag('span', { 'data-lane': lane }, words.lanes[lane])),
  );
}

/** The items of the list. */
export function rowsToMarkup(rows: readonly MessageRow[], setting: MessageSetting): readonly Tag[] {
  const { messages: words } = setting.words;
  const items = rows.slice(0, MAX_ROWS).map((row) => rowToMarkup(row, setting));
  const left = rows.length - MAX_ROWS;
  return left <= 0 ? items : [...items, tag('li', { 'data-kind': 'cut' }, fill(words.more, { count: left }))];
}

function rowToMarkup(row: MessageRow, setting: MessageSetting): Tag {
  const { messages: words } = setting.words;
  const at = String(row.at);
  if (row.kind === 'phase') {
    return tag(
      'li',
      { 'data-kind': 'phase', 'data-phase': row.phase, 'data-at': at },
      goTo(words.phases[row.phase], words),
      tag('b', {}, words.phases[row.phase]),
      ` ${words.about[row.phase]}`,
    );
  }
  if (row.kind === 'cut') return tag('li', { 'data-kind': 'cut', 'data-at': at }, words.cut);
  const { kind, from, to, body } = row;
  const way = fill(words.way, { from: words.lanes[from], to: words.lanes[to] });
  const spoken = titleOf(row, words);
  const title: readonly Markup[] = [tag('span', { class: 'visually-hidden' }, `${way} `), ...spoken];
  const isFolded = kind === 'message' || body.length > SHORT || body.includes('\n');
  return tag(
    'li',
    { 'data-kind': kind, 'data-from': from, 'data-to': to, 'data-at': at },
    goTo(spoken.map(markupToText).join(''), words),
    isFolded
      ? tag(
          'details',
          { class: 'lab-message' },
          tag('summary', {}, ...title),
          tag(
            'pre',
            { class: 'lab-body', translate: 'no' },
            ...textToMarkup(splitText(body, MAX_BODY).shown),
          ),
          ...leftOutOf(body, setting),
        )
      : tag('p', { class: 'lab-message' }, ...title, ...shortBody(row)),
    tag('span', { class: 'lab-crossing', 'aria-hidden': 'true' }),
  );
}

/** How much of what crossed is not drawn. */
function leftOutOf(body: string, { words, language }: MessageSetting): readonly Tag[] {
  const { leftOut } = splitText(body, MAX_BODY);
  return leftOut === 0
    ? []
    : [tag('p', { class: 'lab-left-out' }, fillPlural(words.cut.characters, leftOut, language))];
}

/** Leads to the row's moment; it is nothing without the script. */
function goTo(title: string, words: LabWords['messages']): Tag {
  return tag('button', { type: 'button', class: 'lab-go', 'aria-label': fill(words.go, { title }) });
}

/** The name of a module's code is none that a reader has written. */
const MODULE = '<module>';

function titleOf(
  { kind, what, from, to }: Extract<MessageRow, { what: string }>,
  words: LabWords['messages'],
): readonly Markup[] {
  const name = cutText(what, MAX_NAME);
  if (kind === 'message') return [code(name)];
  // Code that the platform itself has started is the process.
  const module = from === 'service' || to === 'service' ? ('script' as const) : ('module' as const);
  const text = words[kind][what === MODULE ? module : 'function'];
  // The name stands in the sentence where the language has it.
  return text.split(/(\{name\})/).map((part) => (part === '{name}' ? code(name) : part));
}

function shortBody({ kind, what, body }: Extract<MessageRow, { what: string }>): readonly Markup[] {
  const isNothing = body === '' || (kind === 'return' && what === MODULE);
  return isNothing ? [] : [' ', code(body)];
}

function code(text: string): Tag {
  return tag('code', { translate: 'no' }, ...textToMarkup(text));
}
