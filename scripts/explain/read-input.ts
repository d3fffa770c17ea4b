/** The lines to explain: a file's or those of standard input, whatever their encoding, as long as they are lines. */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';

/** Bytes that are read at most, packed or not. */
export const MOST_BYTES = 100 * 1024 * 1024;

/** Why there is nothing to explain; each is a sentence (`explain.terminal.faults`). */
export type InputFaultKey = 'missing' | 'folder' | 'unreadable' | 'large' | 'damaged' | 'binary' | 'empty';

/** Nothing to explain. */
export class InputFault extends Error {
  readonly key: InputFaultKey;
  /** What the system calls it. */
  readonly reason: string;

  constructor(key: InputFaultKey, reason = '') {
    super(`There is nothing to explain: ${key} ${reason}`);
    this.name = 'InputFault';
    this.key = key;
    this.reason = reason;
  }
}

/** Reads a file; null for standard input. Throws `InputFault`. */
export async function readInput(file: string | null): Promise<string> {
  const text = bytesToText(unpack(file === null ? await collect(process.stdin) : await readBytes(file)));
  if (text.trim() === '') throw new InputFault('empty');
  return text;
}

async function readBytes(file: string): Promise<Buffer> {
  try {
    const { size } = await stat(file);
    if (size > MOST_BYTES) throw new InputFault('large');
    return await collect(createReadStream(file));
  } catch (error) {
    if (error instanceof InputFault || !(error instanceof Error) || !('code' in error)) throw error;
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') throw new InputFault('missing');
    if (error.code === 'EISDIR') throw new InputFault('folder');
    throw new InputFault('unreadable', String(error.code));
  }
}

async function collect(stream: AsyncIterable<Buffer | string>): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of stream) {
    const bytes = Buffer.from(piece);
    size += bytes.length;
    if (size > MOST_BYTES) throw new InputFault('large');
    pieces.push(bytes);
  }
  return Buffer.concat(pieces);
}

function unpack(bytes: Buffer): Buffer {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return gunzipSync(bytes, { maxOutputLength: MOST_BYTES });
  } catch (error) {
    const isLarge =
      error instanceof RangeError ||
      (error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE');
    throw new InputFault(isLarge ? 'large' : 'damaged');
  }
}

function bytesToText(bytes: Buffer): string {
  // PowerShell writes what is sent into a file as UTF-16.
  const encoding =
    bytes[0] === 0xff && bytes[1] === 0xfe
      ? 'utf-16le'
      : bytes[0] === 0xfe && bytes[1] === 0xff
        ? 'utf-16be'
        : 'utf-8';
  const text = new TextDecoder(encoding).decode(bytes);
  if (text.includes('\0')) throw new InputFault('binary');
  const broken = text.split('\ufffd').length - 1;
  if (broken > 8 && broken > text.length / 50) throw new InputFault('binary');
  return text;
}
