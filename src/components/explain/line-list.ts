/**
 * Line by line: what each line is, its text whole, its meaning beside it. A long list is a row of blocks; those near what is in
 * sight are drawn, the others keep their height.
 */
import { makeElement } from '../../lab/make-element.ts';
import { textToNodes } from '../../lab/marks.ts';
import type { ExplainWords } from './page-data.ts';
import type { PasteHost } from './paste-host.ts';
import { SIGNS, type LinePlace, type ShownLine, type Sign, type Summary } from './told.ts';
import { runName, sentenceToNodes, writeClock, writeNumber } from './write.ts';
import { fill } from '../../lab/words.ts';

/** Lines of a block, and how many are drawn without any windowing. */
const BLOCK = 100;
const MOST_DRAWN = 500;

/** Characters of a line that are drawn at first, and then at each wish: a browser lays out a million for a second. */
const PIECE = 20_000;

/** About how high a line is before it was ever drawn, in rem. */
const LINE_HEIGHT = 2.6;

/** The part of the page with the lines. */
export class LineList {
  readonly root = makeElement(document, 'section', 'explain-lines');
  readonly #host: PasteHost;
  readonly #summary: Summary;
  readonly #words: ExplainWords;
  readonly #language: string;
  readonly #blocks = makeElement(document, 'div', 'line-blocks');
  readonly #note: HTMLElement;
  #sign: Sign | null = null;
  #watch: IntersectionObserver | null = null;

