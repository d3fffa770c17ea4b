/**
 * The lab of an exercise, as HTML in a JSON file: an article fetches it when its reader comes near. With the article it would
 * be on its way to everybody who only reads.
 */
import { getCollection } from 'astro:content';
import { SITE_PART } from 'astro:env/server';
import { experimental_AstroContainer as AstroContainer } from 'astro/container';
import type { APIContext } from 'astro';
import GradedLab from '../../../components/exercise/GradedLab.astro';
import { LANGUAGES, languageOf } from '../../../i18n/languages.ts';

/** One file for each exercise in each language. */
export async function getStaticPaths(): Promise<{ params: { lang: string; exercise: string } }[]> {
  if (SITE_PART === 'first') return [];
  const exercises = await getCollection('exercises');
  return LANGUAGES.flatMap((lang) => exercises.map(({ id }) => ({ params: { lang, exercise: id } })));
}

/** `{"html": "<lab-root …"}`. */
export async function GET({ params: { lang, exercise: id = '' } }: APIContext): Promise<Response> {
  const container = await AstroContainer.create();
  const html = await container.renderToString(GradedLab, {
    params: { lang: lang ?? '' },
    props: { id, language: languageOf(lang) },
  });
  return Response.json({ html });
}
