/** Where does a text break into lines, and how are these made even? */

/** Behind a mark; behind a space or kana, but before no particle, number or small mark; before a bracket; within none. */
const BREAKS_OF_JAPANESE =
  /(?:(?<=[、。：])(?=[^、。」）？ー])|(?<= )(?=[^ぁ-ん\d（])|(?<=[ぁ-ん])(?<!この|その|あの)(?=[^ぁ-ん、。」）？ー：\s])|(?=（))(?![^（]*）)/u;

/** Measures a line. */
export type Measure = (line: string) => number;

/**
 * The parts that a text of ours may break between: words, or phrases of Japanese. Code breaks between words in either language.
 */
export function phrasesOf(text: string, breaks: 'words' | 'kana'): readonly string[] {
  if (breaks === 'words') return text.split(/(?<= )/u);
  return text.split(BREAKS_OF_JAPANESE);
}

/**
 * The most even way to lay parts into so many lines, better still after a comma or a colon or before a bracket; null when a line would be too long.
 */
export function balance(
  parts: readonly string[],
  count: number,
  measure: Measure,
  room: number,
): readonly string[] | null {
  if (count === 1) {
    const line = parts.join('').trimEnd();
    return measure(line) <= room ? [line] : null;
  }
  let best: { readonly lines: readonly string[]; readonly cost: number } | null = null;
  for (let first = 1; first <= parts.length - count + 1; first += 1) {
    const line = parts.slice(0, first).join('').trimEnd();
    if (measure(line) > room) break;
    const rest = balance(parts.slice(first), count - 1, measure, room);
    if (rest === null) continue;
    const lines = [line, ...rest];
    const isGood = /[,:、。：]$/.test(line) || parts[first]?.startsWith('（') === true;
    const cost = Math.max(...lines.map(measure)) * (isGood ? 0.8 : 1);
    if (best === null || cost < best.cost) best = { lines, cost };
  }
  return best?.lines ?? null;
}

/**
 * Recorded text in at most so many lines: it breaks after a space or a comma if there is room for it so, else anywhere; what is
 * too long in any case ends in dots. `fitting` says how many letters of a text fit into a line.
 */
export function wrapData(text: string, most: number, fitting: (rest: string) => number): readonly string[] {
  const wrap = (isSoft: boolean): readonly string[] => {
    const lines: string[] = [];
    for (let rest = text; rest !== '' && lines.length <= most;) {
      const letters = Array.from(rest);
      const count = Math.max(1, fitting(rest));
      const whole = letters.slice(0, count).join('');
      const soft = isSoft && count < letters.length ? whole.search(/[ ,][^ ,]*$/) + 1 : 0;
      const line = soft > 0 ? whole.slice(0, soft) : whole;
      lines.push(line.trimEnd());
      rest = rest.slice(line.length);
    }
    return lines;
  };
  const soft = wrap(true);
  if (soft.length <= most) return soft;
  const hard = wrap(false);
  if (hard.length <= most) return hard;
  return [...soft.slice(0, most - 1), withDots(soft[most - 1] ?? '', fitting)];
}

function withDots(line: string, fitting: (rest: string) => number): string {
  const letters = Array.from(line);
  while (letters.length > 0 && fitting(`${letters.join('')}…`) <= letters.length) letters.pop();
  return `${letters.join('').trimEnd()}…`;
}
