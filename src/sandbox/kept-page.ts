/** When does a browser show a page again that it had kept, frozen, while the reader was elsewhere? */

/** Calls back whenever the browser shows the page again that it had kept, as it was, when the reader left. */
export type OnRestored = (callback: () => void) => void;

/** The same for the page's own window. */
export function restoredIn(page: Window): OnRestored {
  return (callback) => {
    page.addEventListener('pageshow', ({ persisted }) => {
      if (persisted) callback();
    });
  };
}
