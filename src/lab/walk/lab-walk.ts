/**
 * `<lab-walk>`: words beside a lab that stays in sight. A sentence that is pressed brings the lab to its moment and stays
 * where it is; when the lab goes on, the sentence of the next moment is scrolled to the height of the last one. Scrolling
 * alone moves nothing, unless the reader asks for it. In a narrow window the lab shows its code alone, and opens whole.
 */
import { findPart } from '../find-part.ts';
import { heightFor, readingLine, sentenceAt, type FreeArea } from './reading-place.ts';
import { staysInSight } from './stays-in-sight.ts';

/** What words and a lab beside each other take at least, in root em: queries of the window know nothing of letters that are larger than the browser's. */
const ROOM = 52;

class LabWalk extends HTMLElement {
  #listening = new AbortController();
  readonly #calm = matchMedia('(prefers-reduced-motion: reduce)');
  /** The sentence that was current last. */
  #last: HTMLAnchorElement | null = null;
  /** The sentence that was asked for, until the lab is at its moment: that one stays where it is. */
  #asked: HTMLAnchorElement | null = null;
  /** Where the last sentence will stand when the page has come to rest; null while it is at rest. */
  #rest: number | null = null;
  #isDrawn = true;
  readonly #room = new ResizeObserver(() => {
    const em = parseFloat(getComputedStyle(document.documentElement).fontSize);
    this.classList.toggle('is-tight', this.clientWidth < ROOM * em);
  });

  connectedCallback(): void {
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    this.addEventListener(
      'click',
      (event) => {
        this.#press(event);
      },
      { signal, capture: true },
    );
    this.addEventListener(
      'lab-go',
      () => {
        this.#asked = null;
      },
      { signal },
    );
    this.addEventListener(
      'lab-moment',
      ({ detail: { lab, stop, step } }) => {
        if (step !== null) this.#arrive(lab, stop);
      },
      { signal },
    );
    addEventListener(
      'scroll',
      () => {
        if (this.#isFollowing) this.#followSoon();
      },
      { signal, passive: true },
    );
    // The page has come to rest, or the reader takes it into their own hands.
    for (const end of ['scrollend', 'wheel', 'touchmove'] as const) {
      document.addEventListener(
        end,
        () => {
          this.#rest = null;
        },
        { signal, passive: true },
      );
    }
    this.#listenToOpen(signal);
    this.#room.observe(this);
    // The lab may have come to the address's moment before this was here.
    const current = this.#sentences.find((link) => link.hasAttribute('aria-current'));
    if (current !== undefined) this.#bring(current);
  }

  disconnectedCallback(): void {
    this.#listening.abort();
    this.#room.disconnect();
  }

  /** A sentence is pressed. A press that asks for a new tab gets it; where nothing stays in sight, the link leads to the lab. */
  #press(event: MouseEvent): void {
    const link =
      event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('lab-step a') : null;
    if (link === null || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    if (!this.#words.contains(link) || !staysInSight(this.#lab)) return;
    event.preventDefault();
    this.#choose(link);
  }

  #choose(link: HTMLAnchorElement): void {
    this.#last = link;
    this.#asked = link;
    this.#rest = null;
    history.replaceState(history.state, '', link.hash);
    dispatchEvent(new HashChangeEvent('hashchange'));
  }

  /** The lab is at a moment. */
  #arrive(lab: string, stop: string): void {
    const belongs = (link: HTMLAnchorElement): boolean => {
      const { lab: ofLab, stop: ofStop } = link.closest<HTMLElement>('lab-step')?.dataset ?? {};
      return ofLab === lab && ofStop === stop;
    };
    if (this.#asked !== null) {
      // Until then the lab passes through what was asked for before.
      if (belongs(this.#asked)) this.#asked = null;
      return;
    }
    const sentences = this.#sentences;
    const next = sentences.slice(this.#last === null ? 0 : sentences.indexOf(this.#last));
    const link = next.find(belongs) ?? sentences.find(belongs);
    if (link !== undefined) this.#bring(link);
    else if (staysInSight(this.#lab)) this.#bench.scrollIntoView({ block: 'nearest' });
  }

  /** Brings a sentence to where the last one stands. */
  #bring(link: HTMLAnchorElement): void {
    const last = this.#last;
    this.#last = link;
    if (link === last || !staysInSight(this.#lab)) return;
    const top = topOf(link);
    const before = this.#rest ?? (last === null ? null : topOf(last));
    const height = heightFor(top, before, this.#free);
    const { scrollHeight, clientHeight } = document.documentElement;
    const goal = Math.min(Math.max(scrollY + top - height, 0), scrollHeight - clientHeight);
    const isThere = Math.abs(goal - scrollY) < 1;
    // A page that glides elsewhere is to stay where it is.
    if (isThere && this.#rest === null) return;
    this.#rest = this.#calm.matches || isThere ? null : top - (goal - scrollY);
    scrollTo({ top: goal, behavior: this.#calm.matches ? 'instant' : 'smooth' });
  }

  get #isFollowing(): boolean {
    return (
      findPart(this, '.walk-follow input', HTMLInputElement).checked &&
      !this.#calm.matches &&
      this.#rest === null &&
      staysInSight(this.#lab)
    );
  }

  /** The lab comes to the sentence that is read, once a frame at most. */
  #followSoon(): void {
    if (!this.#isDrawn) return;
    this.#isDrawn = false;
    requestAnimationFrame(() => {
      this.#isDrawn = true;
      const line = readingLine(this.#free);
      const sentences = this.#sentences;
      const link = sentences[sentenceAt(sentences.map(topOf), line)];
      const isPast = this.#words.getBoundingClientRect().bottom < line;
      if (link === undefined || isPast || link === this.#last) return;
      this.#choose(link);
    });
  }

  #listenToOpen(signal: AbortSignal): void {
    const button = findPart(this, '.walk-open', HTMLButtonElement);
    const words = { open: button.textContent, name: button.ariaLabel, close: button.dataset.close ?? '' };
    const open = (isWhole: boolean): void => {
      this.#bench.classList.toggle('is-whole', isWhole);
      button.ariaExpanded = String(isWhole);
      button.textContent = isWhole ? words.close : words.open;
      button.ariaLabel = isWhole ? words.close : words.name;
    };
    const close = (): void => {
      if (this.#isWhole) open(false);
    };
    button.addEventListener(
      'click',
      () => {
        open(!this.#isWhole);
      },
      { signal },
    );
    // What a run prints is not seen beside the code.
    this.addEventListener(
      'lab-run',
      () => {
        open(true);
      },
      { signal },
    );
    this.addEventListener(
      'keydown',
      ({ key, target }) => {
        // In code, and in an open list, the key has a meaning of its own.
        const isTaken = target instanceof Element && target.closest('lab-code, details[open]') !== null;
        if (key !== 'Escape' || !this.#isWhole || isTaken) return;
        close();
        button.focus({ preventScroll: true });
      },
      { signal, capture: true },
    );
    // What has the focus is never covered.
    document.addEventListener(
      'focusin',
      ({ target }) => {
        if (target instanceof Node && !this.#bench.contains(target)) close();
      },
      { signal },
    );
    matchMedia('(width >= 75rem)').addEventListener('change', close, { signal });
  }

  get #isWhole(): boolean {
    return this.#bench.classList.contains('is-whole');
  }

  get #bench(): HTMLElement {
    return findPart(this, '.walk-bench', HTMLElement);
  }

  get #words(): HTMLElement {
    return findPart(this, '.walk-words', HTMLElement);
  }

  /** The lab; of several platforms any. */
  get #lab(): HTMLElement {
    return findPart(this, 'lab-root', HTMLElement);
  }

  get #sentences(): readonly HTMLAnchorElement[] {
    return [...this.#words.querySelectorAll<HTMLAnchorElement>('lab-step a')];
  }

  /** What the words have of the window: all its height beside the lab, and what is below it in a narrow one. */
  get #free(): FreeArea {
    const bench = this.#bench;
    const isBeside = bench.offsetLeft >= this.#words.offsetLeft + this.#words.offsetWidth;
    const covered = this.#isWhole ? parseFloat(getComputedStyle(this).paddingTop) : bench.offsetHeight;
    return { top: isBeside ? 0 : covered, bottom: innerHeight };
  }
}

/** Where a sentence begins: one that wraps has a box for each of its lines. */
function topOf(link: HTMLAnchorElement): number {
  return link.getClientRects()[0]?.top ?? 0;
}

customElements.define('lab-walk', LabWalk);
