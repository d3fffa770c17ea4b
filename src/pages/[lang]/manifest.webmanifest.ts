/** What a browser needs to install the site: its name, colours and icons. */
import type { APIRoute } from 'astro';
import { LANGUAGES, type Language } from '../../i18n/languages.ts';
import { pagePath, pathUnder } from '../../i18n/links.ts';
import { stringsOf } from '../../i18n/strings.ts';

interface Props {
  language: Language;
}

/** One for each language; both are the same application. */
export function getStaticPaths(): { params: { lang: Language }; props: Props }[] {
  return LANGUAGES.map((language) => ({ params: { lang: language }, props: { language } }));
}

export const GET: APIRoute<Props> = ({ props: { language } }) => {
  const base = pathUnder(import.meta.env.BASE_URL, '');
  const { name, description } = stringsOf(language).site;
  const icon = (file: string, size: number, purpose: 'any' | 'maskable'): object => ({
    src: `${base}${file}`,
    sizes: `${String(size)}x${String(size)}`,
    type: 'image/png',
    purpose,
  });
  return Response.json({
    id: base,
    scope: base,
    start_url: pathUnder(base, pagePath(language, '')),
    lang: language,
    name,
    description,
    display: 'minimal-ui',
    background_color: '#fcfbf8',
    theme_color: '#fcfbf8',
    icons: [
      icon('icon-192.png', 192, 'any'),
      icon('icon-512.png', 512, 'any'),
      icon('icon-maskable-512.png', 512, 'maskable'),
    ],
  });
};
