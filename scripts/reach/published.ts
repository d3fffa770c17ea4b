/** A built site as those see it who know nothing but its addresses. */
import { glob, readFile } from 'node:fs/promises';
import path from 'node:path';
import { pageToPath } from '../built-pages.ts';
import { PageHead } from './page-head.ts';

/** The files of a built site, by the addresses that they will have. */
export class Published {
  readonly #folder: string;
  readonly #files: ReadonlySet<string>;
  /** The site's address with its base path, a slash at its end. */
  readonly root: string;

  private constructor(folder: string, files: ReadonlySet<string>, root: string) {
    this.#folder = folder;
    this.#files = files;
    this.root = root;
  }

  /** Looks what is there. Throws RangeError when nothing was built. */
  static async read(folder: string, site: string, base: string): Promise<Published> {
    const entries = await Array.fromAsync(glob('**', { cwd: folder, withFileTypes: true }));
    const files = entries
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) =>
        path.relative(folder, path.join(parentPath, name)).replaceAll('\\', '/'),
      );
    if (files.length === 0) throw new RangeError(`There is nothing in ${folder}: run npm run build first.`);
    return new Published(folder, new Set(files), new URL(base, site).href);
  }

  /** The names of the files, below the base. */
  get files(): readonly string[] {
    return [...this.#files].toSorted();
  }

  async text(file: string): Promise<string> {
    return readFile(path.join(this.#folder, file), 'utf8');
  }

  async bytes(file: string): Promise<Buffer> {
    return readFile(path.join(this.#folder, file));
  }

  /** The address of a file. */
  addressOf(file: string): string {
    return this.root + pageToPath(file);
  }

  /** The file that answers for an absolute address; else what is wrong with the address, as the end of a sentence. */
  find(address: string | null): { readonly file: string } | { readonly fault: string } {
    if (address === null) return { fault: 'is missing' };
    if (!URL.canParse(address)) return { fault: `is not absolute: ${address}` };
    const { origin, pathname } = new URL(address);
    const root = new URL(this.root);
    if (origin !== root.origin) return { fault: `is of another site: ${address}` };
    if (!pathname.startsWith(root.pathname)) return { fault: `leaves the base path: ${address}` };
    const place = decodeURIComponent(pathname.slice(root.pathname.length));
    const file = place === '' || place.endsWith('/') ? `${place}index.html` : place;
    return this.#files.has(file) ? { file } : { fault: `is not there: ${address}` };
  }

  /** Every page with its head, by its file. */
  async heads(): Promise<ReadonlyMap<string, PageHead>> {
    const pages = this.files.filter((file) => file.endsWith('.html'));
    return new Map(
      await Promise.all(pages.map(async (file) => [file, new PageHead(await this.text(file))] as const)),
    );
  }
}
