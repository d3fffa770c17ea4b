/** A lab as texts to paste elsewhere. */

/** What a lab is called, and where it is. */
export interface CopiedLab {
  readonly title: string;
  /** The whole address of its moment, or of its page. */
  readonly address: string;
  /** The whole address of its page for frames. */
  readonly embed: string;
}

/** The height of a lab in another page's frame, which scrolls inside: head, code, one view and the bar have room in it. */
const FRAME_HEIGHT = 720;

/** A frame, as HTML. */
export function toFrame({ title, embed }: CopiedLab): string {
  return `<iframe src="${toHtml(embed)}" title="${toHtml(title)}" width="100%" height="${String(FRAME_HEIGHT)}" loading="lazy"></iframe>`;
}

/** A link, as Markdown. */
export function toMarkdown({ title, address }: CopiedLab): string {
  return `[${title.replace(/[\\[\]<>*_`]/g, String.raw`\$&`)}](<${address}>)`;
}

/** A text as HTML shows it, with its lines and spaces. */
export function toPreformatted(text: string): string {
  // HTML leaves the first line end of a block out, and reads a carriage return as one.
  return `<pre>\n${toHtml(text)}</pre>`;
}

function toHtml(text: string): string {
  const entities = new Map(
    Object.entries({
      '&': '&amp;',
      '<': '&lt;',
      '>': '&gt;',
      '"': '&quot;',
      '\r': '&#13;',
    }),
  );
  return text.replace(/[&<>"\r]/g, (character) => entities.get(character) ?? character);
}
