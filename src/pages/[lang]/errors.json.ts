/** The errors of the catalogue as a lab compares a run with them. */
import type { APIRoute } from 'astro';
import { allErrors, pageOfError } from '../../components/error/errors-in.ts';
import { toErrorKeys } from '../../catalogue/match-error.ts';
import { LANGUAGES, type Language } from '../../i18n/languages.ts';
import { pagePath, pathUnder } from '../../i18n/links.ts';

interface Props {
  language: Language;
}

/** One list for each language: the pages that it leads to are in one. */
export function getStaticPaths(): { params: { lang: Language }; props: Props }[] {
  return LANGUAGES.map((language) => ({ params: { lang: language }, props: { language } }));
}

export const GET: APIRoute<Props> = async ({ props: { language } }) => {
  const errors = (await allErrors()).map((error) => ({
    ...toErrorKeys(error.id, error),
    address: pathUnder(import.meta.env.BASE_URL, pagePath(language, pageOfError(error))),
  }));
  return Response.json(errors);
};
