/**
 * The link that shares an explanation: `#explain~<version>.<data>`, where `data` is the JSON of a record, packed. The record holds
 * a masked text and nothing else: whoever opens the link has it explained anew.
 */
import { packText, unpackText, UnpackFault } from '../trace/packed-text.ts';

/** Characters of a fragment, its `#` among them: what chats, mails and old proxies let pass. */
export const MAX_SHARE_LINK = 8000;

/** Bytes of a record's JSON: a log repeats itself, so that eight thousand characters can hold more than a hundred kilobytes. */
const MAX_RECORD = 262_144;

/** What follows the place's name; some programs write it as `%7E`. */
const LINK = /^#explain(?:~|%7E)(.*)$/is;

/** Why a link of lines is not opened, or cannot be made; each is one sentence of the page's words. */
export type ShareFaultKey =
  /** Not what was written: cut off, or changed on its way. */
  | 'damaged'
  /** More characters than a link may have. */
  | 'long'
  /** It unpacks to more than a link may hold. */
  | 'huge'
  /** A version that this site does not know. */
  | 'version'
  /** Something else than lines is in it. */
  | 'value'
  /** No line is in it. */
  | 'empty'
  /** A character that lets lines be read in another order than they stand in, or that no log has. */
  | 'order';

/** A link of lines that is not opened. */
export class ShareFault extends Error {
  readonly key: ShareFaultKey;

  constructor(key: ShareFaultKey) {
    super(`A link of lines cannot be used: ${key}`);
    this.name = 'ShareFault';
    this.key = key;
  }
}

/** Whether a fragment is meant as a link of lines. */
export function isShareLink(fragment: string): boolean {
  return LINK.test(fragment);
}

/** The lines in a fragment that is meant as a link of lines. Throws `ShareFault`. */
export async function readShareLink(fragment: string): Promise<string> {
  if (fragment.length > MAX_SHARE_LINK) throw new ShareFault('long');
  const [, version, data = ''] = /^(\d{1,6})\.([^.]*)$/.exec(LINK.exec(fragment)?.[1] ?? '') ?? [];
  if (version === undefined) throw new ShareFault('damaged');
  if (version !== '1') throw new ShareFault('version');
  return valueToText(parse(await unpack(data)));
}

/**
 * The fragment that shares a text. Give it masked text alone. Throws `ShareFault`: with `long` the text may still be saved as a file.
 */
export async function writeShareLink(masked: string): Promise<string> {
  const text = JSON.stringify({ text: valueToText({ text: masked }) });
  if (new TextEncoder().encode(text).length > MAX_RECORD) throw new ShareFault('long');
  const fragment = `#explain~1.${await packText(text)}`;
  if (fragment.length > MAX_SHARE_LINK) throw new ShareFault('long');
  return fragment;
}

/** Colours are a log's own; others are controls that no log is read with. Orders (U+202A to U+202E, U+2066 to U+2069) deceive. */
const REFUSED = /[\0\u202a-\u202e\u2066-\u2069]/u;

function valueToText(value: unknown): string {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new ShareFault('value');
  const { text, ...more } = value as { text?: unknown };
  if (typeof text !== 'string' || Object.keys(more).length > 0) throw new ShareFault('value');
  if (text.trim() === '') throw new ShareFault('empty');
  if (REFUSED.test(text) || !text.isWellFormed()) throw new ShareFault('order');
  return text;
}

async function unpack(data: string): Promise<string> {
  try {
    return await unpackText(data, MAX_RECORD);
  } catch (error) {
    throw error instanceof UnpackFault ? new ShareFault(error.key) : error;
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ShareFault('damaged');
  }
}
