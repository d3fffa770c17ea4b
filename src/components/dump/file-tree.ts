/**
 * The files of a dump as a tree, by the ARIA Authoring Practices: one of its rows is in the page's Tab order, the arrow keys move
 * and open, Enter shows a file. A folder's rows are made when it's opened.
 * https://www.w3.org/WAI/ARIA/apg/patterns/treeview/
 */
import { makeElement } from '../../lab/make-element.ts';
import type { ListedFile } from './told.ts';
import { codeOf, writeSize } from './write.ts';

interface Folder {
  readonly folders: Map<string, Folder>;
  readonly files: ListedFile[];
}

/** The tree. */
export class FileTree {
  readonly root = makeElement(document, 'ul', 'dump-tree');
  readonly #language: string;
  readonly #open: (path: string) => void;
  readonly #folders = new WeakMap<Element, { readonly folder: Folder; readonly path: string }>();

  /** `open` is called with the path of the file that is chosen. */
  constructor(files: readonly ListedFile[], label: string, language: string, open: (path: string) => void) {
    this.#language = language;
    this.#open = open;
    this.root.role = 'tree';
    this.root.setAttribute('aria-label', label);
    this.root.append(...this.#rowsOf(toFolder(files), '', 1));
    this.#unfoldOnly(this.root);
    const [first] = this.#rows;
    if (first !== undefined) first.tabIndex = 0;
    this.root.addEventListener('click', ({ target }) => {
      const row = target instanceof Element ? target.closest<HTMLElement>('[role="treeitem"]') : null;
      if (row === null) return;
      this.#stand(row);
      this.#act(row);
    });
    this.root.addEventListener('keydown', (event) => {
      if (event.altKey || event.ctrlKey || event.metaKey) return;
      const row =
        event.target instanceof HTMLElement ? event.target.closest<HTMLElement>('[role="treeitem"]') : null;
      if (row !== null && this.#press(event.key, row)) event.preventDefault();
    });
  }

  /** Marks the file that is shown, and opens the folders around it. */
  mark(path: string): void {
    const parts = path.split('/');
    for (let depth = 1; depth < parts.length; depth += 1) {
      const row = this.#rowOf(parts.slice(0, depth).join('/'));
      if (row !== null) this.#unfold(row, true);
    }
    for (const row of this.root.querySelectorAll('[aria-selected="true"]'))
      row.setAttribute('aria-selected', 'false');
    const row = this.#rowOf(path);
    if (row === null) return;
    row.setAttribute('aria-selected', 'true');
    this.#stand(row, false);
    this.#reveal(row);
  }

  /** Only the tree scrolls, never the page. */
  #reveal(row: HTMLElement): void {
    const { root } = this;
    const line = row.querySelector('.dump-row') ?? row;
    const [outer, inner] = [root.getBoundingClientRect(), line.getBoundingClientRect()];
    if (inner.top < outer.top || inner.bottom > outer.bottom)
      root.scrollTop += inner.top - outer.top - outer.height / 3;
  }

  #rowOf(path: string): HTMLElement | null {
    return this.root.querySelector<HTMLElement>(`[role="treeitem"][data-path="${CSS.escape(path)}"]`);
  }

