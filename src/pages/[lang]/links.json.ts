/** What a lab needs to open links and to make them: it fetches this when it is asked for one. */
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

export const GET: APIRoute<Props> = ({ props: { language } }) => Response.json(linkData(language));
