/**
 * Log frames as the runtime writes them: four bytes of type, four of length, eight of microseconds since 1970, the
 * message [M]; numbers are big-endian.
 */
const HEAD = 16;

/** Takes bytes as they come, in whatever pieces, and gives the messages that are complete. */
export class FrameReader {
  #rest: Uint8Array = new Uint8Array();

  read(bytes: Uint8Array): string[] {
    const all = new Uint8Array(this.#rest.length + bytes.length);
    all.set(this.#rest);
    all.set(bytes, this.#rest.length);
    const view = new DataView(all.buffer);
    const messages: string[] = [];
    let at = 0;
    while (at + HEAD <= all.length) {
      const end = at + HEAD + view.getUint32(at + 4);
      if (end > all.length) break;
      messages.push(new TextDecoder().decode(all.subarray(at + HEAD, end)));
      at = end;
    }
    this.#rest = all.subarray(at);
    return messages;
  }
}
