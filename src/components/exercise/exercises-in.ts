/** The exercises that are checked by their runs, and a solution of each. */
import { getCollection, getEntry } from 'astro:content';
import type { ExerciseFile } from '../../exercise/exercise-schema.ts';

const FILES: Readonly<Record<string, string>> = import.meta.glob('../../../content/exercises/*/right-*/**', {
  query: '?raw',
  import: 'default',
  eager: true,
});

/** The exercise of that name. Throws where there is none. */
export async function exerciseNamed(id: string): Promise<ExerciseFile> {
  const entry = await getEntry('exercises', id);
  if (entry === undefined) throw new Error(`There is no content/exercises/${id}.json.`);
  return entry.data;
}

/** The files of the first right attempt, by their names in the function's folder. */
export function solutionOf(id: string): Readonly<Record<string, string>> {
  const folder = `../../../content/exercises/${id}/`;
  const own = Object.entries(FILES)
    .filter(([file]) => file.startsWith(folder))
    .map(([file, text]) => [file.slice(folder.length).split('/'), text] as const);
  const first = own.map(([[attempt = '']]) => attempt).sort()[0];
  return Object.fromEntries(
    own.flatMap(([[attempt, ...name], text]) => (attempt === first ? [[name.join('/'), text]] : [])),
  );
}

/** The exercise that an article has, by the article's name; what has none is not there. */
export async function exercisesByArticle(): Promise<ReadonlyMap<string, string>> {
  const entries = await getCollection('exercises');
  return new Map(entries.map(({ id, data }) => [data.article, id]));
}
