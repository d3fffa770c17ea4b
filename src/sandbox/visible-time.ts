/** How long the reader has waited: time counts only while the page is visible. */

/** What counting time needs of the page. */
export interface Clock {
  /** Milliseconds that only go forward. */
  readonly now: () => number;
  readonly after: (milliseconds: number, callback: () => void) => () => void;
  readonly isVisible: () => boolean;
  /** Calls back at each change of visibility; gives the end of it. */
  readonly onVisibility: (callback: () => void) => () => void;
}

/** Calls back once after so many milliseconds of visible time; gives the way to call it off. */
export function afterVisible(clock: Clock, milliseconds: number, callback: () => void): () => void {
  let left = milliseconds;
  let since = 0;
  let cancel: (() => void) | null = null;
  const pause = (): void => {
    if (cancel === null) return;
    cancel();
    cancel = null;
    left -= clock.now() - since;
  };
  const resume = (): void => {
    since = clock.now();
    cancel = clock.after(Math.max(0, left), () => {
      end();
      callback();
    });
  };
  const forget = clock.onVisibility(() => {
    pause();
    if (clock.isVisible()) resume();
  });
  const end = (): void => {
    cancel?.();
    cancel = null;
    forget();
  };
  if (clock.isVisible()) resume();
  return end;
}

/** A clock that may be held, as if the reader looked away: while a run waits for a file, its time stands still. */
export class HoldingClock implements Clock {
  readonly #clock: Clock;
  readonly #listeners = new Set<() => void>();
  #isHeld = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  readonly now = (): number => this.#clock.now();

  readonly after = (milliseconds: number, callback: () => void): (() => void) =>
    this.#clock.after(milliseconds, callback);

  readonly isVisible = (): boolean => !this.#isHeld && this.#clock.isVisible();

  readonly onVisibility = (callback: () => void): (() => void) => {
    this.#listeners.add(callback);
    const forget = this.#clock.onVisibility(callback);
    return () => {
      this.#listeners.delete(callback);
      forget();
    };
  };

  /** Holds it, or lets it go on. */
  hold(isHeld: boolean): void {
    this.#isHeld = isHeld;
    for (const listener of [...this.#listeners]) listener();
  }
}

/** The page's own clock. */
export function pageClock(page: Document): Clock {
  return {
    now: () => performance.now(),
    after: (milliseconds, callback) => {
      const timer = setTimeout(callback, milliseconds);
      return () => {
        clearTimeout(timer);
      };
    },
    isVisible: () => !page.hidden,
    onVisibility: (callback) => {
      page.addEventListener('visibilitychange', callback);
      return () => {
        page.removeEventListener('visibilitychange', callback);
      };
    },
  };
}
