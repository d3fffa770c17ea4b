/** What a paste is found to be: one sentence, what ran when, what the lines show beside what they don't, the table, the lines. */
import { ownValue } from '../../trace/own-value.ts';
import { copyText } from '../../lab/copy-text.ts';
import { makeElement } from '../../lab/make-element.ts';
import { fill } from '../../lab/words.ts';
import { sayFinding } from '../../explain/say.ts';
import { LineList } from './line-list.ts';
import type { ExplainPageData, PageLink } from './page-data.ts';
import type { PasteHost } from './paste-host.ts';
import { RunsTable } from './runs-table.ts';
import { ShareBox } from './share-box.ts';
import { drawTimeLine } from './time-line.ts';
import type { LinePlace, ShownFinding, Summary } from './told.ts';
import { sentenceToNodes, writeNumber } from './write.ts';

/** The page's result, for one paste. */
export class ResultView {
  readonly root: HTMLElement;
  readonly #summary: Summary;
  readonly #data: ExplainPageData;
  readonly #language: string;
  readonly #lines: LineList;
  readonly #share: ShareBox;
  #hasEnded = false;

  constructor(root: HTMLElement, host: PasteHost, summary: Summary, data: ExplainPageData, language: string) {
    this.root = root;
    this.#summary = summary;
    this.#data = data;
    this.#language = language;
    const { words } = data;
    this.#lines = new LineList(host, summary, words, language);
    this.#share = new ShareBox(host, words, language);
    const goTo = (place: LinePlace): void => {
      void this.#lines.goTo(place);
    };
    const first = [
      this.#drawVerdict(),
      drawTimeLine(summary, words, language, goTo),
      this.#drawFindings(goTo),
    ];
    root.replaceChildren(...first.filter((part) => part !== null));
    // The answer is in sight: what's below comes in a task of its own, so that neither takes a frame.
    setTimeout(() => {
      if (this.#hasEnded) return;
      const table = summary.runCount === 0 ? null : new RunsTable(host, words, language, goTo).root;
      this.#lines.draw();
      const others = [table, this.#lines.root, this.#drawNext(), this.#share.root];
      root.append(...others.filter((part) => part !== null));
    });
  }

  /** The whole masked text, and how to share it. */
  openShare(): Promise<void> {
    return this.#share.open();
  }

  /** The sentences as text, for a ticket or a mail. */
  async copySummary(say: (sentence: string) => void): Promise<void> {
    const { shows, leaves, result } = this.#data.words.page;
    const [first, ...others] = this.#summary.findings;
    const list = (title: string, findings: readonly ShownFinding[]): readonly string[] =>
      findings.length === 0 ? [] : ['', title, ...findings.map((each) => `- ${this.#textOf(each)}`)];
    const text = [
      ...(first === undefined ? [] : [this.#textOf(first)]),
      ...list(
        shows,
        others.filter(({ isShown }) => isShown),
      ),
      ...list(
        leaves,
        others.filter(({ isShown }) => !isShown),
      ),
    ];
    await copyText(`${text.join('\n')}\n`, say, result);
  }

  /** Ends what it does by itself. */
  end(): void {
    this.#hasEnded = true;
    this.#lines.end();
  }

  #drawVerdict(): HTMLElement | null {
    const [first] = this.#summary.findings;
    if (first === undefined) return null;
    const verdict = makeElement(document, 'section', 'explain-verdict');
    const failed = this.#summary.runs.some(({ outcome }) => outcome !== 'success' && outcome !== 'unknown');
    if (failed || this.#summary.errors.length > 0) verdict.dataset.end = 'error';
    const heading = document.createElement('h2');
    heading.tabIndex = -1;
    heading.append(...this.#nodesOf(first));
    verdict.append(heading);
    const links = this.#summary.errors.flatMap((id) => ownValue(this.#data.errors, id) ?? []);
    if (links.length > 0) {
      const text = document.createElement('p');
      for (const [index, { title, href }] of links.entries())
        text.append(
          ...(index === 0 ? [] : [' · ']),
          drawLink({ title: fill(this.#data.words.page.result.error, { title }), href }),
        );
      verdict.append(text);
    }
    return verdict;
  }

  #drawFindings(goTo: (place: LinePlace) => void): HTMLElement | null {
    const { page } = this.#data.words;
    const [, ...others] = this.#summary.findings;
    const draw = (
      id: string,
      title: string,
      findings: readonly ShownFinding[],
      none: string,
    ): HTMLElement => {
      const part = document.createElement('section');
      const heading = makeElement(document, 'h2', 'explain-small', title);
      heading.id = id;
      part.setAttribute('aria-labelledby', id);
      const list = makeElement(document, 'ul', 'explain-said');
      list.classList.toggle('is-open', id === 'explain-leaves');
      for (const finding of findings) {
        const item = document.createElement('li');
        item.append(...this.#nodesOf(finding));
        const [place] = finding.places;
        if (place !== undefined) {
          const number = writeNumber(place.number, this.#language);
          const link = drawLink({ title: fill(page.line, { number }), href: '#explain-list' });
          link.addEventListener('click', (event) => {
            event.preventDefault();
            goTo(place);
          });
          item.append(' ', link);
        }
        list.append(item);
      }
      part.append(heading, findings.length === 0 ? makeElement(document, 'p', 'explain-note', none) : list);
      return part;
    };
    const both = makeElement(document, 'div', 'explain-two');
    const shown = others.filter(({ isShown }) => isShown);
    if (shown.length > 0) both.append(draw('explain-shows', page.shows, shown, ''));
    both.append(
      draw(
        'explain-leaves',
        page.leaves,
        others.filter(({ isShown }) => !isShown),
        page.leavesNone,
      ),
    );
    return both;
  }

  #drawNext(): HTMLElement | null {
    const { next } = this.#data.words.page;
    const links = new Map<string, PageLink>();
    const errors = this.#summary.errors.flatMap((id) => ownValue(this.#data.errors, id) ?? []);
    for (const { title, href, lab } of errors) {
      links.set(href, { title: fill(next.mend, { title }), href });
      if (lab !== null) links.set(lab.href, { title: fill(next.lab, { title: lab.title }), href: lab.href });
    }
    for (const id of this.#summary.articles) {
      const article = ownValue(this.#data.articles, id);
      if (article !== undefined) links.set(article.href, article);
    }
    if (links.size === 0) return null;
    const part = document.createElement('section');
    const heading = makeElement(document, 'h2', 'explain-small', next.title);
    heading.id = 'explain-next';
    part.setAttribute('aria-labelledby', heading.id);
    const list = makeElement(document, 'ul', 'explain-next');
    list.append(
      ...Array.from(links.values(), (link) => {
        const item = document.createElement('li');
        item.append(drawLink(link));
        return item;
      }),
    );
    part.append(heading, list);
    return part;
  }

  #nodesOf(finding: ShownFinding): readonly (Node | string)[] {
    return sentenceToNodes(sayFinding(finding, this.#data.words.findings, this.#language));
  }

  #textOf(finding: ShownFinding): string {
    return sayFinding(finding, this.#data.words.findings, this.#language).replaceAll('`', '');
  }
}

function drawLink({ title, href }: PageLink): HTMLAnchorElement {
  const link = makeElement(document, 'a', '', title);
  link.href = href;
  return link;
}
