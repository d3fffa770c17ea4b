/** A picture in words, for those who do not see it: its heading, and its frames or its answer. */
import { HIDDEN, type Card, type CardEnding, type CardFrame, type CardWords } from './card.ts';

/** Characters of an answer or of a line of the log. */
const MOST = 200;

/** The alternative text of a picture. */
export function cardToText(card: Card, words: CardWords): string {
  const framesOf = (frames: readonly CardFrame[]): string =>
    frames.map((frame) => (frame === HIDDEN ? words.hidden : frame.name)).join(', ');
  const about = (title: string, frames: string): string =>
    frames === '' ? title : toSentences(title, `${words.stack}: ${frames}`);
  switch (card.kind) {
    case 'stop':
    case 'article':
      return about(card.title, framesOf(card.stack.frames));
    case 'pair':
      return toSentences(
        card.title,
        ...card.sides.map(({ title, frames, ending }) =>
          ending === null ? about(title, framesOf(frames)) : `${title}: ${gotOf(ending, words)}`,
        ),
      );
    case 'text':
      return toSentences(card.title, card.says);
    case 'platform':
      return toSentences(
        card.title,
        card.says,
        ...card.counts.map(({ count, label }) => `${String(count)} ${label}`),
      );
    case 'end':
    case 'error': {
      const { ending } = card;
      const title = card.kind === 'end' ? card.title : cut(card.line);
      return toSentences(title, gotOf(ending, words), words.lives[ending.life]);
    }
  }
}

function gotOf({ answer }: Pick<CardEnding, 'answer'>, words: CardWords): string {
  if (answer === undefined) return '';
  return answer === null ? words.noAnswer : `${words.clientGot}: ${cut(answer)}`;
}

/** Parts one after the other, each ended as its script ends a sentence; empty ones are left out. */
function toSentences(...parts: readonly string[]): string {
  const [first = '', ...others] = parts.filter((part) => part !== '');
  return others.reduce((text, part) => {
    if (/[。？！]$/.test(text)) return text + part;
    if (/[ぁ-んァ-ヶー一-龠）]$/.test(text)) return `${text}。${part}`;
    return /[.?!]$/.test(text) ? `${text} ${part}` : `${text}. ${part}`;
  }, first);
}

/** The beginning of a recorded text; what no reader aloud could say is left out. */
function cut(text: string): string {
  const plain = text.replaceAll(/\p{C}+/gu, ' ').trim();
  const letters = Array.from(plain);
  return letters.length > MOST ? `${letters.slice(0, MOST - 1).join('')}…` : plain;
}
