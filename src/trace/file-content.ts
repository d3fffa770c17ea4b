/** How does JSON carry a file, and how does it become one again? */
import { base64ToBytes } from './base64.ts';

/** One file as JSON carries it: text as it is, anything else as base64. */
export type FileContent = { readonly text: string } | { readonly base64: string };

/** The bytes or the text that a file holds. */
export function contentToFile(content: FileContent): string | Uint8Array {
  return 'text' in content ? content.text : base64ToBytes(content.base64);
}

/** How many bytes a file has. */
export function contentToSize(content: FileContent): number {
  const file = contentToFile(content);
  return typeof file === 'string' ? new TextEncoder().encode(file).length : file.length;
}

/** What many files hold. */
export function contentsToFiles(
  contents: Readonly<Record<string, FileContent>>,
): Record<string, string | Uint8Array> {
  return Object.fromEntries(
    Object.entries(contents).map(([name, content]) => [name, contentToFile(content)]),
  );
}
