/** Colours for a block of lines that no build has coloured, once they are here: the editor's parser knows the language. */

/** Characters beyond which a text stays plain. */
const MOST = 300_000;

/** Colours a block by its file's name. What can't be coloured stays as it is. */
export function colourSoon(block: HTMLElement, path: string): void {
  if (!path.endsWith('.py') || block.textContent.length > MOST) return;
  import('./editor-colours.ts')
    .then(({ colourPython }) => {
      colourPython(block);
    })
    .catch(() => undefined);
}
