/**
 * Pixels as places in a palette of at most 256 colours: the most frequent stay, any other becomes the nearest of them. The
 * pictures have 140 to 290 colours, so nothing is lost that one could see, and more than half of the bytes go.
 */

/** A picture by its colours. */
export interface IndexedPixels {
  /** Red, green and blue of each colour. */
  readonly colours: readonly (readonly [number, number, number])[];
  /** For each pixel, row by row, the place of its colour. */
  readonly places: Uint8Array;
}

/** The most colours that a PNG with one byte a pixel has. */
const MOST_COLOURS = 256;

/** Makes a palette of opaque RGBA pixels. */
export function toPalette(pixels: Uint8Array): IndexedPixels {
  const words = new Uint32Array(pixels.buffer, pixels.byteOffset, pixels.byteLength / 4);
  const kept = [...countColours(words)].sort(([, one], [, other]) => other - one).map(([word]) => word);
  const main = kept.slice(0, MOST_COLOURS);
  const placeOf = new Map(
    kept.map((word, index) => [word, index < MOST_COLOURS ? index : nearest(main, word)]),
  );
  const places = new Uint8Array(words.length);
  let last = -1;
  let place = 0;
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] as number;
    // A picture is mostly runs of one colour.
    if (word !== last) {
      place = placeOf.get(word) ?? 0;
      last = word;
    }
    places[at] = place;
  }
  return { colours: main.map(channelsOf), places };
}

function countColours(words: Uint32Array): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  let from = 0;
  for (let at = 1; at <= words.length; at += 1) {
    const word = words[from] as number;
    if (words[at] === word) continue;
    counts.set(word, (counts.get(word) ?? 0) + at - from);
    from = at;
  }
  return counts;
}

/** The bytes of a pixel lie in memory as red, green, blue and opacity. */
function channelsOf(word: number): readonly [number, number, number] {
  return [word & 255, (word >> 8) & 255, (word >> 16) & 255];
}

function nearest(colours: readonly number[], word: number): number {
  const wanted = channelsOf(word);
  let best = 0;
  let least = Infinity;
  for (const [place, other] of colours.entries()) {
    const channels = channelsOf(other);
    const distance = wanted.reduce((sum, value, at) => sum + (value - (channels[at] ?? 0)) ** 2, 0);
    if (distance < least) [best, least] = [place, distance];
  }
  return best;
}
