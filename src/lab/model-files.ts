/** The files of the site's own models, fetched when they're wanted: for an example, to compare with, and to run on. */
import { PythonFiles } from '../sandbox/python-files.ts';
import type { BroughtDisk } from '../sandbox/sandbox.ts';
import { contentsToFiles } from '../trace/file-content.ts';
import { readLabPage } from './page-data.ts';

/** The models of this page. */
export class ModelFiles {
  readonly #files: PythonFiles;
  readonly #known = new Map<string, Promise<BroughtDisk>>();

  constructor(document: Document) {
    const { assets, base } = readLabPage(document);
    this.#files = new PythonFiles(assets, new URL(base, document.baseURI));
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
    const { description, files } = await this.#files.image(platform);
    return { description, files: contentsToFiles(files) };
  }
}
