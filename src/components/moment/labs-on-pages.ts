/**
 * On which page is a lab? Read from what authors wrote: the articles' MDX, and the catalogue's errors. Of several pages the
 * first is the lab's own: an article before an error, and articles in their order.
 *
 * The labs of exercises are none of these: what they show is unfinished, and a moment of them explains nothing.
 */
import type { ErrorFile } from '../../catalogue/error-schema.ts';
import { errorPage } from '../../i18n/links.ts';
import { recordingId } from '../../trace/recording.ts';
import { elementsNamed, readMdx, type MdxElement } from '../article/read-mdx.ts';

/** A lab, and the page that it is on. */
export interface LabOnPage {
  /** Its id: `example--platform`. */
  readonly lab: string;
  readonly example: string;
  readonly platform: string;
  /** The page below its language. */
  readonly page: string;
  /** Whether its example's question is asked there, where it has one. */
  readonly asks: boolean;
}

/** Two recordings side by side, and the page that they are on. */
export interface PairOnPage {
  /** Its id on its page. Two pages may have a pair of one id, with other platforms. */
  readonly id: string;
  /** Its name among all pairs, by which its moments are addressed. */
  readonly lab: string;
  /** The ids of the recordings, the left one first. */
  readonly sides: readonly [string, string];
  /** Whether one handler is on both sides, and the platforms differ; or two handlers are on one platform. */
  readonly isOneHandler: boolean;
  readonly page: string;
}

export interface LabsOnPages {
  readonly labs: readonly LabOnPage[];
  readonly pairs: readonly PairOnPage[];
}

/** An article as its author wrote it. */
export interface ArticleFile {
  readonly page: string;
  readonly text: string;
}

/** An error of the catalogue, by its id. */
export type ErrorLabs = Pick<ErrorFile, 'platform' | 'causes'> & { readonly id: string };

/**
 * All labs and pairs, each once. `articles` and `errors` are in the order in which they are listed; `isRecorded` says whether
 * there is a recording of that id: a lab passes over those that it lacks, and the first part of a site has a few alone.
 */
export function labsOnPages(
  articles: readonly ArticleFile[],
  errors: readonly ErrorLabs[],
  isRecorded: (id: string) => boolean,
): LabsOnPages {
  const labs = new Map<string, LabOnPage>();
  const pairs = new Map<string, PairOnPage>();
  const add = (example: string, platform: string, page: string, asks: boolean): void => {
    const lab = recordingId(example, platform);
    if (isRecorded(lab) && !labs.has(lab)) labs.set(lab, { lab, example, platform, page, asks });
  };
  for (const { page, text } of articles) {
    const mdx = readMdx(text);
    for (const element of elementsNamed(mdx, 'Lab')) {
      const asks = element.attributes.get('prediction') !== 'false';
      for (const example of namesIn(element, 'cases', 'example'))
        for (const platform of namesIn(element, 'platforms', 'platform')) add(example, platform, page, asks);
    }
    for (const element of elementsNamed(mdx, 'Compare')) {
      const pair = elementToPair(element, page);
      if (pair.sides.every(isRecorded) && !pairs.has(pair.lab)) pairs.set(pair.lab, pair);
    }
  }
  for (const { id, platform, causes } of errors)
    for (const { do: does, mend } of causes)
      for (const example of [does, mend]) if (example !== null) add(example, platform, errorPage(id), false);
  return { labs: [...labs.values()], pairs: [...pairs.values()] };
}

/** The name that a pair has on its page. */
export function pairId(example: string): string {
  return `${example.replaceAll(' ', '-')}--pair`;
}

/** The name of a pair among all of them. */
export function pairName(examples: readonly string[], platforms: readonly string[]): string {
  return recordingId(examples.join('-and-'), platforms.join('-and-'));
}

function elementToPair(element: MdxElement, page: string): PairOnPage {
  const examples = namesIn(element, 'example');
  const platforms = namesIn(element, 'platforms');
  const [one = '', other = one] = examples;
  const [here = '', there = here] = platforms;
  return {
    id: pairId(examples.join(' ')),
    lab: pairName(examples, platforms),
    sides: [recordingId(one, here), recordingId(other, there)],
    isOneHandler: examples.length === 1,
    page,
  };
}

/** The names in the first of some attributes that an element has. */
function namesIn({ attributes }: MdxElement, ...keys: readonly string[]): readonly string[] {
  const value = keys.map((key) => attributes.get(key)).find((text) => text !== undefined) ?? '';
  return value.split(' ').filter((name) => name !== '');
}
