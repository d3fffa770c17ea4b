/**
 * `<site-theme>`: the choice between the system's theme, light and dark. Without JavaScript it is
 * never defined, so it stays invisible (`styles/parts/header.css`) and the system's theme stands. The choice is kept
 * under `theme`, where the inline script of the layout reads it before the page is painted.
 */
class SiteTheme extends HTMLElement {
  #listening = new AbortController();

  connectedCallback(): void {
    const select = this.querySelector('select');
    if (select === null) return;
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    select.value = document.documentElement.dataset.theme ?? 'system';
    select.addEventListener(
      'change',
      () => {
        choose(select.value);
      },
      { signal },
    );
    // Another tab of the site may choose too.
    addEventListener(
      'storage',
      ({ key, newValue }) => {
        if (key !== 'theme') return;
        show(newValue ?? 'system');
        select.value = newValue ?? 'system';
      },
      { signal },
    );
  }

  disconnectedCallback(): void {
    this.#listening.abort();
  }
}

function choose(theme: string): void {
  show(theme);
  try {
    if (theme === 'system') localStorage.removeItem('theme');
    else localStorage.setItem('theme', theme);
  } catch {
    // Storage is forbidden: the choice holds for this page.
  }
}

function show(theme: string): void {
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
  else delete document.documentElement.dataset.theme;
}

customElements.define('site-theme', SiteTheme);
