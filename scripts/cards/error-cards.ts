/** The pictures of errors: the line that people search for, what the client gets, what is left of the environment. */
import type { Card, CardEnding } from '../../src/cards/card.ts';
import { tellingLines } from '../../src/catalogue/telling-lines.ts';
import { LANGUAGES, type Language } from '../../src/i18n/languages.ts';
import { errorPage } from '../../src/i18n/links.ts';
import { eventsToLog } from '../../src/trace/format.ts';
import { recordingId } from '../../src/trace/recording.ts';
import { modelOf, platformTitle } from './moment-cards.ts';
import { there, type SiteData, type SiteError } from './site-data.ts';
import type { SiteCard } from './site-card.ts';

/** The pictures of all errors, in both languages. */
export function errorCards(data: SiteData): readonly SiteCard[] {
  return data.errors.flatMap((error) =>
    LANGUAGES.map((language) => ({
      language,
      page: errorPage(error.id),
      card: errorCard(data, error, language),
    })),
  );
}

function errorCard(data: SiteData, error: SiteError, language: Language): Card {
  const { log, answer } = seenOf(data, error);
  const line = searchedLine(log);
  const { life } = error.environment;
  const ending: CardEnding = {
    // What no source shows may have been there.
    ...(answer === undefined ? {} : { answer }),
    life: life === 'kept' ? 'alive' : life,
  };
  const { title } = error;
  return {
    kind: 'error',
    line: line ?? (typeof title === 'string' ? title : title[language]),
    // What a source shows is the platform's own.
    platform:
      'quoted' in error.shown
        ? platformTitle(data, error.platform, language)
        : modelOf(data, error.platform, language),
    isLogged: line !== undefined,
    ending,
  };
}

/** The line of a log that people search for: without the invocation's id, and no traceback that is packed into one line. */
function searchedLine(log: string): string | undefined {
  const lines = tellingLines(log, 3).filter((line) => !line.includes('\\n'));
  return lines[0]?.replace(/^RequestId: \S+ /, '');
}

/** By its recording, or in the words of a source. */
function seenOf(
  data: SiteData,
  { shown, platform }: SiteError,
): { readonly log: string; readonly answer: string | null | undefined } {
  if ('quoted' in shown)
    return { log: shown.quoted.log?.join('\n') ?? '', answer: shown.quoted.answer ?? undefined };
  const [run] = there(data.recordings, recordingId(shown.example, platform), 'recording').runs;
  if (run === undefined) throw new Error(`The recording of ${shown.example} has no run.`);
  return { log: eventsToLog(run.events), answer: 'payload' in run.outcome ? run.outcome.payload : null };
}
