/** Where does a text break into lines, and how are these made even? */

/** Measures a line. */
export type Measure = (line: string) => number;

/**
 * The parts that a heading may break between: words; in Japanese after kana or a mark that ends a phrase, never before a small
 * or closing mark. Code breaks between words in either language.
 */
export function phrasesOf(text: string, breaks: 'words' | 'kana'): readonly string[] {
  if (breaks === 'words') return text.split(/(?<= )/u);
  return text.split(/(?<= )|(?<=[ぁ-ん、。：])(?=[^ぁ-ん、。」）？ー：\s])/u);
}

/**
 * The most even way to lay parts into so many lines, better still after a comma or a colon; null when a line would be too long.
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
    const cost = Math.max(...lines.map(measure)) * (/[,:、。：]$/.test(line) ? 0.8 : 1);
    if (best === null || cost < best.cost) best = { lines, cost };
  }
  return best?.lines ?? null;
}

/**
 * Recorded text in at most so many lines: it breaks after a space or a comma if that costs no line, else anywhere; what is too
 * long ends in dots. `fitting` says how many letters of a text fit into a line.
 */
export function wrapData(text: string, most: number, fitting: (rest: string) => number): readonly string[] {
  const wrap = (isSoft: boolean): readonly string[] => {
    const lines: string[] = [];
    for (let rest = text; rest !== '' && lines.length <= most; ) {
      const letters = [...rest];
      const count = Math.max(1, fitting(rest));
      const whole = letters.slice(0, count).join('');
      const soft = isSoft && count < letters.length ? whole.search(/[ ,][^ ,]*$/) + 1 : 0;
      const line = soft > 0 ? whole.slice(0, soft) : whole;
      lines.push(line.trimEnd());
      rest = rest.slice(line.length);
    }
    return lines;
  };
  const hard = wrap(false);
  if (hard.length > most) {
    const last = [...(hard[most - 1] ?? '')].slice(0, -1).join('');
    return [...hard.slice(0, most - 1), `${last}…`];
  }
  const soft = wrap(true);
  return soft.length === hard.length ? soft : hard;
}
