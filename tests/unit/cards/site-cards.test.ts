import assert from 'node:assert/strict';
import path from 'node:path';
import { before, describe, it } from 'node:test';
import { svgToPng } from '../../../scripts/cards/draw-cards.ts';
import { loadRenderer, type Render } from '../../../scripts/cards/render.ts';
import { siteCanvases } from '../../../scripts/cards/site-canvas.ts';
import type { SiteCard } from '../../../scripts/cards/site-card.ts';
import { siteCards } from '../../../scripts/cards/site-cards.ts';
import { readSiteData, type SiteData } from '../../../scripts/cards/site-data.ts';
import { HIDDEN, type Card, type CardFrame } from '../../../src/cards/card.ts';
import { cardToText } from '../../../src/cards/card-to-text.ts';
import { drawCard } from '../../../src/cards/draw-card.ts';
import { BOTTOM, HEIGHT, RIGHT, SIDE, WIDTH } from '../../../src/cards/geometry.ts';
import { record } from '../../../src/integrations/recordings.ts';
import { Replay } from '../../../src/trace/replay.ts';
import { runToPrediction } from '../../../src/trace/prediction.ts';
import { anchorToStep } from '../../../src/trace/stops.ts';
import type { Recording } from '../../../src/trace/recording.ts';

const ROOT = path.resolve(import.meta.dirname, '../../..');

describe('the pictures of shared links', () => {
  let data: SiteData;
  let cards: readonly SiteCard[];
  let canvases: Awaited<ReturnType<typeof siteCanvases>>;

  before(async () => {
    data = await readSiteData(ROOT, await record());
    cards = siteCards(data);
    canvases = await siteCanvases(ROOT);
  });

  it('are of every article, error, platform, lab and pair, each once and in both languages', () => {
    const pagesOf = (language: string): readonly string[] =>
      cards.filter((card) => card.language === language).map(({ page }) => page);
    const pages = new Set(pagesOf('en'));
    assert.equal(pages.size, pagesOf('en').length);
    assert.deepEqual(pages, new Set(pagesOf('ja')));
    for (const page of ['', 'articles', 'glossary', 'errors', 'platforms']) assert.ok(pages.has(page), page);
    for (const { page } of data.articles.en) assert.ok(pages.has(page), page);
    for (const { id } of data.errors) assert.ok(pages.has(`errors/${id}`), id);
    for (const name of data.platforms.keys()) assert.ok(pages.has(`platforms/${name}`), name);
    for (const { lab } of [...data.labs.labs, ...data.labs.pairs])
      assert.ok([...pages].some((page) => page.startsWith(`moments/${lab}/`)) || !hasStops(data, lab), lab);
  });

  it('are drawn without a missing letter, a text without room, or a text that says nothing', () => {
    for (const { language, page, card } of cards) {
      assert.doesNotThrow(() => drawCard(canvases[language], card), `${language} ${page}`);
      const text = cardToText(card, canvases[language].words);
      assert.ok(text.length > 10 && !/undefined|\{\w+\}/.test(text), `${language} ${page}: ${text}`);
    }
  });

  it('never show what a lab asks its reader to guess', () => {
    const asking = [...data.recordings.values()].filter(({ prediction }) => prediction !== null);
    assert.ok(asking.length > 0);
    let hidden = 0;
    for (const recording of asking) {
      const id = `${recording.example}--${recording.platform}`;
      for (const { page, card } of cards) {
        for (const frames of framesOf(page, card, id, data)) {
          assertHidden(recording, frames, card, page);
          if (frames.includes(HIDDEN)) hidden += 1;
        }
      }
    }
    assert.ok(hidden > 20, 'the questions are about frames that pictures would show');
    const front = cards.filter(({ page }) => ['', 'who-called-me', 'when-it-fails'].includes(page));
    assert.equal(front.length, 6);
    for (const { card, page } of front)
      assert.ok(
        card.kind === 'article' && card.stack.frames[0] === HIDDEN && card.stack.frames.length === 2,
        page,
      );
  });

  describe('as files', () => {
    let render: Render;
    before(async () => {
      render = await loadRenderer(ROOT);
    });

    it('are 1200 × 630, less than 100 kB, and paper at their margins', () => {
      for (const { language, page, card } of twenty(cards)) {
        const svg = drawCard(canvases[language], card);
        const png = svgToPng(svg, render);
        const name = `${language} ${page}`;
        assert.ok(png.length < 100_000, `${name}: ${String(png.length)} bytes`);
        assert.deepEqual(
          [png.toString('latin1', 1, 4), png.readUInt32BE(16), png.readUInt32BE(20), png[24], png[25]],
          ['PNG', WIDTH, HEIGHT, 8, 3],
          name,
        );
        assert.equal(inkAtMargins(render(svg)), null, name);
      }
    });
  });
});

