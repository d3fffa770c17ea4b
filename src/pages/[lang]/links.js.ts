/** The same as the JSON of that name, as a classic script: embeds of an opaque origin may load one without a header of the host's. */
import type { APIRoute } from 'astro';
import { linkData } from '../../components/lab/link-data.ts';
import { LANGUAGES, type Language } from '../../i18n/languages.ts';

interface Props {
  language: Language;
}

/** One for each language. */
export function getStaticPaths(): { params: { lang: Language }; props: Props }[] {
  return LANGUAGES.map((language) => ({ params: { lang: language }, props: { language } }));
}

export const GET: APIRoute<Props> = ({ props: { language } }) =>
  new Response(`embedTake(${JSON.stringify(`${language}/links`)},${JSON.stringify(linkData(language))});\n`, {
    headers: { 'content-type': 'text/javascript; charset=utf-8' },
  });
