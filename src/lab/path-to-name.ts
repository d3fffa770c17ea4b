/** The last part of a path, which is what people call a file. */
export function pathToName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
