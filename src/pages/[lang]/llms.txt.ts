/** What the site has, for language models, in each language. */
import type { APIRoute } from 'astro';
import { llmsResponse } from '../../components/machine/llms-response.ts';
import { LANGUAGES, type Language } from '../../i18n/languages.ts';

interface Props {
  language: Language;
}

/** One for each language. */
export function getStaticPaths(): { params: { lang: Language }; props: Props }[] {
  return LANGUAGES.map((language) => ({ params: { lang: language }, props: { language } }));
}

export const GET: APIRoute<Props> = ({ props: { language }, site }) => llmsResponse(language, site);