  constructor(host: PasteHost, summary: Summary, words: ExplainWords, language: string) {
    this.#host = host;
    this.#summary = summary;
    this.#words = words;
    this.#language = language;
    const { list } = words.page;
    const head = makeElement(document, 'div', 'explain-part-head');
    const title = makeElement(document, 'h2', 'explain-small', list.title);
    title.id = 'explain-list';
    this.root.setAttribute('aria-labelledby', title.id);
    head.append(title, this.#drawFilter());
    this.#note = makeElement(document, 'p', 'explain-note', list.windowed);
    this.root.append(head, this.#drawUnknown(), this.#note, this.#blocks);
  }

  /** Brings a line into sight and marks it. */
  async goTo({ index }: LinePlace): Promise<void> {
    if (this.#sign !== null) {
      const all = this.root.querySelector<HTMLInputElement>('input[value=""]');
      if (all !== null) all.checked = true;
      this.#sign = null;
      this.draw();
    }
    const block = this.#blocks.children[Math.floor(index / BLOCK)];
    if (!(block instanceof HTMLOListElement)) return;
    await this.#fill(block);
    const line = block.querySelector<HTMLElement>(`[data-index="${String(index)}"]`);
    for (const other of this.#blocks.querySelectorAll('.is-meant')) other.classList.remove('is-meant');
    line?.classList.add('is-meant');
    line?.scrollIntoView({ block: 'center' });
    line?.focus({ preventScroll: true });
  }

  /** Looks at nothing any more. */
  end(): void {
    this.#watch?.disconnect();
  }

  get #count(): number {
    const { signs } = this.#summary;
    return this.#sign === null ? SIGNS.reduce((sum, sign) => sum + signs[sign], 0) : signs[this.#sign];
  }

  /** Draws the lines of the chosen kind. */
  draw(): void {
    this.end();
    const count = this.#count;
    const isWindowed = count > MOST_DRAWN;
    this.#note.hidden = !isWindowed;
    const blocks = Array.from({ length: Math.ceil(count / BLOCK) }, (_, number) => {
      const block = makeElement(document, 'ol', 'line-block');
      block.dataset.from = String(number * BLOCK);
      block.role = 'list';
      setHeight(block, `${String(Math.min(BLOCK, count - number * BLOCK) * LINE_HEIGHT)}rem`);
      return block;
    });
    this.#blocks.replaceChildren(...blocks);
    if (!isWindowed) {
      for (const block of blocks) void this.#fill(block);
      return;
    }
    this.#watch = new IntersectionObserver(
      (entries) => {
        for (const { target, isIntersecting } of entries) {
          if (isIntersecting) void this.#fill(target as HTMLOListElement);
          else empty(target as HTMLOListElement);
        }
      },
      { rootMargin: '1200px 0px' },
    );
    for (const block of blocks) this.#watch.observe(block);
  }

  async #fill(block: HTMLOListElement): Promise<void> {
    if (block.childElementCount > 0) return;
    const from = Number(block.dataset.from);
    const lines = await this.#host.ask('lines', { sign: this.#sign, from, to: from + BLOCK });
    if (block.childElementCount > 0) return;
    let run: number | null | undefined = from === 0 ? undefined : lines[0]?.run;
    const rows: HTMLElement[] = [];
    for (const line of lines) {
      const row = this.#drawLine(line);
      // A copy, or a tool's words, stand between the lines of one invocation without ending it.
      const isBetween = line.run === null && (line.isCopy || line.sign === 'tool' || line.sign === 'unknown');
      if (!isBetween && line.run !== run) {
        row.prepend(this.#drawRun(line.run));
        run = line.run;
      }
      rows.push(row);
    }
    block.append(...rows);
    setHeight(block, '');
  }

  #drawLine({ index, number, text, kind, owner, sign, isCopy }: ShownLine): HTMLElement {
    const { kinds, owners, page } = this.#words;
    const row = makeElement(document, 'li', 'line');
    row.dataset.sign = sign;
    row.dataset.index = String(index);
    row.tabIndex = -1;
    const mark = makeElement(document, 'span', 'line-kind');
    mark.dataset.sign = sign;
    // A frame is whose its file is, in so many words.
    mark.append(drawSign(), kind === 'frame' ? owners[owner] : page.signs[sign]);
    const code = makeElement(document, 'code', 'line-text');
    code.translate = false;
    this.#drawPiece(code, text, 0);
    const means = makeElement(document, 'p', 'line-means');
    if (isCopy) means.append(page.list.copy);
    else if (kind !== 'not-known') means.append(...sentenceToNodes(kinds[kind]));
    row.append(
      makeElement(document, 'span', 'line-number', writeNumber(number, this.#language)),
      mark,
      code,
      means,
    );
    return row;
  }

  /** Draws a line's text from a place on, and the way to the rest of it. */
  #drawPiece(code: HTMLElement, text: string, from: number): void {
    let end = Math.min(text.length, from + PIECE);
    // Two halves of one character stay together.
    if (/[\ud800-\udbff]$/.test(text.slice(from, end))) end += 1;
    code.append(...textToNodes(text.slice(from, end)));
    const count = text.length - end;
    if (count <= 0) return;
    const says = fill(this.#words.page.list.rest, { count: writeNumber(count, this.#language) });
    const more = makeElement(document, 'button', 'button line-rest', says);
    more.type = 'button';
    more.addEventListener('click', () => {
      more.remove();
      this.#drawPiece(code, text, end);
      code.querySelector<HTMLElement>('.line-rest')?.focus({ preventScroll: true });
    });
    code.append(more);
  }

  #drawRun(run: number | null): HTMLElement {
    const { list } = this.#words.page;
    const head = makeElement(document, 'p', 'line-run');
    if (run === null) head.append(list.outside);
    else {
      const told = this.#summary.runs[run];
      const name = runName(run, told?.attempt ?? 1, this.#words.page, this.#language);
      head.append(makeElement(document, 'b', '', name));
      if (typeof told?.from === 'number') head.append(` ${writeClock(told.from)}`);
    }
    return head;
  }

  #drawFilter(): HTMLElement {
    const { list, signs } = this.#words.page;
    const group = makeElement(document, 'fieldset', 'line-filter');
    group.append(makeElement(document, 'legend', 'visually-hidden', list.filter));
    const counts = this.#summary.signs;
    const all = SIGNS.reduce((sum, sign) => sum + counts[sign], 0);
    for (const [sign, count] of [
      [null, all],
      ...SIGNS.map((each) => [each, counts[each]] as const),
    ] as const) {
      // What isn't there needs no button; but that nothing is unknown is worth a word.
      if (count === 0 && sign !== 'unknown') continue;
      const label = document.createElement('label');
      const input = document.createElement('input');
      Object.assign(input, {
        type: 'radio',
        name: 'explain-sign',
        value: sign ?? '',
        checked: sign === null,
      });
      input.disabled = count === 0;
      input.addEventListener('change', () => {
        this.#sign = sign;
        this.draw();
      });
      const name = makeElement(document, 'span', sign === null ? '' : 'line-kind');
      if (sign !== null) {
        name.dataset.sign = sign;
        name.append(drawSign());
      }
      name.append(sign === null ? list.all : signs[sign]);
      label.append(input, name, ` ${writeNumber(count, this.#language)}`);
      group.append(label);
    }
    return group;
  }

  /** The lines that are not known, named by themselves: their count is worth knowing. */
  #drawUnknown(): HTMLElement {
    const { unknown, signs } = this.#summary;
    const { list, line } = this.#words.page;
    const all = makeElement(document, 'details', 'line-unknown');
    all.hidden = unknown.length === 0;
    const form =
      list.unknown[new Intl.PluralRules(this.#language).select(signs.unknown) === 'one' ? 'one' : 'other'];
    const points = makeElement(document, 'ul', '');
    for (const each of unknown) {
      const point = document.createElement('li');
      const link = makeElement(
        document,
        'a',
        '',
        fill(line, { number: writeNumber(each.number, this.#language) }),
      );
      link.href = '#explain-list';
      link.addEventListener('click', (event) => {
        event.preventDefault();
        void this.goTo(each);
      });
      const code = document.createElement('code');
      code.append(...textToNodes(each.text.slice(0, 200)));
      code.translate = false;
      point.append(link, ' ', code);
      points.append(point);
    }
    const rest = signs.unknown - unknown.length;
    if (rest > 0)
      points.append(
        makeElement(document, 'li', '', fill(list.unknownMore, { count: writeNumber(rest, this.#language) })),
      );
    all.append(
      makeElement(document, 'summary', '', fill(form, { count: writeNumber(signs.unknown, this.#language) })),
      points,
    );
    return all;
  }
}

function drawSign(): HTMLElement {
  const sign = makeElement(document, 'span', 'line-sign');
  sign.ariaHidden = 'true';
  return sign;
}

function setHeight(block: HTMLElement, height: string): void {
  block.style.blockSize = height;
}

function empty(block: HTMLOListElement): void {
  // What somebody is at stays.
  if (block.childElementCount === 0 || block.contains(document.activeElement)) return;
  setHeight(block, `${String(block.getBoundingClientRect().height)}px`);
  block.replaceChildren();
}
