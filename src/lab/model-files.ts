/** The files of the site's own models, fetched when they're wanted: for an example, to compare with, and to run on. */
import type { PythonFiles } from '../sandbox/python-files.ts';
import type { BroughtDisk } from '../sandbox/sandbox.ts';
import { contentsToFiles } from '../trace/file-content.ts';
import { readLabPage } from './page-data.ts';

/** The models of this page. */
export class ModelFiles {
  readonly #document: Document;
  #files: PythonFiles | null = null;
  readonly #known = new Map<string, Promise<BroughtDisk>>();

  constructor(document: Document) {
    this.#document = document;
  }

  /** A platform's description and files. Rejects where they can't be had; then they're asked for again the next time. */
  async of(platform: string): Promise<BroughtDisk> {
    const known = this.#known.get(platform) ?? this.#fetch(platform);
    this.#known.set(platform, known);
    try {
      return await known;
    } catch (error) {
      this.#known.delete(platform);
      throw error;
    }
  }

  async #fetch(platform: string): Promise<BroughtDisk> {
    const { PythonFiles } = await import('./sandbox.ts');
    const { assets, base } = readLabPage(this.#document);
    this.#files ??= new PythonFiles(assets, new URL(base, this.#document.baseURI));
    const { description, files } = await this.#files.image(platform);
    return { description, files: contentsToFiles(files) };
  }
}
