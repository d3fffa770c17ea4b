/** What `/explain/` hands to its script. Page and script are of one build, so its shape is trusted. */
import type { ErrorKeys } from '../../catalogue/match-error.ts';
import type { Strings } from '../../i18n/strings.ts';

/** The id of the script element that holds it. */
export const EXPLAIN_DATA = 'explain-data';

/** The page's words: `explain` of `content/ui`. */
export type ExplainWords = Strings['explain'];

/** A link with its text. */
export interface PageLink {
  readonly title: string;
  readonly href: string;
}

/** Where an error of the catalogue leads. */
export interface ErrorLinks extends PageLink {
  /** Where a lab does the same; null where none can. */
  readonly lab: PageLink | null;
}

export interface ExplainPageData {
  readonly words: ExplainWords;
  /** Logs by the error's id. */
  readonly examples: Readonly<Record<string, string>>;
  readonly errors: Readonly<Record<string, ErrorLinks>>;
  readonly articles: Readonly<Record<string, PageLink>>;
  /** What lines are compared with to find their error. */
  readonly keys: readonly ErrorKeys[];
}

/** What the page says. */
export function readExplainData(document: Document): ExplainPageData {
  const script = document.getElementById(EXPLAIN_DATA);
  if (script === null) throw new Error('The page does not hold what its script needs.');
  return JSON.parse(script.textContent) as ExplainPageData;
}