  get #rows(): HTMLElement[] {
    const all = this.root.querySelectorAll<HTMLElement>('[role="treeitem"]');
    return [...all].filter((row) => row.parentElement?.closest('[aria-expanded="false"]') === null);
  }

  #rowsOf({ folders, files }: Folder, above: string, level: number): HTMLElement[] {
    const byName =
      <Item>(name: (item: Item) => string) =>
      (one: Item, other: Item): number =>
        name(one) < name(other) ? -1 : 1;
    return [
      ...[...folders].sort(byName(([name]) => name)).map(([name, folder]) => {
        const path = `${above}${name}`;
        const row = this.#row(path, name, level, '');
        row.setAttribute('aria-expanded', 'false');
        this.#folders.set(row, { folder, path });
        return row;
      }),
      ...files
        .toSorted(byName(({ path }) => path))
        .map(({ path, bytes }) =>
          this.#row(path, path.slice(above.length), level, writeSize(bytes, this.#language)),
        ),
    ];
  }

  #row(path: string, name: string, level: number, size: string): HTMLElement {
    const row = makeElement(document, 'li', '');
    row.role = 'treeitem';
    row.tabIndex = -1;
    row.dataset.path = path;
    row.setAttribute('aria-level', String(level));
    row.setAttribute('aria-selected', 'false');
    const line = makeElement(document, 'span', 'dump-row');
    const sign = makeElement(document, 'span', 'dump-fold');
    sign.setAttribute('aria-hidden', 'true');
    line.append(sign, codeOf(name));
    if (size !== '') line.append(makeElement(document, 'span', 'dump-size', size));
    row.append(line);
    return row;
  }

  #act(row: HTMLElement): void {
    const { path = '' } = row.dataset;
    if (this.#folders.has(row)) this.#unfold(row, row.getAttribute('aria-expanded') !== 'true');
    else this.#open(path);
  }

  #unfold(row: HTMLElement, isOpen: boolean): void {
    const held = this.#folders.get(row);
    if (held === undefined) return;
    row.setAttribute('aria-expanded', String(isOpen));
    if (!isOpen || row.querySelector(':scope > ul') !== null) return;
    const list = makeElement(document, 'ul', '');
    list.role = 'group';
    const level = Number(row.getAttribute('aria-level')) + 1;
    list.append(...this.#rowsOf(held.folder, `${held.path}/`, level));
    row.append(list);
    this.#unfoldOnly(list);
  }

  /** A folder that is alone has nothing to choose from. */
  #unfoldOnly(list: Element): void {
    const [only, other] = list.children;
    if (only instanceof HTMLElement && other === undefined) this.#unfold(only, true);
  }

  /** The row that is in the page's Tab order, with the focus or without. */
  #stand(row: HTMLElement, hasFocus = true): void {
    for (const one of this.root.querySelectorAll<HTMLElement>('[tabindex="0"]')) one.tabIndex = -1;
    row.tabIndex = 0;
    if (!hasFocus) return;
    row.focus({ preventScroll: true });
    this.#reveal(row);
  }

  /** Whether the key is one of the tree's. */
  #press(key: string, row: HTMLElement): boolean {
    const rows = this.#rows;
    const at = rows.indexOf(row);
    const go = (to: HTMLElement | null | undefined): true => {
      if (to !== null && to !== undefined) this.#stand(to);
      return true;
    };
    const expanded = row.getAttribute('aria-expanded');
    switch (key) {
      case 'ArrowDown':
        return go(rows[at + 1]);
      case 'ArrowUp':
        return go(rows[at - 1]);
      case 'Home':
        return go(rows[0]);
      case 'End':
        return go(rows.at(-1));
      case 'ArrowRight':
        if (expanded === 'true') return go(rows[at + 1]);
        this.#unfold(row, true);
        return true;
      case 'ArrowLeft':
        if (expanded !== 'true') return go(row.parentElement?.closest<HTMLElement>('[role="treeitem"]'));
        this.#unfold(row, false);
        return true;
      case 'Enter':
      case ' ':
        this.#act(row);
        return true;
      default: {
        if (key.length !== 1) return false;
        const begins = (one: HTMLElement): boolean =>
          (one.dataset.path ?? '').split('/').at(-1)?.toLowerCase().startsWith(key.toLowerCase()) === true;
        return go([...rows.slice(at + 1), ...rows.slice(0, at)].find(begins));
      }
    }
  }
}

function toFolder(files: readonly ListedFile[]): Folder {
  const root: Folder = { folders: new Map(), files: [] };
  for (const file of files) {
    let folder = root;
    for (const name of file.path.split('/').slice(0, -1)) {
      const inner: Folder = folder.folders.get(name) ?? { folders: new Map(), files: [] };
      folder.folders.set(name, inner);
      folder = inner;
    }
    folder.files.push(file);
  }
  return root;
}
