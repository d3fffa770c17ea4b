import { pathToName } from '../path-to-name.ts';

/** How a function is named where its name alone may be another's too: `main, bootstrap.py`. */
export function frameToName({ name, source }: { readonly name: string; readonly source: string }): string {
  return `${name}, ${pathToName(source)}`;
}
