/**
 * `<lab-stack>`: the frames of a moment from the outermost, whose each is and where it stands, with its locals. The last
 * one's are open, and what the step made, changed or took away in it is marked. Asks by `lab-open-file` to see where a frame stands.
 */
import type { Owner } from '../../trace/format.ts';
import { isolated } from '../../trace/unseen.ts';
import type { Change, Frame, Moment } from '../../trace/moment.ts';
import { send } from '../events.ts';
import { findPart } from '../find-part.ts';
import type { MomentPane, Shown } from '../time/moment-pane.ts';
import { cutText, splitText } from '../cut-text.ts';
import { makeElement } from '../make-element.ts';
import { markupToNode, tag } from '../markup.ts';
import { nameToMarkup, textToMarkup } from '../marks.ts';
import { pathToName } from '../path-to-name.ts';
import { fill, fillPlural, type LabWords } from '../words.ts';
import { localsToRows } from './locals-rows.ts';

/** Characters of a value that stand in its row; a longer one is folded, and unfolds whole. */
const MAX_VALUE = 72;

/** Characters of a value that it unfolds to, and of a name. */
const MAX_UNFOLDED = 20_000;
const MAX_NAME = 200;

/** Frames that are drawn at either end of a deep stack. */
const MAX_FRAMES = 40;

/** What frames are described with. */
export interface StackSetting {
  readonly words: Pick<LabWords, 'step' | 'cut'>;
  readonly owners: Readonly<Record<Owner, string>>;
  readonly language: string;
}

/** The element. */
export class LabStack extends HTMLElement implements MomentPane {
  #setting: StackSetting | null = null;
  /** The frames that are drawn, and their items: one that did not change is not drawn again. */
  #drawn: { readonly frame: Frame; readonly isLast: boolean; readonly item: HTMLElement }[] = [];

  /** Sets what frames are described with. */
  configure(setting: StackSetting): void {
    this.#setting = setting;
  }

  show(shown: Shown | null): void {
    const setting = this.#setting;
    if (shown === null || setting === null) return;
    const { step: words } = setting.words;
    const { moment } = shown;
    const { stack } = moment;
    const note = findPart(this, '.lab-stack-note', HTMLElement);
    note.textContent = momentToNote(moment, words);
    note.hidden = note.textContent === '';
    const list = findPart(this, 'ol', HTMLOListElement);
    const drawn = shownFrames(stack).map((frame) => {
      const isLast = frame === stack.at(-1);
      const same = this.#drawn.find((one) => one.frame === frame && !one.isLast && !isLast);
      return same ?? { frame, isLast, item: this.#frameToItem(frame, isLast ? moment : null, setting) };
    });
    this.#drawn = drawn;
    const items: Element[] = drawn.map(({ item }) => item);
    if (stack.length > items.length)
      items.splice(MAX_FRAMES / 2, 0, leftOut(stack.length - items.length, words));
    list.replaceChildren(...items);
  }

  #frameToItem(frame: Frame, moment: Moment | null, setting: StackSetting): HTMLElement {
    const {
      words: { step: words },
      owners,
    } = setting;
    const item = makeElement(document, 'li', 'stack-frame');
    item.dataset.owner = frame.owner;
    const name = makeElement(document, 'span', 'stack-name');
    name.append(
      code(cutText(frame.name, MAX_NAME)),
      makeElement(document, 'span', 'stack-owner', owners[frame.owner]),
    );
    const place = makeElement(document, 'button', 'lab-place');
    place.setAttribute('type', 'button');
    place.title = isolated(cutText(frame.source, MAX_NAME));
    const parts = words.place.split(/(\{file\})/).map((part) => {
      const name = nameToMarkup(cutText(pathToName(frame.source), MAX_NAME));
      return part === '{file}' ? tag('bdi', {}, ...name) : fill(part, { line: frame.line });
    });
    place.append(markupToNode(tag('code', { translate: 'no' }, ...parts), document));
    const { source, line } = frame;
    place.addEventListener('click', () => {
      send(this, 'lab-open-file', { path: source, line, from: null });
    });
    item.append(name, place);
    if (moment === null) item.append(this.#foldedLocals(frame, setting));
    else {
      item.setAttribute('aria-current', 'true');
      item.append(...outcomeOf(moment, setting), ...localsToElements(frame, moment.changes, setting));
    }
    return item;
  }

  /** Of frames further out the locals are made when somebody asks for them. */
  #foldedLocals(frame: Frame, setting: StackSetting): Element {
    const { step: words } = setting.words;
    const count = Object.keys(frame.locals).length;
    if (count === 0) return makeElement(document, 'p', 'lab-none', words.noLocals);
    const details = document.createElement('details');
    details.append(makeElement(document, 'summary', '', fill(words.locals, { count })));
    details.addEventListener('toggle', () => {
      if (details.open && details.childElementCount === 1)
        details.append(...localsToElements(frame, {}, setting));
    });
    return details;
  }
}

