/** The errors of the catalogue, in the order of the list: by system, by the moment at which they happen, the frequent ones first. */
import { getCollection } from 'astro:content';
import { endingOf, statusIn } from '../../catalogue/ending.ts';
import { MOMENTS, type ErrorFile } from '../../catalogue/error-schema.ts';
import { errorPage } from '../../i18n/links.ts';
import type { Language } from '../../i18n/languages.ts';
import { eventsToLog } from '../../trace/format.ts';
import type { Recording } from '../../trace/recording.ts';
import { recordingOf } from '../article/recording-of.ts';

/** The platform whose errors come first: it has the table of its own. */
export const MAIN_PLATFORM = 'lambda-today';

/** One error of the catalogue. */
export interface CatalogueError extends ErrorFile {
  /** The name of its file, and of its page. */
  readonly id: string;
}

/** What is seen of an error: by its recording, or in the words of a source. */
export interface Seen {
  /** Null, as the answer, where no source has it. */
  readonly log: string | null;
  readonly answer: string | null;
  /** What REPORT says of it; null where it says nothing, or there is no such line. */
  readonly report: string | null;
  /** Null where a source is quoted. */
  readonly recording: Recording | null;
}

/** Every error, in the order of the list. */
export async function allErrors(): Promise<readonly CatalogueError[]> {
  const entries = await getCollection('errors');
  const errors = entries.map(({ id, data }) => ({ ...data, id }));
  const rankOf = ({ platform, when, order, id }: CatalogueError): string =>
    [
      platform === MAIN_PLATFORM ? '' : platform,
      MOMENTS.indexOf(when),
      String(order).padStart(3, '0'),
      id,
    ].join(' ');
  return errors.toSorted((one, other) => (rankOf(one) < rankOf(other) ? -1 : 1));
}

/** The page of an error, below its language. */
export function pageOfError({ id }: Pick<CatalogueError, 'id'>): string {
  return errorPage(id);
}

/** What an error is called. */
export function titleOfError({ title }: Pick<CatalogueError, 'title'>, language: Language): string {
  return typeof title === 'string' ? title : title[language];
}

/** What is seen of an error. Throws when there is no such recording. */
export async function seenOf({ shown, platform }: Pick<CatalogueError, 'shown' | 'platform'>): Promise<Seen> {
  if ('quoted' in shown) {
    const { log, answer } = shown.quoted;
    const report = log?.findLast((line) => line.startsWith('REPORT '));
    return { log: log?.join('\n') ?? null, answer, report: statusIn(report ?? ''), recording: null };
  }
  const recording = await recordingOf(shown.example, platform);
  const [run] = recording.runs;
  if (run === undefined) throw new Error(`The recording of ${shown.example} has no run.`);
  const { outcome, events } = run;
  return {
    log: eventsToLog(events),
    answer: 'payload' in outcome ? outcome.payload : null,
    report: endingOf(run).report,
    recording,
  };
}
