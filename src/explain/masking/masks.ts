/** What stands in the place of an id. The same one has the same mask all over a text, in the form in which a log still reads it. */

/** What is masked; names of sentences. */
export type MaskKind =
  | 'account'
  | 'request'
  | 'trace'
  | 'hex'
  | 'key'
  | 'secret'
  | 'email'
  | 'address'
  | 'phone'
  | 'host'
  | 'bucket'
  | 'name'
  | 'value'
  | 'word';

/** Addresses for documents: RFC 5737's first net, then RFC 2544's. */
function toAddress(count: number): string {
  return count < 255 ? `192.0.2.${count}` : `198.18.${(count >> 8) % 256}.${count % 256}`;
}

/** The form of a hexadecimal id stays: its length, its dashes, and what its writer had already masked. */
function toHex(id: string, count: number): string {
  const digits = String(count);
  const places = Array.from(id.matchAll(/[\da-f]/gi), ({ index }) => index);
  // In the first group, so that a shortened id is the beginning of its whole one's mask.
  const first = /^[\da-f]+/i.exec(id)?.[0].length ?? 0;
  const last = Math.max(first, Math.min(digits.length, places.length));
  const head = digits.padStart(last, '0').slice(-last);
  let at = 0;
  return id.replace(/[\da-f]/gi, () => head[at++] ?? '0');
}

/** How much of an id says which one it is, at its beginning and at its end. */
const HEAD = 8;
const TAIL = 12;

/** The masks of one text. */
export class Masks {
  private readonly numbers = new Map<MaskKind, number>();
  private readonly lasts = new Map<MaskKind, number>();
  private readonly given = new Map<string, string>();
  /** Ids by their first and last characters. */
  private readonly heads = new Map<string, string>();
  private readonly tails = new Map<string, string>();
  /** Masks that stood in the text before: it was masked once, by this site or by a part of it. */
  private readonly old: ReadonlySet<string>;
  /** Names, hosts and secrets, as they were written, with their masks. */
  readonly originals = new Map<string, string>();

  constructor(source: string) {
    this.old = new Set(source.match(OLD_MASK));
  }

  /** How many different ones of each kind have a mask. */
  get counts(): Partial<Record<MaskKind, number>> {
    return Object.fromEntries(this.numbers);
  }

  /** The mask of an id. */
  of(kind: MaskKind, id: string): string {
    const plain = kind === 'secret' || kind === 'key' ? id : id.toLowerCase();
    const key = `${kind} ${plain}`;
    const known = this.given.get(key);
    if (known !== undefined) return known;
    if (this.old.has(id)) return id;
    let number = (this.lasts.get(kind) ?? 0) + 1;
    while (this.old.has(toMask(kind, id, number))) number += 1;
    this.lasts.set(kind, number);
    this.numbers.set(kind, (this.numbers.get(kind) ?? 0) + 1);
    const mask = toMask(kind, id, number);
    this.given.set(key, mask);
    if (kind === 'request' && id.length === 36) {
      this.heads.set(plain.slice(0, HEAD), plain);
      this.tails.set(plain.slice(-TAIL), plain);
    }
    if (OFTEN_BARE.has(kind)) this.originals.set(id, mask);
    return mask;
  }

  /** The mask of a request's id of which only the beginning is there; null where no whole one begins so. */
  beginning(part: string): string | null {
    const whole = this.heads.get(part.slice(0, HEAD).toLowerCase());
    return whole?.startsWith(part.toLowerCase()) === true
      ? this.of('request', whole).slice(0, part.length)
      : null;
  }

  /** The mask of a request's id of which only the end is there; null where no whole one ends so. */
  ending(part: string): string | null {
    const whole = this.tails.get(part.slice(-TAIL).toLowerCase());
    return whole?.endsWith(part.toLowerCase()) === true
      ? this.of('request', whole).slice(-part.length)
      : null;
  }
}

/** What a mask looks like; one of a host is there with and without what follows it. */
const OLD_MASK =
  /\d{8}-0000-[\da-f]000-[\da-f]000-\d{12}|user-\d+@example\.com|(?<![\w-])(?:secret|host|bucket|name|value|word)-\d+(?![\w-])|(?<![\da-z])(?:A[A-Z]{3})?0{8,}\d{1,8}(?![\da-z])|192\.0\.2\.\d{1,3}|198\.18\.\d{1,3}\.\d{1,3}|2001:db8::[\da-f]{1,4}|\+999\d{8}(?!\d)/g;

/** Kinds that are written in a place that says what they are, and elsewhere without it. */
const OFTEN_BARE: ReadonlySet<MaskKind> = new Set(['secret', 'host', 'bucket', 'name']);

function toMask(kind: MaskKind, id: string, count: number): string {
  const number = String(count);
  switch (kind) {
    case 'account':
      return number.padStart(12, '0');
    case 'request':
      // Version and variant stay: an emulator's differ from Lambda's.
      return id.length === 36
        ? `${number.padStart(8, '0').slice(-8)}-0000-${id[14] ?? ''}000-${id[19] ?? ''}000-${number.padStart(12, '0')}`
        : toHex(id, count);
    case 'trace':
      return number.padStart(24, '0');
    case 'hex':
      return toHex(id, count);
    case 'key':
      return `${id.slice(0, 4)}${number.padStart(16, '0')}`;
    case 'email':
      return `user-${number}@example.com`;
    case 'phone':
      // A country that there isn't.
      return `+999${number.padStart(8, '0')}`;
    case 'address':
      return id.includes(':') ? `2001:db8::${count.toString(16)}` : toAddress(count);
    case 'secret':
    case 'host':
    case 'bucket':
    case 'name':
    case 'value':
    case 'word':
      return `${kind}-${number}`;
  }
}
