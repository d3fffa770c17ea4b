/** Gives bytes to the reader as a file, by the browser's own download. */
import { namesToSafePaths } from '../../trace/safe-paths.ts';
import { pathToName } from '../path-to-name.ts';

/** Milliseconds for which the bytes stay: the browser says nothing when it has them. */
const KEPT = 60_000;

/** Saves bytes under the last part of a name. Throws when the browser has no room for them. */
export function saveBytes(
  name: string,
  pieces: readonly Uint8Array<ArrayBuffer>[],
  document: Document,
): void {
  const url = URL.createObjectURL(new Blob([...pieces], { type: 'application/octet-stream' }));
  const link = document.createElement('a');
  link.href = url;
  const [safe = ''] = namesToSafePaths([name]);
  link.download = pathToName(safe);
  // Firefox follows only links that are in the page.
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => {
    URL.revokeObjectURL(url);
  }, KEPT);
}