/** What there is to say about the stack as a whole. */
function momentToNote({ kind, stack, cut }: Moment, words: LabWords['step']): string {
  const sentences = [];
  if (kind === 'end') sentences.push(stack.length === 0 ? words.noFrames : words.ended);
  if (cut !== null) sentences.push(fill(words.cut, { limit: cut }));
  return sentences.join(' ');
}

function shownFrames(stack: readonly Frame[]): readonly Frame[] {
  if (stack.length <= MAX_FRAMES) return stack;
  return [...stack.slice(0, MAX_FRAMES / 2), ...stack.slice(-MAX_FRAMES / 2)];
}

function leftOut(count: number, words: LabWords['step']): HTMLElement {
  return makeElement(document, 'li', 'lab-none', fill(words.deeper, { count }));
}

/** What the last frame is about to give back, or the error that passes through it. */
function outcomeOf({ kind, value, error }: Moment, setting: StackSetting): Element[] {
  const { step: words } = setting.words;
  if (kind === 'return' && value !== null) return [sentence('lab-returns', words.returns, value, setting)];
  if (kind === 'raise' && error !== null) return [sentence('lab-raises', words.raises, error.text, setting)];
  return [];
}

function sentence(name: string, word: string, value: string, setting: StackSetting): Element {
  const row = makeElement(document, 'p', name, `${word} `);
  row.append(...valueToNodes(value, setting));
  return row;
}

function localsToElements(
  { locals }: Frame,
  changes: Readonly<Record<string, Change>>,
  setting: StackSetting,
): Element[] {
  const { step: words, cut } = setting.words;
  const { rows, leftOut } = localsToRows(locals, changes);
  if (rows.length === 0) return [makeElement(document, 'p', 'lab-none', words.noLocals)];
  const list = makeElement(document, 'dl', 'lab-locals');
  for (const { name, value, change } of rows) {
    const row = document.createElement('div');
    const term = document.createElement('dt');
    const label = code(cutText(name, MAX_NAME));
    term.append(change === 'gone' ? struck(label) : label);
    if (change !== null) {
      row.className = change === 'gone' ? 'is-gone' : 'is-changed';
      term.append(makeElement(document, 'span', 'lab-change', words[change]));
    }
    const description = document.createElement('dd');
    // A name that is no more has no value; a list has something to every name.
    if (value === null) description.textContent = '—';
    else description.append(...valueToNodes(value, setting));
    row.append(term, description);
    list.append(row);
  }
  if (leftOut === 0) return [list];
  const more = fillPlural(cut.things, leftOut, setting.language);
  return [list, makeElement(document, 'p', 'lab-none', more)];
}

function struck(label: Node): HTMLElement {
  const element = document.createElement('s');
  element.append(label);
  return element;
}

/** A long value is folded: its beginning, and how long it is. The recorder has cut the longest, and says so itself. */
function valueToNodes(value: string, { words, language }: StackSetting): Node[] {
  if (value.length <= MAX_VALUE) return [code(value, textToMarkup)];
  const details = makeElement(document, 'details', 'lab-value');
  const summary = document.createElement('summary');
  summary.append(code(cutText(value, MAX_VALUE), textToMarkup));
  const { shown, leftOut } = splitText(value, MAX_UNFOLDED);
  details.append(summary, code(shown, textToMarkup));
  if (leftOut > 0) details.append(' ', fillPlural(words.cut.characters, leftOut, language));
  return [details];
}

function code(content: string, toMarkup = nameToMarkup): ChildNode {
  return markupToNode(tag('code', { translate: 'no' }, ...toMarkup(content)), document);
}

customElements.define('lab-stack', LabStack);
