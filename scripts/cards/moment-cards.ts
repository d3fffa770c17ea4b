/** The pictures of moments: of every named stop of a lab, and every mark of a pair. */
import type { Card, CardSide, CardStack } from '../../src/cards/card.ts';
import { askedFrames, hideAnswer } from '../../src/cards/hide-answer.ts';
import {
  momentsOfLabs,
  momentsOfPairs,
  pageOfMoment,
  textsOfStop,
  viewOfStep,
  type PairMoments,
} from '../../src/components/moment/moment-list.ts';
import { LANGUAGES, type Language } from '../../src/i18n/languages.ts';
import { stringsOf } from '../../src/i18n/strings.ts';
import { fill } from '../../src/lab/words.ts';
import { Replay } from '../../src/trace/replay.ts';
import type { Recording } from '../../src/trace/recording.ts';
import type { StopView } from '../../src/trace/stop-view.ts';
import { there, type SiteData } from './site-data.ts';
import type { SiteCard } from './site-card.ts';

/** The pictures of all moments, in both languages. */
export function momentCards(data: SiteData): readonly SiteCard[] {
  const named = (id: string): Recording => there(data.recordings, id, 'recording');
  const ofLabs = momentsOfLabs(data.labs, named).flatMap(({ on, recording, moments }) =>
    moments.flatMap((moment) => {
      const { view, stack } = viewToDraw(data, recording, moment.step);
      return LANGUAGES.map((language) => ({
        language,
        page: pageOfMoment(on, moment),
        card: stopCard(textsOfStop(moment.stop, language).title, {
          view,
          stack,
          platform: modelOf(data, recording.platform, language),
        }),
      }));
    }),
  );
  const ofPairs = momentsOfPairs(data.labs, named).flatMap((pair) =>
    pair.moments.flatMap((moment) => {
      const views = pair.sides.map((recording, side) => viewToDraw(data, recording, moment.steps[side] ?? 1));
      return LANGUAGES.map((language) => ({
        language,
        page: pageOfMoment(pair.on, moment),
        card: pairCard(data, pair, stringsOf(language).pair.marks[moment.mark], views, language),
      }));
    }),
  );
  return [...ofLabs, ...ofPairs];
}

/** What there is to draw of one step. */
export interface ViewToDraw {
  readonly view: StopView;
  /** Its frames, without those that the lab asks for. */
  readonly stack: CardStack;
}

/** A step of a recording's first run as a picture may show it. */
export function viewToDraw(data: SiteData, recording: Recording, step: number): ViewToDraw {
  const { image } = there(data.platforms, recording.platform, 'platform');
  const view = viewOfStep(recording, step, image);
  const [run] = recording.runs;
  const asked =
    recording.prediction === null || run === undefined
      ? null
      : askedFrames(new Replay(run), recording.prediction);
  return { view, stack: hideAnswer(view, asked) };
}

/** What a platform is called in a picture: with its year. */
export function platformTitle(data: SiteData, platform: string, language: Language): string {
  return there(data.platforms, platform, 'platform').description.title?.[language] ?? platform;
}

/** What the row on top says of a platform: that this is a model of it. */
export function modelOf(data: SiteData, platform: string, language: Language): string {
  return fill(stringsOf(language).cards.model, { title: platformTitle(data, platform, language) });
}

function stopCard(
  title: string,
  { view, stack, platform }: ViewToDraw & { readonly platform: string },
): Card {
  if (view.end === null) return { kind: 'stop', title, platform, stack };
  const { answer, life } = view.end;
  return { kind: 'end', title, platform, ending: { answer, life } };
}

function pairCard(
  data: SiteData,
  { on, sides }: PairMoments,
  title: string,
  views: readonly ViewToDraw[],
  language: Language,
): Card {
  const { ways } = stringsOf(language).pair;
  const sideOf = (side: 0 | 1): CardSide => {
    const { platform, setup } = sides[side];
    const { title: own, short } = there(data.platforms, platform, 'platform').description;
    const way = setup.mode === 'http' ? ways.http : ways.event;
    const shown = views[side];
    return {
      title: on.isOneHandler ? ((short ?? own)?.[language] ?? platform) : way,
      frames: shown?.stack.frames ?? [],
      ending: shown === undefined || shown.view.end === null ? null : { answer: shown.view.end.answer },
    };
  };
  // Two platforms are named above their columns.
  const platform = on.isOneHandler ? '' : modelOf(data, sides[0].platform, language);
  return { kind: 'pair', title, platform, sides: [sideOf(0), sideOf(1)] };
}
