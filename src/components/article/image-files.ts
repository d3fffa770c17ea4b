import { ownValue } from '../../trace/own-value.ts';
import type { Language } from '../../i18n/languages.ts';
import { pagePath, pathUnder } from '../../i18n/links.ts';

/** Edge: reads the platforms' disks as the bundler sees them; `src/platforms/<platform>/disk/` is a disk's root. */
const FILES = import.meta.glob<string>('../../platforms/*/disk/**/*.py', {
  query: '?raw',
  import: 'default',
  eager: true,
});

/** The platforms' own files: `shares` are the folders of the shared disk that one takes, and their paths on its own. */
const PLATFORMS = import.meta.glob<{ readonly shares?: Readonly<Record<string, string>> }>(
  '../../platforms/*/platform.json',
  { import: 'default', eager: true },
);

/** The text of a file on a platform's disk, by its absolute path there. Throws when there is none. */
export function readImageFile(platform: string, path: string): string {
  const text = readImageFileIfAny(platform, path);
  if (text === null) throw new Error(`There is no ${path} on the disk of ${platform}.`);
  return text;
}

/** The same, or null. */
export function readImageFileIfAny(platform: string, path: string): string | null {
  const own = ownValue(FILES, `../../platforms/${platform}/disk${path}`);
  if (own !== undefined) return own;
  for (const [name, place] of sharesOf(platform)) {
    if (!path.startsWith(`${place}/`)) continue;
    return ownValue(FILES, `../../platforms/shared/disk/${name}${path.slice(place.length)}`) ?? null;
  }
  return null;
}

/** The text files of a platform's disk, each with the address of its page in a language. */
export function imagePages(
  platform: string,
  language: Language,
  base: string,
): readonly (readonly [string, string])[] {
  return imageFiles(platform).map((file) => [
    file,
    pathUnder(base, pagePath(language, sourcePage(platform, file))),
  ]);
}

/** The text files on a platform's disk, by their absolute paths there. */
export function imageFiles(platform: string): readonly string[] {
  const own = filesBelow(`../../platforms/${platform}/disk`, '');
  const shared = sharesOf(platform).flatMap(([name, place]) =>
    filesBelow(`../../platforms/shared/disk/${name}`, place),
  );
  return [...own, ...shared].sort();
}

function filesBelow(folder: string, place: string): string[] {
  return Object.keys(FILES)
    .filter((name) => name.startsWith(`${folder}/`))
    .map((name) => place + name.slice(folder.length));
}

function sharesOf(platform: string): readonly (readonly [string, string])[] {
  return Object.entries(ownValue(PLATFORMS, `../../platforms/${platform}/platform.json`)?.shares ?? {});
}

/** The page of such a file, as pages are named: without language and base. */
export function sourcePage(platform: string, path: string): string {
  return `source/${platform}${path}`;
}
