/** The moments that have a page, from the site's collections. */
import { getCollection } from 'astro:content';
import type { Recording } from '../../trace/recording.ts';
import { articlesIn } from '../article/articles-in.ts';
import { allErrors } from '../error/errors-in.ts';
import { labsOnPages, type LabsOnPages } from './labs-on-pages.ts';
import { momentsOfLabs, momentsOfPairs, type LabMoments, type PairMoments } from './moment-list.ts';

/** Everything with moments, in the order of its pages. */
export interface AllMoments {
  readonly labs: readonly LabMoments[];
  readonly pairs: readonly PairMoments[];
}

let kept: Promise<AllMoments> | null = null;

/** All moments of the site. Labs are alike in every language, as the check of articles holds. */
export function allMoments(): Promise<AllMoments> {
  // While somebody writes, articles change under a server that goes on.
  if (import.meta.env.DEV) return readMoments();
  return (kept ??= readMoments());
}

/** Where each lab of the site is. */
export async function allLabs(): Promise<LabsOnPages> {
  const recordings = new Set((await getCollection('recordings')).map(({ id }) => id));
  const articles = (await articlesIn('en')).map(({ page, entry }) => ({ page, text: entry.body ?? '' }));
  return labsOnPages(articles, await allErrors(), (id) => recordings.has(id));
}

async function readMoments(): Promise<AllMoments> {
  const recordings = new Map((await getCollection('recordings')).map(({ id, data }) => [id, data]));
  const recordingNamed = (id: string): Recording => {
    const found = recordings.get(id);
    if (found === undefined) throw new Error(`There is no recording ${id}.`);
    return found;
  };
  const labs = await allLabs();
  return { labs: momentsOfLabs(labs, recordingNamed), pairs: momentsOfPairs(labs, recordingNamed) };
}