/** Pictures of every kind and both languages, and among moments of several labs. */
function twenty(cards: readonly SiteCard[]): readonly SiteCard[] {
  const kinds = Map.groupBy(cards, ({ card, language }) => `${card.kind} ${language}`);
  const chosen = [...kinds.values()].flatMap((some) => {
    const wanted = some.length > 500 ? 4 : some.length > 100 ? 2 : 1;
    return Array.from({ length: wanted }, (_, at) => some[Math.floor(((at + 0.5) * some.length) / wanted)]);
  });
  return chosen.filter((card) => card !== undefined);
}

/** The first place outside of the sheet's inner part that is no paper; null for none. */
function inkAtMargins(pixels: Uint8Array): string | null {
  const words = new Uint32Array(pixels.buffer);
  const [paper] = words;
  for (let y = 0; y < HEIGHT; y += 1)
    for (let x = 0; x < WIDTH; x += 1) {
      const isInner = x >= SIDE - 1 && x < RIGHT + 2 && y >= 44 && y < BOTTOM + 2;
      if (!isInner && words[y * WIDTH + x] !== paper) return `${String(x)}, ${String(y)}`;
    }
  return null;
}

function hasStops({ recordings }: SiteData, lab: string): boolean {
  const recording = recordings.get(lab);
  if (recording === undefined) return true;
  return recording.stops.some(({ at }) => anchorToStep(replayOf(recording), at) !== null);
}

/** The frames that a picture shows of one recording. */
function framesOf(
  page: string,
  card: Card,
  id: string,
  { labs }: SiteData,
): readonly (readonly CardFrame[])[] {
  if (card.kind === 'pair') {
    const pair = labs.pairs.find(({ lab }) => page.startsWith(`moments/${lab}/`));
    return card.sides.filter((_, side) => pair?.sides[side] === id).map(({ frames }) => frames);
  }
  if (card.kind !== 'stop') return [];
  return page.startsWith(`moments/${id}/`) ? [card.stack.frames] : [];
}

/** Of a depth at most one of the frames above is to be seen, of a caller never the one that it was. */
function assertHidden(recording: Recording, frames: readonly CardFrame[], card: Card, page: string): void {
  const { prediction } = recording;
  assert.ok(prediction);
  const replay = replayOf(recording);
  const answer = runToPrediction(replay, prediction);
  const step = anchorToStep(replay, { call: prediction.call });
  assert.ok(answer !== null && step !== null);
  const seen = frames.filter((frame) => frame !== HIDDEN);
  if (prediction.kind === 'caller') {
    assert.ok(!seen.some(({ name }) => name === answer.answer), `${page} names ${answer.answer}`);
    assert.ok(!('title' in card && card.title.includes(answer.answer)), page);
    return;
  }
  const above = replay.at(step).stack.slice(0, -1);
  const shown = above.filter(({ name, source }) =>
    seen.some((frame) => frame.name === name && frame.source === source),
  );
  assert.ok(shown.length <= 1, `${page} shows ${shown.map(({ name }) => name).join(', ')}`);
}

function replayOf({ runs }: Recording): Replay {
  const [run] = runs;
  assert.ok(run);
  return new Replay(run);
}
