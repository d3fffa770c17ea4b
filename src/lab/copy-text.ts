/** Puts a text on the clipboard. */

/** Says one of two sentences: that the text is there, or that the browser does not let it. */
export async function copyText(
  text: string,
  say: (sentence: string) => void,
  sentences: { readonly copied: string; readonly notCopied: string },
): Promise<void> {
  let isCopied = true;
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // A frame of another site needs its host's leave for the clipboard, and an origin that is not secure has none.
    isCopied = copyAsReader(text);
  }
  say(isCopied ? sentences.copied : sentences.notCopied);
}

/** As a reader would who marks the text and copies it: a browser lets that happen in any frame, right after a press. */
function copyAsReader(text: string): boolean {
  const put = (event: ClipboardEvent): void => {
    event.preventDefault();
    event.clipboardData?.setData('text/plain', text);
  };
  document.addEventListener('copy', put);
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- nothing else works without the host's leave
  const isCopied = document.execCommand('copy');
  document.removeEventListener('copy', put);
  return isCopied;
}
