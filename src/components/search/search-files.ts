/** The files of the search, fetched when they are needed and once; what failed is fetched anew when it is asked for again. */
import { INDEX, type IndexFile } from '../../search/documents.ts';
import { readIndex, type Index } from '../../search/rank.ts';

export class SearchFiles {
  readonly #folder: string;
  readonly #fetched = new Map<string, Promise<unknown>>();
  #opened: Promise<{ readonly index: Index; readonly texts: readonly string[] }> | null = null;

  /** `folder` ends in a slash. */
  constructor(folder: string) {
    this.#folder = folder;
  }

  async index(): Promise<Index> {
    return (await this.#open()).index;
  }

  /** The texts of a file of the index's list. */
  readonly texts = async (file: number): Promise<readonly string[]> => {
    const { texts } = await this.#open();
    return this.#fetch<readonly string[]>(texts[file] ?? '');
  };

  /** Forgets all: an index of another build would name files that are no longer there. */
  forget(): void {
    this.#fetched.clear();
    this.#opened = null;
  }

  #open(): Promise<{ readonly index: Index; readonly texts: readonly string[] }> {
    this.#opened ??= this.#fetch<IndexFile>(INDEX).then((file) => ({
      index: readIndex(file),
      texts: file.texts,
    }));
    return this.#opened;
  }

  #fetch<Type>(name: string): Promise<Type> {
    const known = this.#fetched.get(name) ?? fetchJson(`${this.#folder}${name}`);
    this.#fetched.set(name, known);
    return known as Promise<Type>;
  }
}

async function fetchJson(address: string): Promise<unknown> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address} answered ${String(response.status)}.`);
  return response.json();
}
