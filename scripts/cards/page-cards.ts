/** The pictures of articles, the home page, platforms and lists. */
import type { Card } from '../../src/cards/card.ts';
import { labsOnPages } from '../../src/components/moment/labs-on-pages.ts';
import { countKinds } from '../../src/components/platform/count-kinds.ts';
import { elementsNamed, readMdx } from '../../src/components/article/read-mdx.ts';
import { LANGUAGES, type Language } from '../../src/i18n/languages.ts';
import {
  CONTENTS_PAGE,
  DUMP_PAGE,
  ERRORS_PAGE,
  EXPLAIN_PAGE,
  GLOSSARY_PAGE,
  PLAYGROUND_PAGE,
  platformPage,
  PLATFORMS_PAGE,
} from '../../src/i18n/links.ts';
import { stringsOf } from '../../src/i18n/strings.ts';
import { kindOf, PAGE_KINDS } from '../../src/layouts/page-kinds.ts';
import { recordingId, type Recording } from '../../src/trace/recording.ts';
import { Replay } from '../../src/trace/replay.ts';
import { anchorToStep } from '../../src/trace/stops.ts';
import { modelOf, platformTitle, viewToDraw, type ViewToDraw } from './moment-cards.ts';
import { there, type SiteArticle, type SiteData } from './site-data.ts';
import type { SiteCard } from './site-card.ts';

/** The lab of the home page that is shown first. */
const HOME_LAB = recordingId('print-the-stack', 'lambda-today');

/** The pages that list others: their words are their kinds'. */
const LISTS = [
  CONTENTS_PAGE,
  GLOSSARY_PAGE,
  EXPLAIN_PAGE,
  DUMP_PAGE,
  ERRORS_PAGE,
  PLATFORMS_PAGE,
  PLAYGROUND_PAGE,
];

/** The pictures of these pages, in both languages. */
export function pageCards(data: SiteData): readonly SiteCard[] {
  return LANGUAGES.flatMap((language): SiteCard[] => {
    const strings = stringsOf(language);
    const home = there(data.recordings, HOME_LAB, 'recording');
    return [
      {
        language,
        page: '',
        card: stackCard(data, strings.site.question, atHandler(data, home), home, language),
      },
      ...data.articles[language].map((article) => ({
        language,
        page: article.page,
        card: articleCard(data, article, language),
      })),
      ...LISTS.map((page) => {
        const words = PAGE_KINDS[kindOf(page)].words(strings, { title: null, description: '' });
        const title = words.title ?? strings.site.name;
        return {
          language,
          page,
          card: { kind: 'text', title, platform: '', says: words.description } as const,
        };
      }),
      ...Array.from(data.platforms, ([name, { behaviours }]) => ({
        language,
        page: platformPage(name),
        card: {
          kind: 'platform',
          title: platformTitle(data, name, language),
          platform: '',
          says: strings.platforms.title,
          counts: Object.entries(countKinds(behaviours)).map(([kind, count]) => ({
            count,
            label: strings.platforms[kind as keyof ReturnType<typeof countKinds>],
          })),
        } as const,
      })),
    ];
  });
}

/** An article's question, over the moment of its first lab that its text leads to first; or where the handler is entered. */
function articleCard(
  data: SiteData,
  { page, title, description, text }: SiteArticle,
  language: Language,
): Card {
  const { labs, pairs } = labsOnPages([{ page, text }], [], (id) => data.recordings.has(id));
  const lab = labs[0]?.lab ?? pairs[0]?.sides[0];
  if (lab === undefined) return { kind: 'text', title, platform: '', says: description };
  const recording = there(data.recordings, lab, 'recording');
  const led = elementsNamed(readMdx(text), 'Step').find(({ attributes }) => {
    const { example, platform } = recording;
    return attributes.get('example') === example && attributes.get('platform') === platform;
  });
  const stop = recording.stops.find(({ name }) => name === led?.attributes.get('stop'));
  const step = stop === undefined ? null : anchorToStep(replayOf(recording), stop.at);
  const shown = step === null ? null : viewToDraw(data, recording, step);
  // What a lab asks for is the article's question, and best asked at the handler.
  const isDrawable = shown !== null && shown.view.frames.length > 0 && recording.prediction === null;
  return stackCard(data, title, isDrawable ? shown : atHandler(data, recording), recording, language);
}

/** The moment at which the handler is entered; where it never is, the first at which a frame is there. */
function atHandler(data: SiteData, recording: Recording): ViewToDraw {
  const replay = replayOf(recording);
  const [, name = ''] = /([^.]*)$/.exec(recording.setup.handler) ?? [];
  const step =
    anchorToStep(replay, { call: { owner: 'handler', function: name } }) ??
    anchorToStep(replay, { call: { owner: 'handler' } }) ??
    1;
  return viewToDraw(data, recording, step);
}

function replayOf({ example, runs }: Recording): Replay {
  const [run] = runs;
  if (run === undefined) throw new Error(`The recording of ${example} has no run.`);
  return new Replay(run);
}

function stackCard(
  data: SiteData,
  title: string,
  { stack }: ViewToDraw,
  { platform }: Recording,
  language: Language,
): Card {
  return { kind: 'article', title, platform: modelOf(data, platform, language), stack };
}
