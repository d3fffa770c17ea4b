/** The text of a file of the platform, with its colours: that of the file's own page. */

/** A block of code from a page of the site, taken over into this document. Rejects when there is none. */
export async function fetchBlock(address: URL | string, document: Document): Promise<HTMLPreElement> {
  const url = new URL(address, document.baseURI);
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url.pathname} answered ${String(response.status)}.`);
  const page = new DOMParser().parseFromString(await response.text(), 'text/html');
  const block = page.querySelector<HTMLPreElement>('main pre.code');
  if (block === null) throw new Error(`${url.pathname} holds no code.`);
  // The lines keep their numbers; their ids belong to the page that they come from.
  for (const line of block.querySelectorAll('[id]')) line.removeAttribute('id');
  return document.adoptNode(block);
}

/** The text of such a block. A page shows no line after a file's last newline; every file that is not empty ends with one. */
export function blockToText(block: Element): string {
  const text = block.textContent;
  return text === '' ? '' : `${text}\n`;
}
