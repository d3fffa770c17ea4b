/** Chance that a seed repeats: what handlers made at random are drawn with. */

const WORDS = [
  ...['order', 'Tokyo', 'no stock', 'x', "it's", 'a\\"b', 'tab\\there', 'two\\nlines', '%s', '{}', ' ', ''],
  ...['é', 'naïve', '雪', '設定', '😀', 'Ω'],
];

/** Draws numbers and things; the same seed draws the same. */
export class Chance {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** A whole number from 0 to below `end`. */
  below(end: number): number {
    // Mulberry32, as it is known in public: a step, and its bits mixed.
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % end;
  }

  of<Thing>(things: readonly Thing[]): Thing {
    const thing = things[this.below(things.length)];
    if (thing === undefined) throw new RangeError('There is nothing to choose from.');
    return thing;
  }

  word(): string {
    return this.of(WORDS) + (this.below(3) === 0 ? String(this.below(1000)) : '');
  }
}
