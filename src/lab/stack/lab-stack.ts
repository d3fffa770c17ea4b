/**
 * `<lab-stack>`: the frames of a moment from the outermost, whose each is and where it stands, with its locals. The last
 * one's are open, and what the step made, changed or took away in it is marked. Asks by `lab-open-frame` to see where a frame stands.
 */
import type { Owner } from '../../trace/format.ts';
import type { Change, Frame, Moment } from '../../trace/moment.ts';
import { findPart } from '../find-part.ts';
import type { MomentPane, Shown } from '../time/moment-pane.ts';
import { cutText } from '../cut-text.ts';
import { makeElement } from '../make-element.ts';
import { pathToName } from '../path-to-name.ts';
import { fill, type LabWords } from '../words.ts';

/** Characters of a value that stand in its row; a longer one is folded, and unfolds whole. */
const MAX_VALUE = 72;

/** Frames that are drawn at either end of a deep stack. */
const MAX_FRAMES = 40;

/** Asks to show where a frame stands. */
export type OpenFrame = CustomEvent<{ readonly source: string; readonly line: number }>;

/** The element. */
export class LabStack extends HTMLElement implements MomentPane {
  #words: LabWords['step'] | null = null;
  #owners: Readonly<Record<Owner, string>> | null = null;
  /** The frames that are drawn, and their items: one that did not change is not drawn again. */
  #drawn: { readonly frame: Frame; readonly isLast: boolean; readonly item: HTMLElement }[] = [];

  /** Sets the words that frames are described with. */
  configure(words: LabWords['step'], owners: Readonly<Record<Owner, string>>): void {
    this.#words = words;
    this.#owners = owners;
  }

  show(shown: Shown | null): void {
    const words = this.#words;
    if (shown === null || words === null) return;
    const { moment } = shown;
    const { stack } = moment;
    const note = findPart(this, '.lab-stack-note', HTMLElement);
    note.textContent = momentToNote(moment, words);
    note.hidden = note.textContent === '';
    const list = findPart(this, 'ol', HTMLOListElement);
    const drawn = shownFrames(stack).map((frame) => {
      const isLast = frame === stack.at(-1);
      const same = this.#drawn.find((one) => one.frame === frame && !one.isLast && !isLast);
      return same ?? { frame, isLast, item: this.#frameToItem(frame, isLast ? moment : null, words) };
    });
    this.#drawn = drawn;
    const items: Element[] = drawn.map(({ item }) => item);
    if (stack.length > items.length)
      items.splice(MAX_FRAMES / 2, 0, leftOut(stack.length - items.length, words));
    list.replaceChildren(...items);
  }

  #frameToItem(frame: Frame, moment: Moment | null, words: LabWords['step']): HTMLElement {
    const item = makeElement(document, 'li', 'stack-frame');
    item.dataset.owner = frame.owner;
    const name = makeElement(document, 'span', 'stack-name');
    name.append(
      code(frame.name),
      makeElement(document, 'span', 'stack-owner', this.#owners?.[frame.owner] ?? frame.owner),
    );
    const place = makeElement(document, 'button', 'lab-place');
    place.setAttribute('type', 'button');
    place.title = frame.source;
    place.append(code(fill(words.place, { file: pathToName(frame.source), line: frame.line })));
    const { source, line } = frame;
    place.addEventListener('click', () => {
      this.dispatchEvent(new CustomEvent('lab-open-frame', { bubbles: true, detail: { source, line } }));
    });
    item.append(name, place);
    if (moment === null) item.append(this.#foldedLocals(frame, words));
    else {
      item.setAttribute('aria-current', 'true');
      item.append(...outcomeOf(moment, words), localsToTable(frame, moment.changes, words));
    }
    return item;
  }

  /** Of frames further out the locals are made when somebody asks for them. */
  #foldedLocals(frame: Frame, words: LabWords['step']): Element {
    const count = Object.keys(frame.locals).length;
    if (count === 0) return makeElement(document, 'p', 'lab-none', words.noLocals);
    const details = document.createElement('details');
    details.append(makeElement(document, 'summary', '', fill(words.locals, { count })));
    details.addEventListener('toggle', () => {
      if (details.open && details.childElementCount === 1) details.append(localsToTable(frame, {}, words));
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
function outcomeOf({ kind, value, error }: Moment, words: LabWords['step']): Element[] {
  if (kind === 'return' && value !== null) return [sentence('lab-returns', words.returns, value)];
  if (kind === 'raise' && error !== null) return [sentence('lab-raises', words.raises, error.text)];
  return [];
}

function sentence(name: string, word: string, value: string): Element {
  const row = makeElement(document, 'p', name, `${word} `);
  row.append(...valueToNodes(value));
  return row;
}

function localsToTable(
  { locals }: Frame,
  changes: Readonly<Record<string, Change>>,
  words: LabWords['step'],
): Element {
  const gone = Object.keys(changes).filter((name) => changes[name] === 'gone');
  const entries: (readonly [string, string | null])[] = [
    ...gone.map((name) => [name, null] as const),
    ...Object.entries(locals),
  ];
  if (entries.length === 0) return makeElement(document, 'p', 'lab-none', words.noLocals);
  // What has just changed is what one looks for: it stands on top.
  entries.sort(([a], [b]) => Number(b in changes) - Number(a in changes));
  const list = makeElement(document, 'dl', 'lab-locals');
  for (const [name, value] of entries) {
    const row = document.createElement('div');
    const term = document.createElement('dt');
    const change = changes[name];
    const label = code(name);
    term.append(change === 'gone' ? struck(label) : label);
    if (change !== undefined) {
      row.className = change === 'gone' ? 'is-gone' : 'is-changed';
      term.append(makeElement(document, 'span', 'lab-change', words[change]));
    }
    const description = document.createElement('dd');
    // A name that is no more has no value; a list has something to every name.
    if (value === null) description.textContent = '—';
    else description.append(...valueToNodes(value));
    row.append(term, description);
    list.append(row);
  }
  return list;
}

function struck(label: HTMLElement): HTMLElement {
  const element = document.createElement('s');
  element.append(label);
  return element;
}

/** A long value is folded: its beginning, and how long it is. The recorder has cut the longest, and says so itself. */
function valueToNodes(value: string): Node[] {
  if (value.length <= MAX_VALUE) return [code(value)];
  const details = makeElement(document, 'details', 'lab-folded-value');
  const summary = document.createElement('summary');
  summary.append(code(cutText(value, MAX_VALUE)));
  details.append(summary, code(value));
  return [details];
}

function code(content: string): HTMLElement {
  const element = makeElement(document, 'code', '', content);
  element.translate = false;
  return element;
}

customElements.define('lab-stack', LabStack);
