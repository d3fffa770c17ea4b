/**
 * What WordPress makes of the HTML of an oEmbed record that it found by discovery: of a provider that it does not know it
 * keeps one frame with a few attributes, puts it into a sandbox, and adds a secret behind the frame's address.
 * https://developer.wordpress.org/reference/functions/wp_filter_oembed_result/
 */
import { Parser } from 'htmlparser2';

/** The attributes that are left of an `<iframe>`. */
const KEPT = ['src', 'width', 'height', 'frameborder', 'marginwidth', 'marginheight', 'scrolling', 'title'];

/** The elements that are left at all. */
const ELEMENTS = ['iframe', 'blockquote', 'a'];

/** The secret is ten letters and digits, by chance; a check needs no chance. */
const SECRET = 'aB3dE5gH7j';

/** A frame as WordPress writes it into a post, by its attributes; null when it would show nothing. */
export function toWordPressFrame(html: string): Readonly<Record<string, string>> | null {
  const frames: Readonly<Record<string, string>>[] = [];
  let others = 0;
  const parser = new Parser({
    onopentag(name, attributes) {
      if (name === 'iframe') frames.push(attributes);
      if (!ELEMENTS.includes(name)) others += 1;
    },
  });
  parser.end(html);
  const [frame] = frames;
  if (frame?.src === undefined || frames.length > 1 || others > 0) return null;
  const kept = Object.fromEntries(Object.entries(frame).filter(([name]) => KEPT.includes(name)));
  return {
    ...kept,
    src: `${frame.src}#?secret=${SECRET}`,
    class: 'wp-embedded-content',
    sandbox: 'allow-scripts',
    security: 'restricted',
    'data-secret': SECRET,
  };
}
