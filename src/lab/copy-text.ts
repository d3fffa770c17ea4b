/** Puts a text on the clipboard. */

/** Says one of two sentences: that the text is there, or that the browser does not let it. */
export async function copyText(
  text: string,
  say: (sentence: string) => void,
  sentences: { readonly copied: string; readonly notCopied: string },
): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    say(sentences.copied);
  } catch {
    // The browser forbids it, or the page is not on a secure origin and there is no clipboard.
    say(sentences.notCopied);
  }
}
