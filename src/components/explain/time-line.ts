/** What ran when, drawn: a piece for each init, invocation and pause, with its name and length in words. */
import { makeElement } from '../../lab/make-element.ts';
import { fill } from '../../lab/words.ts';
import type { ExplainWords } from './page-data.ts';
import { toTracks, type Phase } from './to-phases.ts';
import type { LinePlace, ShownRun, Summary } from './told.ts';
import { runName, writeDuration, writeNumber } from './write.ts';

/** The part of the page with the time line; null where no line tells of an invocation. */
export function drawTimeLine(
  summary: Summary,
  words: ExplainWords,
  language: string,
  goTo: (place: LinePlace) => void,
): HTMLElement | null {
  if (summary.runs.length === 0) return null;
  const { time } = words.page;
  const root = makeElement(document, 'section', 'explain-time');
  const title = makeElement(document, 'h2', 'explain-small', time.title);
  title.id = 'explain-time';
  root.setAttribute('aria-labelledby', title.id);
  root.append(title);
  const tracks = toTracks(summary.runs);
  for (const [number, phases] of tracks.entries()) {
    const list = makeElement(document, 'ol', 'phases');
    list.role = 'list';
    if (tracks.length > 1) {
      const name = fill(time.lane, { number: writeNumber(number + 1, language) });
      root.append(makeElement(document, 'h3', 'phase-lane', name));
      list.ariaLabel = name;
    }
    list.append(...phases.map((phase) => drawPhase(phase, summary.runs, words, language, goTo)));
    root.append(list);
  }
  const counts = {
    count: writeNumber(summary.runs.length, language),
    all: writeNumber(summary.runCount, language),
  };
  const notes = [
    ...(tracks.length > 1 ? [time.lanes] : []),
    ...(tracks.some(({ length }) => length > 1) ? [time.note] : []),
    ...(summary.runCount > summary.runs.length ? [fill(time.more, counts)] : []),
  ];
  if (notes.length > 0)
    root.append(makeElement(document, 'p', 'explain-note', notes.join(language === 'ja' ? '' : ' ')));
  return root;
}

function drawPhase(
  { type, ms, run: index }: Phase,
  runs: readonly ShownRun[],
  words: ExplainWords,
  language: string,
  goTo: (place: LinePlace) => void,
): HTMLElement {
  const item = makeElement(document, 'li', 'phase');
  item.dataset.phase = type;
  const run = runs[index];
  if (run === undefined) return item;
  const isRun = type === 'run';
  const isInit = type === 'init' || type === 'failed-init';
  if (isRun) item.dataset.end = run.outcome;
  if (type === 'failed-init') item.dataset.end = 'error';
  // Wider where it took longer; a pause is as wide as its words.
  item.style.flexGrow = isRun || isInit ? String(Math.max(1, Math.round(ms ?? 1))) : '0';
  const place = isRun ? run.place : null;
  const box = document.createElement(place === null ? 'div' : 'a');
  box.className = 'phase-box';
  if (place !== null && box instanceof HTMLAnchorElement) {
    box.href = '#explain-list';
    box.addEventListener('click', (event) => {
      event.preventDefault();
      goTo(place);
    });
  }
  const { time } = words.page;
  box.append(
    makeElement(
      document,
      'b',
      '',
      isRun ? runName(index, run.attempt, words.page, language) : isInit ? time.init : time[type],
    ),
    makeElement(document, 'span', 'phase-ms', ms === null ? time.noTime : writeDuration(ms, language)),
    makeElement(document, 'span', 'phase-says', saysOf(type, run, words, language)),
  );
  item.append(box);
  return item;
}

function saysOf(
  type: Phase['type'],
  run: ShownRun,
  { page: { time }, starts, outcomes }: ExplainWords,
  language: string,
): string {
  switch (type) {
    case 'init':
      return starts[run.start];
    case 'failed-init':
      return time.failedInit;
    case 'frozen':
      return time.kept;
    case 'nothing':
      return time.gone;
    case 'unknown':
      return time.notKnown;
    case 'run': {
      const parts = [outcomes[run.outcome]];
      if (run.start === 'again' && run.initMs !== null)
        parts.unshift(fill(time.initInside, { ms: writeDuration(run.initMs, language) }));
      else if (run.start !== 'unknown') parts.unshift(starts[run.start]);
      return parts.join(language === 'ja' ? '、' : ', ');
    }
  }
}
