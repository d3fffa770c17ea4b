/** `<site-offline>`: what this browser keeps of the site, as the worker says; keeps more, or forgets it all. */
import type { FromWorker, KeptState, ToWorker } from '../../offline/messages.ts';
import { bytesToMegabytes, fill } from '../../lab/words.ts';

class SiteOffline extends HTMLElement {
  connectedCallback(): void {
    const { serviceWorker } = navigator as { readonly serviceWorker?: ServiceWorkerContainer };
    const ask = (type: 'state' | 'keep' | 'forget'): void => {
      serviceWorker?.ready.then(
        ({ waiting, active }) => {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = ({ data }: MessageEvent<FromWorker>) => {
            this.#hear(data);
          };
          (waiting ?? active)?.postMessage({ type } satisfies ToWorker, [port2]);
        },
        () => undefined,
      );
    };
    this.#button('keep').addEventListener('click', () => {
      // The browser may ask; the answer changes nothing of what happens now.
      navigator.storage.persist().catch(() => undefined);
      ask('keep');
    });
    this.#button('forget').addEventListener('click', () => {
      ask('forget');
    });
    // The worker shows this page in place of one that it does not have.
    this.#part('not-here').hidden = location.pathname === this.dataset.address;
    ask('state');
  }

  #hear(message: FromWorker): void {
    const status = this.#part('status');
    const keep = this.#button('keep');
    switch (message.type) {
      case 'state':
        this.#show(message.state);
        break;
      case 'keeping':
        status.textContent = this.#fill('keeping', message.received, message.total);
        break;
      case 'failed':
        status.textContent = this.dataset[message.reason] ?? '';
        break;
    }
    keep.setAttribute('aria-disabled', String(message.type === 'keeping'));
  }

  #show({ pages, bytes, missing }: KeptState): void {
    this.#part('without').hidden = true;
    this.#part('with').hidden = false;
    this.#part('status').textContent = missing === 0 ? (this.dataset.kept ?? '') : '';
    const keep = this.#button('keep');
    keep.hidden = missing === 0;
    keep.textContent = this.#fill('keep', missing);
    this.#part('used').textContent = this.#fill('used', bytes);
    const base = this.dataset.base ?? '';
    const links = pages.map(({ path, title }) => {
      const link = document.createElement('a');
      link.href = base + path;
      link.textContent = title;
      link.lang = path.split('/', 1)[0] ?? '';
      const item = document.createElement('li');
      item.append(link);
      return item;
    });
    this.#part('pages').replaceChildren(...links);
  }

  #fill(name: 'keep' | 'keeping' | 'used', bytes: number, total = 0): string {
    const [size, whole] = [bytes, total].map((each) => bytesToMegabytes(each, document.documentElement.lang));
    return fill(this.dataset[name] ?? '', { size: size ?? '', total: whole ?? '' });
  }

  #part(name: string): HTMLElement {
    const part = this.querySelector<HTMLElement>(`[data-part="${name}"]`);
    if (part === null) throw new TypeError(`The page has no part "${name}".`);
    return part;
  }

  #button(name: 'keep' | 'forget'): HTMLButtonElement {
    return this.#part(name) as HTMLButtonElement;
  }
}

customElements.define('site-offline', SiteOffline);
