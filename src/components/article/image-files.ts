/** Edge: reads the platforms' disks as the bundler sees them, `src/images/<platform>/` being a disk's root. */
const FILES = import.meta.glob<string>('../../images/*/**/*.py', {
  query: '?raw',
  import: 'default',
  eager: true,
});

/** The text of a file on a platform's disk, by its absolute path there. Throws when there is none. */
export function readImageFile(platform: string, path: string): string {
  const text = FILES[`../../images/${platform}${path}`];
  if (text === undefined) throw new Error(`There is no ${path} on the disk of ${platform}.`);
  return text;
}

/** The same, or null: another platform's disk may hold folders of this one's. */
export function readImageFileIfAny(platform: string, path: string): string | null {
  return FILES[`../../images/${platform}${path}`] ?? null;
}

/** The text files on a platform's disk, by their absolute paths there. */
export function imageFiles(platform: string): readonly string[] {
  const start = `../../images/${platform}/`;
  return Object.keys(FILES)
    .filter((name) => name.startsWith(start) && !name.startsWith(`${start}native/`))
    .map((name) => name.slice(start.length - 1))
    .sort();
}

/** The page of such a file, as pages are named: without language and base. */
export function sourcePage(platform: string, path: string): string {
  return `source/${platform}${path}`;
}
