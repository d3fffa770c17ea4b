/**
 * Every picture of the built site has words in its place: an `alt` for an image, a name for a drawing, or the word
 * that it is decoration. Drawings inside a control are named by the control.
 */
import { Parser } from 'htmlparser2';
import { DIST } from '../build.ts';
import { readPages } from '../built-pages.ts';
import { reportFaults } from '../article-files.ts';

/** The pictures of a page that have no alternative, each as it is written. */
export function picturesWithoutWords(html: string): readonly string[] {
  const faults: string[] = [];
  /** A drawing whose end has not been met, and whether it has been given words. */
  let drawing: { readonly written: string; named: boolean } | null = null;
  let depth = 0;
  let inTitle = false;
  const parser = new Parser({
    onopentag(name, attributes) {
      const written = `<${[name, ...Object.entries(attributes).map(([key, value]) => `${key}="${value}"`)].join(' ')}>`;
      const isDecoration = attributes['aria-hidden'] === 'true' || attributes.role === 'presentation';
      const isNamed = (attributes['aria-label'] ?? attributes['aria-labelledby'] ?? '').trim() !== '';
      if (['img', 'area'].includes(name) || (name === 'input' && attributes.type === 'image')) {
        const hasWords = (attributes.alt ?? '').trim() !== '' || isNamed;
        if (!hasWords && !(isDecoration && attributes.alt === '')) faults.push(written);
      }
      if (['object', 'canvas', 'video'].includes(name) && !isNamed && !isDecoration) faults.push(written);
      if (name === 'svg') {
        if (depth === 0) drawing = { written, named: isDecoration || (attributes.role === 'img' && isNamed) };
        depth += 1;
      }
      inTitle = name === 'title' && depth > 0;
    },
    ontext(text) {
      if (inTitle && drawing !== null && text.trim() !== '') drawing.named = true;
    },
    onclosetag(name) {
      inTitle = false;
      if (name !== 'svg') return;
      depth -= 1;
      if (depth > 0 || drawing === null) return;
      if (!drawing.named) faults.push(drawing.written);
      drawing = null;
    },
  });
  parser.end(html);
  return faults;
}

/** The pictures of a built site that have no alternative, a line for each. */
export async function checkImages(folder: string): Promise<readonly string[]> {
  const pages = await readPages(folder);
  return pages.flatMap(({ file, html }) =>
    picturesWithoutWords(html).map((picture) => `${file}: ${picture} has no words in its place`),
  );
}

if (import.meta.main) reportFaults(await checkImages(DIST));
