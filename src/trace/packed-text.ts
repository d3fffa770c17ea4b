/**
 * A text as a part of an address: UTF-8, deflate in zlib's frame (its checksum finds what was changed on the way), base64url.
 * By what browsers and Node have, so that it costs a page nothing.
 */

/** A text that cannot be unpacked: changed on its way, or more than the reader of it takes. */
export class UnpackFault extends Error {
  readonly key: 'damaged' | 'huge';

  constructor(key: 'damaged' | 'huge') {
    super(`A packed text cannot be used: ${key}`);
    this.name = 'UnpackFault';
    this.key = key;
  }
}

/** Packs a text. */
export async function packText(text: string): Promise<string> {
  const pieces = await readAll(
    pipe(new TextEncoder().encode(text), new CompressionStream('deflate')),
    Infinity,
  );
  const bytes = new Uint8Array(await new Blob(pieces).arrayBuffer());
  const characters = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  return btoa(characters).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** Unpacks it again; stops while it unpacks where there is more than `most` bytes. Throws `UnpackFault`. */
export async function unpackText(packed: string, most: number): Promise<string> {
  if (!/^[\w-]+$/.test(packed)) throw new UnpackFault('damaged');
  try {
    const characters = atob(packed.replaceAll('-', '+').replaceAll('_', '/'));
    const bytes = Uint8Array.from(characters, (character) => character.charCodeAt(0));
    const pieces = await readAll(pipe(bytes, new DecompressionStream('deflate')), most);
    const whole = await new Blob(pieces).arrayBuffer();
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(whole);
  } catch (error) {
    throw error instanceof UnpackFault ? error : new UnpackFault('damaged');
  }
}

/** Bytes that go into a stream at once: it may make a thousand times as many of them before anybody can look. */
const PIECE = 128;

function pipe(bytes: Uint8Array<ArrayBuffer>, stream: CompressionStream): ReadableStream<BufferSource> {
  let at = 0;
  const source = new ReadableStream<BufferSource>({
    pull(controller) {
      controller.enqueue(bytes.subarray(at, at + PIECE));
      at += PIECE;
      if (at >= bytes.length) controller.close();
    },
  });
  return source.pipeThrough(stream);
}

async function readAll(stream: ReadableStream<BufferSource>, most: number): Promise<BufferSource[]> {
  const reader = stream.getReader();
  const pieces: BufferSource[] = [];
  let size = 0;
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    size += read.value.byteLength;
    if (size > most) {
      await reader.cancel();
      throw new UnpackFault('huge');
    }
    pieces.push(read.value);
  }
  return pieces;
}
