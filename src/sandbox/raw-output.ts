/** How the lab's own frames begin in what Python dumps at a fatal error: no reader's business. */
const OWN_FRAME = '  File "/harness/';

/**
 * What is written straight to one standard stream, past the runtime: bytes made into text, held to the
 * cap of the run, without the frames of the lab's own Python.
 */
export class RawOutput {
  readonly #pass: (text: string) => void;
  readonly #cut: (limit: number) => void;
  #decoder = new TextDecoder();
  #limit = 0;
  #left = 0;
  /** The beginning of a line that may turn out to be a frame of ours. */
  #held = '';
  #insideLine = false;

  /** `pass` takes what may be seen; `cut` is called once a run, with the limit, where the rest is left out. */
  constructor(pass: (text: string) => void, cut: (limit: number) => void) {
    this.#pass = pass;
    this.#cut = cut;
  }

  /** Starts a run that may write `limit` characters. */
  begin(limit: number): void {
    this.end();
    this.#limit = this.#left = limit;
  }

  write(bytes: Uint8Array): void {
    // A closed stream must cost next to nothing: a program may write a million times.
    if (this.#left < 0) return;
    let text = '';
    for (const piece of this.#decoder.decode(bytes, { stream: true }).split(/(?<=\n)/))
      text += this.#sift(piece);
    this.#give(text);
  }

  /** Gives what was held back, at the end of a run: it was no frame. */
  end(): void {
    const held = this.#held.startsWith(OWN_FRAME) ? '' : this.#held;
    this.#held = '';
    this.#insideLine = false;
    this.#give(held + this.#decoder.decode());
  }

  /** `piece` ends at a line's end at the latest. */
  #sift(piece: string): string {
    const text = this.#held + piece;
    const isOwn = !this.#insideLine && text.startsWith(OWN_FRAME);
    const mayBeOwn = !this.#insideLine && OWN_FRAME.startsWith(text);
    const isWhole = text.endsWith('\n');
    this.#held = mayBeOwn || (isOwn && !isWhole) ? text : '';
    this.#insideLine = !isWhole && this.#held === '';
    return isOwn || mayBeOwn ? '' : text;
  }

  #give(text: string): void {
    if (text === '' || this.#left < 0) return;
    const passed = text.slice(0, this.#left);
    if (passed !== '') this.#pass(passed);
    this.#left -= passed.length;
    if (passed.length === text.length) return;
    this.#left = -1;
    this.#cut(this.#limit);
  }
}
