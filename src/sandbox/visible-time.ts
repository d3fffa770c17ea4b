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
