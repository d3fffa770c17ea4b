/** A picture in words, for those who do not see it: its heading, and its frames or its answer. */
import { HIDDEN, type Card, type CardEnding, type CardFrame, type CardWords } from './card.ts';

/** Characters of an answer or of a line of the log. */
const MOST = 200;

/** The alternative text of a picture. */
export function cardToText(card: Card, words: CardWords): string {
  const framesOf = (frames: readonly CardFrame[]): string =>
    frames.map((frame) => (frame === HIDDEN ? words.hidden : frame.name)).join(' > ');
  const about = (title: string, frames: string): string =>
    frames === '' ? title : `${title}. ${words.stack}: ${frames}`;
  switch (card.kind) {
    case 'stop':
    case 'article':
      return about(card.title, framesOf(card.stack.frames));
    case 'pair':
      return [
        card.title,
        ...card.sides.map(({ title, frames, ending }) =>
          ending === null ? about(title, framesOf(frames)) : `${title}: ${gotOf(ending, words)}`,
        ),
      ].join('. ');
    case 'text':
      return `${card.title}. ${card.says}`;
    case 'platform':
      return [
        card.title,
        card.says,
        ...card.counts.map(({ count, label }) => `${String(count)} ${label}`),
      ].join('. ');
    case 'end':
    case 'error': {
      const { ending } = card;
      const title = card.kind === 'end' ? card.title : cut(card.line);
      return [title, gotOf(ending, words), words.lives[ending.life]].filter((part) => part !== '').join('. ');
    }
  }
}

function gotOf({ answer }: Pick<CardEnding, 'answer'>, words: CardWords): string {
  if (answer === undefined) return '';
  return answer === null ? words.noAnswer : `${words.clientGot}: ${cut(answer)}`;
}

/** The beginning of a recorded text; what no reader aloud could say is left out. */
function cut(text: string): string {
  const plain = text.replaceAll(/\p{C}+/gu, ' ').trim();
  const letters = Array.from(plain);
  return letters.length > MOST ? `${letters.slice(0, MOST - 1).join('')}…` : plain;
}
