/** What lets somebody in: keys, tokens, passwords, and what an address carries behind its question mark. */
import { base64ToBytes } from '../../trace/base64.ts';
import { REGION } from './hosts.ts';
import { isPlaceholder, maskWhole } from './ids.ts';
import type { Masks } from './masks.ts';
import { isRandom } from './random.ts';
import type { MaskRow } from './row.ts';

const toSecret = (it: string, masks: Masks): string => maskWhole(it, masks) ?? masks.of('secret', it);

/** Rows that are sure, whatever stands around. */
export const SECRET_ROWS: readonly MaskRow[] = [
  {
    pattern: /-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----(?<it>[\s\S]{1,8192}?)-----END/dg,
    mask: (it, masks) => masks.of('secret', it),
  },
  {
    pattern: /(?<![\w-])eyJ[\w-]{6,4096}\.[\w-]{4,16384}(?:\.[\w-]{0,4096}){0,3}/dg,
    mask: (it, masks) => masks.of('secret', it),
    joined: 'secret',
  },
  {
    pattern: /\b(?:bearer|basic|negotiate)[ \t]{1,4}(?<it>[\w.~+/=-]{8,})/dgi,
    isIt: (it) => /[\d=+/]/.test(it) || (it.length > 24 && /[A-Z]/.test(it.slice(1))),
    mask: toSecret,
    joined: 'secret',
  },
  {
    pattern:
      /(?<![A-Za-z\d])(?:gh[pousr]_|github_pat_|glpat-|xox[abeposr]-|sk-|[sr]k_(?:live|test)_|AIza|ya29\.|SG\.|npm_|pypi-|hf_)[\w.-]{12,}/dg,
    mask: (it, masks) => masks.of('secret', it),
    joined: 'secret',
  },
  {
    pattern: /(?<![A-Za-z\d])(?:AKIA|ASIA|AROA|AIDA|ANPA|AGPA|AIPA|ABIA|ACCA)[A-Z\d]{16}(?![A-Z\d])/dg,
    mask: (it, masks) => masks.of('key', it),
    joined: 'whole',
  },
  {
    // Cut off, longer, or partly masked.
    pattern: /(?<![A-Za-z\d])(?:AKIA|ASIA|AROA|AIDA)[A-Z\d*•xX.…]{4,}/dg,
    isIt: (it) => /[A-Z\d]/.test(it.slice(4)),
    mask: (it, masks) => masks.of('key', it),
  },
  {
    pattern:
      /\b[a-z][a-z\d+.-]{1,20}:\/\/(?<it>(?<user>[^\s/?#:@"'<>]{0,256})(?::(?<password>[^\s/?#@"'<>]{0,512}))?)@(?=[\w[])/dgi,
    mask: (_, masks, { groups }) => {
      const { user = '', password } = groups ?? {};
      const name = user === '' ? '' : toSecret(user, masks);
      return password === undefined ? name : `${name}:${toSecret(password, masks)}`;
    },
    joined: 'secret',
  },
  {
    pattern: /(?:(?:[^\s?&#]|\n|^)[?#]|&)[\w.%~[\]-]{1,64}=(?<it>[^\s&#"'<>|,;)}`]{1,4096})/dgi,
    isIt: (it) => !REGION.test(it),
    mask: (it, masks) => maskWhole(it, masks) ?? masks.of('value', it),
    joined: 'secret',
  },
];

/** Rows for what its name makes a secret, and for what looks like one. */
export const NAMED_SECRET_ROWS: readonly MaskRow[] = [
  {
    // Between quotation marks, the second of which may be on the next line, it may have spaces, commas and brackets.
    pattern:
      /(?<name>(?:pass(?:word|wd|phrase)|pwd|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|credentials?)[\w-]{0,24})(?<quote>["']?)\s{0,3}(?:=>|[:=])\s{0,3}(?<open>["'])(?<it>(?:(?!\k<open>)[^\r\n\\]|\\[^\r\n]){4,256})(?=\k<open>|[\r\n]|$)/dgi,
    isIt: (it, { groups }) => isNamedSecret(it, groups ?? {}),
    mask: toSecret,
    joined: 'wrapped',
    hasParts: true,
  },
  {
    // What a command was started with.
    pattern:
      /(?<![\w-])(?:--(?:pass(?:word|wd|phrase)?|token|secret|api-?key)[ \t=]{1,2}|(?:-u|--user)[ \t=]{1,2}["']?[^\s:"']{1,64}:)["']?(?<it>[^\s"'-][^\s"']{3,512})/dg,
    isIt: (it) => !isPlaceholder(it) && !NO_SECRET.test(it),
    mask: toSecret,
    joined: 'wrapped',
  },
  {
    pattern:
      /(?<name>(?:pass(?:word|wd|phrase)|pwd|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|account[_-]?key|credentials?|signature|session[_-]?id)[\w-]{0,24})(?<quote>["']?)\s{0,3}(?:=>|[:=])\s{0,3}(?<open>["']?)(?<it>[^\s"',;&)}\]]{4,4096})/dgi,
    isIt: (it, { groups }) => isNamedSecret(it, groups ?? {}),
    mask: toSecret,
    joined: 'secret',
  },
  {
    pattern:
      /(?<![\w-])(?:authorization|x-api-key|x-amz-security-token)["']?\s{0,3}[:=]\s{0,3}["']?(?<it>[^\r\n"']{4,4096})/dgi,
    mask: toSecret,
    hasParts: true,
  },
  {
    pattern:
      /(?<![\w-])(?:set-)?cookies?["']?\s{0,3}[:=]\s{0,3}\[?["']?(?<it>[\w.-]{1,80}=[^\r\n"']{1,4096})/dgi,
    mask: toSecret,
    hasParts: true,
  },
];

/** Rows for tokens without a name, known by how they look; the last ones to be asked. */
export const RANDOM_ROWS: readonly MaskRow[] = [
  {
    pattern: /(?<![\w+/-])[\w+/-]{20,}={0,2}(?![\w+/=])/dg,
    isIt: isRandom,
    mask: (it, masks) => masks.of('secret', it),
    joined: 'wrapped',
  },
  {
    pattern: /(?<![A-Za-z\d])[A-Za-z\d]{20,}(?![A-Za-z\d])/dg,
    isIt: isRandom,
    mask: (it, masks) => masks.of('secret', it),
  },
];

/** Text in base64, as the answer of an invocation has its log: it is masked in there. */
export function packedRow(mask: (text: string) => string): MaskRow {
  return {
    // Between dots it is a part of a token.
    pattern: /(?<![\w+/.-])[\w+/-]{24,}={0,2}(?![\w+/.-])/dg,
    isIt: (it) => !/^[\da-f-]+$/i.test(it) && unpack(it) !== null,
    mask: (it) => {
      const packed = unpack(it);
      return packed === null ? it : `${packed.before}${pack(mask(packed.text), it)}${packed.behind}`;
    },
    joined: 'whole',
  };
}

interface Packed {
  readonly before: string;
  readonly text: string;
  /** What a cut has left of its last characters. */
  readonly behind: string;
}

/** The text in a token of base64, which may be cut at both ends; null where there is none. */
function unpack(token: string): Packed | null {
  const bare = token.replace(/=+$/, '');
  for (let skip = 0; skip < 4; skip += 1) {
    const length = bare.length - skip;
    const isWhole = skip === 0 && (token.length > bare.length || length % 4 !== 1);
    const taken = isWhole ? length : length - (length % 4);
    const text = decode(bare.slice(skip, skip + taken));
    if (text !== null) return { before: bare.slice(0, skip), text, behind: bare.slice(skip + taken) };
  }
  return null;
}

function decode(base64: string): string | null {
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    bytes = base64ToBytes(base64.replaceAll('-', '+').replaceAll('_', '/'));
  } catch {
    return null;
  }
  // Words of a path decode as well, to signs that no text has. A look at the bytes is quicker than a decoder's fault.
  if (bytes.reduce((count, byte) => count + Number(isPlain(byte)), 0) < bytes.length * 0.8) return null;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

function isPlain(byte: number): boolean {
  return (byte >= 0x20 && byte < 0x7f) || byte === 0x09 || byte === 0x0a || byte === 0x0d || byte === 0x1b;
}

function pack(text: string, like: string): string {
  const characters = Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join('');
  const base64 = btoa(characters);
  const filled = like.endsWith('=') || like.length % 4 === 0 ? base64 : base64.replace(/=+$/, '');
  return /[-_]/.test(like) && !/[+/]/.test(like) ? filled.replaceAll('+', '-').replaceAll('/', '_') : filled;
}

function isNamedSecret(it: string, groups: Readonly<Record<string, string | undefined>>): boolean {
  const { name = '', quote = '', open = '' } = groups;
  if (isPlaceholder(it) || NO_SECRET.test(it) || ABOUT_SECRET.test(name)) return false;
  // Quoted, or a variable of the environment.
  if (open !== '' || quote !== '' || /^[A-Z\d_]+$/.test(name)) return true;
  if (/[([]/.test(it) || it.toLowerCase() === name.toLowerCase()) return false;
  return /\d/.test(it) || isRandom(it) || (/^(?:pass|pwd)/i.test(name) && /^[^._]+$/.test(it));
}

/** Numbers, and times. */
const NO_SECRET = /^(?:[\d.,]+%?|\d{4}-\d\d-\d\d.*)$/;

/** Names of what is told about a secret. */
const ABOUT_SECRET = /expir|ttl|count|type|len|size|age|time|limit|usage|used|version|policy/i;

/** E-mail addresses, their sign escaped by nothing: a reading has done that. */
export const EMAIL_ROW: MaskRow = {
  pattern: /(?<![\w.+*-])[\p{L}\d_.+*-]{1,64}@[\p{L}\d-]{1,63}(?:\.[\p{L}\d-]{1,63}){1,8}/dgu,
  isIt: (it) => !/\.(?:py|js|service|socket)$/.test(it),
  mask: (it, masks) => masks.of('email', it),
  joined: 'apart',
};
