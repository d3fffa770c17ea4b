/** What a share would hold: the whole masked text, first of all; then a link to it, or a file. */
import { copyText } from '../../lab/copy-text.ts';
import { makeElement } from '../../lab/make-element.ts';
import { takeAsTyped } from '../../lab/composing.ts';
import { fill, fillPlural } from '../../lab/words.ts';
import type { MaskKind } from '../../explain/masking/masks.ts';
import { ShareFault, writeShareLink } from '../../explain/share-record.ts';
import { MOST_LINES_SHARED } from './limits.ts';
import type { ExplainWords } from './page-data.ts';
import type { PasteHost } from './paste-host.ts';
import type { MaskedText } from './told.ts';
import { writeNumber } from './write.ts';

/** The part of the page that shares. */
export class ShareBox {
  readonly root = makeElement(document, 'section', 'explain-share');
  readonly #host: PasteHost;
  readonly #words: ExplainWords['page'];
  readonly #language: string;
  readonly #status = makeElement(document, 'p', 'explain-note');
  readonly #inside = makeElement(document, 'div', 'explain-share-inside');
  #extra: readonly string[] = [];
  #isOpen = false;

  constructor(host: PasteHost, { page: words }: ExplainWords, language: string) {
    this.#host = host;
    this.#words = words;
    this.#language = language;
    const title = makeElement(document, 'h2', 'explain-small', words.share.title);
    title.id = 'explain-share';
    title.tabIndex = -1;
    this.root.setAttribute('aria-labelledby', title.id);
    this.#status.role = 'status';
    this.root.append(title, this.#inside, this.#status);
    this.root.hidden = true;
  }

  /** Masks the lines and shows what came of it. */
  async open(): Promise<void> {
    this.root.hidden = false;
    if (!this.#isOpen) {
      this.#isOpen = true;
      await this.#mask();
    }
    this.root.scrollIntoView({ block: 'start' });
    this.root.querySelector<HTMLElement>('#explain-share')?.focus({ preventScroll: true });
  }

  async #mask(): Promise<MaskedText | null> {
    const { share } = this.#words;
    const masked = await this.#host.ask('mask', { words: this.#extra });
    if (masked === null) {
      const lines = writeNumber(MOST_LINES_SHARED, this.#language);
      this.#inside.replaceChildren(makeElement(document, 'p', '', fill(share.tooMuch, { lines })));
      return null;
    }
    const lines = fillPlural(this.#words.lines, masked.lines, this.#language);
    const text = makeElement(document, 'pre', 'explain-share-text');
    text.tabIndex = 0;
    text.role = 'group';
    text.ariaLabel = share.label;
    text.translate = false;
    text.textContent = masked.text;
    const sums = Object.entries(masked.counts).map(([kind, count]) =>
      fillPlural(this.#words.masks[kind as MaskKind], count, this.#language),
    );
    const says =
      sums.length === 0
        ? share.maskedNone
        : fill(share.masked, { list: new Intl.ListFormat(this.#language).format(sums) });
    this.#inside.replaceChildren(
      makeElement(document, 'p', '', fill(share.text, { lines })),
      text,
      makeElement(document, 'p', 'explain-note', `${says}${this.#language === 'ja' ? '' : ' '}${share.stay}`),
      this.#drawWords(masked),
      this.#drawActs(masked),
    );
    return masked;
  }

  #drawWords(masked: MaskedText): HTMLElement {
    const { share } = this.#words;
    const form = makeElement(document, 'form', 'explain-mask');
    const label = makeElement(document, 'label', '', share.word);
    label.htmlFor = 'explain-mask';
    const input = document.createElement('input');
    Object.assign(input, { id: 'explain-mask', type: 'text', maxLength: 1000 });
    takeAsTyped(input);
    const button = makeElement(document, 'button', 'button', share.mask);
    form.append(label, input, button);
    for (const word of this.#extra) {
      const again = makeElement(document, 'button', 'button is-quiet', fill(share.unmask, { word }));
      again.type = 'button';
      again.addEventListener('click', () => {
        this.#extra = this.#extra.filter((other) => other !== word);
        void this.#mask().then(() => this.root.querySelector<HTMLElement>('#explain-mask')?.focus());
      });
      form.append(again);
    }
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      void this.#maskWord(input.value.trim(), masked);
    });
    return form;
  }

  async #maskWord(word: string, masked: MaskedText): Promise<void> {
    const { share } = this.#words;
    if (word === '') this.#say(share.wordEmpty);
    else if (!masked.text.toLowerCase().includes(word.toLowerCase()))
      this.#say(fill(share.wordMissing, { word }));
    else {
      this.#extra = [...new Set([...this.#extra, word])];
      await this.#mask();
      this.#say(fill(share.wordMasked, { word }));
    }
    this.root.querySelector<HTMLElement>('#explain-mask')?.focus();
  }

  #drawActs({ text }: MaskedText): HTMLElement {
    const { share, result } = this.#words;
    const say = (sentence: string): void => {
      this.#say(sentence);
    };
    const acts = makeElement(document, 'p', 'explain-acts');
    const add = (className: string, words: string, act: () => unknown): void => {
      const button = makeElement(document, 'button', className, words);
      button.type = 'button';
      button.addEventListener('click', act);
      acts.append(button);
    };
    add('button is-main', share.link, async () => {
      try {
        const link = `${location.origin}${location.pathname}${await writeShareLink(text)}`;
        await copyText(link, say, { copied: share.linkReady, notCopied: result.notCopied });
      } catch (error) {
        if (!(error instanceof ShareFault)) throw error;
        say(error.key === 'long' ? share.tooLong : this.#words.link[error.key]);
      }
    });
    add('button', share.copyText, () => copyText(text, say, result));
    add('button', share.file, () => {
      const address = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
      Object.assign(document.createElement('a'), { href: address, download: 'masked-log.txt' }).click();
      setTimeout(() => {
        URL.revokeObjectURL(address);
      }, 10_000);
    });
    return acts;
  }

  #say(sentence: string): void {
    this.#status.textContent = sentence;
  }
}
