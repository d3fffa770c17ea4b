/**
 * What a build says of itself to its worker: its id, and every file that its pages load, with the hash of what is in it.
 *
 * Writer: `src/integrations/offline.ts`. Readers: the worker, and the workers of other builds, by way of the cache.
 */

/** A file of a build: the hash of its bytes as the host has them, and how many there are. */
export type ListedFile = readonly [hash: string, size: number];

export interface BuildFiles {
  /** A hash over all that was built. Each page carries it in its head. */
  readonly build: string;
  /** The path that the site is served from, with a slash at both ends. */
  readonly base: string;
  /** By path below the base. Pages are not among them: a page says itself which build it is of. */
  readonly files: Readonly<Record<string, ListedFile>>;
  /** Pages, and files of them, that are there from the worker's first day. */
  readonly first: readonly string[];
}

/** What a build lists under a path that a page has asked for, which may be `constructor`; undefined where it lists nothing. */
export function listedFile({ files }: Pick<BuildFiles, 'files'>, path: string): ListedFile | undefined {
  return Object.hasOwn(files, path) ? files[path] : undefined;
}

/** The folders whose files have a hash in their names: what one is called is what is in it, in every build. */
export function isNamedByContent(path: string): boolean {
  return path.startsWith('_astro/') || path.startsWith('_sandbox/');
}

/**
 * What *Keep for offline* fetches, whichever pages were opened: Python, all scripts, and what any page asks for later: data of a
 * language, not of a page, and the search.
 */
export function isForEveryPage(path: string): boolean {
  return isNamedByContent(path) || /^[a-z]{2}\/(?:search\/)?[^/]+\.json$/.test(path);
}

/**
 * The files without which one is of little use: the search's index names those with the texts that it shows; who has run a
 * lab may do anything with it later that has a script of its own, as to download its files.
 */
export function filesWith(path: string, { files }: BuildFiles): readonly string[] {
  const [, folder] = /^([a-z]{2}\/search\/)index\.json$/.exec(path) ?? [];
  const isWanted = (each: string): boolean =>
    path.startsWith('_sandbox/boot-image.')
      ? each.startsWith('_astro/') && each.endsWith('.js')
      : folder !== undefined && each.startsWith(folder);
  return Object.keys(files).filter((each) => each !== path && isWanted(each));
}

/** The hash of a listed file: 132 bits of SHA-256. */
export async function hashFile(bytes: ArrayBuffer | Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return btoa(String.fromCharCode(...digest)).slice(0, 22);
}
