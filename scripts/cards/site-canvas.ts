/** What the site's pictures are drawn with: fonts of installed packages, the colours of its styles, its words. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Canvas } from '../../src/cards/canvas.ts';
import type { CardWords } from '../../src/cards/card.ts';
import { coloursIn } from '../../src/cards/colours.ts';
import { Faces, FACES, type FaceName } from '../../src/cards/faces.ts';
import { Pen } from '../../src/cards/pen.ts';
import { LANGUAGES, type Language } from '../../src/i18n/languages.ts';
import { stringsOf } from '../../src/i18n/strings.ts';

/** The files of the four faces, in installed packages. */
const FONTS: Readonly<Record<FaceName, string>> = {
  sans: import.meta.resolve('@expo-google-fonts/ibm-plex-sans-jp/400Regular/IBMPlexSansJP_400Regular.ttf'),
  bold: import.meta.resolve('@expo-google-fonts/ibm-plex-sans-jp/600SemiBold/IBMPlexSansJP_600SemiBold.ttf'),
  mono: import.meta.resolve('@expo-google-fonts/ibm-plex-mono/400Regular/IBMPlexMono_400Regular.ttf'),
  monoBold: import.meta.resolve('@expo-google-fonts/ibm-plex-mono/600SemiBold/IBMPlexMono_600SemiBold.ttf'),
};

/** What to draw with in each language; `root` is the project's folder. */
export async function siteCanvases(root: string): Promise<Readonly<Record<Language, Canvas>>> {
  const files = await Promise.all(
    FACES.map(async (face) => {
      const bytes = await readFile(fileURLToPath(FONTS[face]));
      return [face, Uint8Array.from(bytes).buffer] as const;
    }),
  );
  const pen = new Pen(new Faces(Object.fromEntries(files) as Record<FaceName, ArrayBuffer>));
  const colours = coloursIn(await readFile(path.join(root, 'src', 'styles', 'tokens.css'), 'utf8'));
  const canvasOf = (language: Language): Canvas => ({
    pen,
    colours,
    words: wordsIn(language),
    breaks: language === 'ja' ? 'kana' : 'words',
  });
  return Object.fromEntries(LANGUAGES.map((language) => [language, canvasOf(language)])) as Record<
    Language,
    Canvas
  >;
}

function wordsIn(language: Language): CardWords {
  const { site, owners, errors, recorded, cards } = stringsOf(language);
  return {
    ...cards,
    site: site.name,
    owners,
    inTheLog: errors.seeLog,
    error: errors.columns.error,
    stack: recorded.stack,
  };
}
