/** Ids of runs and accounts: what an id of each kind looks like, whole, cut off, or partly masked by its writer. */
import type { Masks } from './masks.ts';
import type { MaskRow } from './row.ts';

const UUID = /[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}/dgi;

/** The mask of a value that is an id as a whole; null where it is none. */
export function maskWhole(value: string, masks: Masks): string | null {
  if (/^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i.test(value)) return masks.of('request', value);
  if (/^\d{12}$/.test(value)) return value === LOCAL_ACCOUNT ? value : masks.of('account', value);
  if (/^(?:[\da-f]{16,}|[\dA-F]{16,})$/.test(value)) return masks.of('hex', value);
  if (/^(?:AKIA|ASIA)[A-Z\d]{16}$/.test(value)) return masks.of('key', value);
  if (/^[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}$/.test(value)) return masks.of('email', value);
  return isPlaceholder(value) ? value : null;
}

/** Whether somebody has masked it already: nothing but signs that mean "left out". */
export function isPlaceholder(text: string): boolean {
  return /^(?:[xX*•…._-]+|[<[{(]?(?:REDACTED|MASKED|HIDDEN|REMOVED|None|null|undefined|true|false)[>\]})]?|<[\w -]{1,40}>|\$\{?\w+\}?)$/i.test(
    text,
  );
}

/** The account of emulators, which is nobody's. */
const LOCAL_ACCOUNT = '000000000000';

/** Twelve digits that are the minute of a year of ours. */
const MINUTE = /^(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:[01]\d|2[0-3])[0-5]\d$/;

/** What AWS writes ahead of the ids of its resources, which says what they are. */
const RESOURCES =
  'vpc|subnet|sg|sgr|i|eni|eni-attach|ami|aki|ari|vol|snap|rtb|rtbassoc|igw|eigw|nat|eipalloc|eipassoc|acl|aclassoc|vpce|vpce-svc|lt|pcx|tgw|tgw-attach|tgw-rtb|dopt|fs|fsap|fsmt|cgw|vgw|vpn|lgw|pl|fl|r|mi|key|cr|h|spi|sir|sfr|fleet|bundle|import-ami|export-i';

/** Whole ids, the surest first. */
export const ID_ROWS: readonly MaskRow[] = [
  {
    pattern: new RegExp(
      String.raw`(?<![\w-])(?:${RESOURCES})-(?<it>[\da-f]{17}|[\da-f]{8})(?![\da-z]|-[\da-z])`,
      'dg',
    ),
    mask: (it, masks) => masks.of('hex', it),
    joined: 'wrapped',
  },
  {
    // An organization, and a part of one.
    pattern:
      /(?<![\w-])(?:o-(?<it>(?=[a-z]*\d)(?=\d*[a-z])[a-z\d]{10,32})|ou-[a-z\d]{4,32}-(?:[a-z\d]{8,32}))(?![\w-])/dg,
    mask: (it, masks) =>
      it.startsWith('ou-') ? `ou-${masks.of('name', it.slice(3))}` : masks.of('name', it),
    joined: 'wrapped',
  },
  {
    // A distribution of CloudFront, a zone of Route 53.
    pattern:
      /(?:distribution(?:[_ -]?id)?|hosted[_ -]?zone(?:[_ -]?id)?)["']?(?:\s{0,3}[:=/]\s{0,3}|\s)["']?(?<it>[EZ][A-Z\d]{9,31})(?![\w-])/dgi,
    isIt: (it) => /^[EZ][A-Z\d]+$/.test(it) && /\d/.test(it),
    mask: (it, masks) => masks.of('name', it),
    joined: 'wrapped',
  },
  {
    // A pool of users.
    pattern: /(?<![\w-])[a-z]{2}(?:-[a-z]{1,12}){1,2}-\d_(?<it>[A-Za-z\d]{9})(?![\w-])/dg,
    mask: (it, masks) => masks.of('name', it),
    joined: 'wrapped',
  },
  {
    // An access point of S3, by its alias.
    pattern: /(?<![\w.-])(?<it>[a-z\d][a-z\d-]{2,60})-(?:s3alias|ext-s3alias|opsalias|xa-s3)(?![\w-])/dg,
    mask: (it, masks) => masks.of('bucket', it),
    joined: 'apart',
  },
  {
    // E.164.
    pattern: /(?<![\w+./=%-])\+[1-9]\d{7,14}(?![\w.]|:\d)/dg,
    isIt: (it) => !it.startsWith('+999'),
    mask: (it, masks) => masks.of('phone', it),
    joined: 'wrapped',
  },
  {
    pattern: /(?<![\w+./-])\+[1-9]\d{0,2}(?:[ -]\(?\d{1,11}\)?){2,5}(?![\w.:])/dg,
    isIt: (it) => {
      const digits = it.replaceAll(/\D/g, '').length;
      return digits >= 9 && digits <= 15;
    },
    mask: (it, masks) => masks.of('phone', it.replaceAll(/[^\d+]/g, '')),
    joined: 'wrapped',
  },
  { pattern: UUID, mask: (it, masks) => masks.of('request', it), joined: 'whole' },
  {
    // The eight digits are a time, which stays, as the times beside it do.
    pattern: /(?<![\da-f])1-[\da-f]{8}-(?<it>[\da-f]{24})/dgi,
    mask: (it, masks) => masks.of('trace', it),
    joined: 'whole',
  },
  {
    pattern:
      /(?:segment|parent|span|trace)[ _-]?(?:id)?["']?\s{0,3}[:=]\s{0,3}["']?(?<it>[\da-f]{16}(?:[\da-f]{16})?|\d{17,20})(?![\da-f])/dgi,
    mask: (it, masks) => masks.of('hex', it),
  },
  {
    pattern: /(?<![\dA-Za-z])(?:[\da-f]{16,}(?![\da-z])|[\dA-F]{16,}(?![\dA-Z]))/dg,
    isIt: (it) => /\d/.test(it) && /[a-f]/i.test(it),
    mask: (it, masks) => masks.of('hex', it),
  },
  {
    pattern: /(?<![\dA-Za-z])(?:[\da-f]{64}|[\da-f]{40}|[\da-f]{32})(?![\da-z])/dg,
    isIt: (it) => /\d/.test(it) && /[a-f]/.test(it),
    mask: (it, masks) => masks.of('hex', it),
    joined: 'whole',
  },
];

/** Parts of ids, and accounts, whose digits could be a number's. */
export const LOOSE_ROWS: readonly MaskRow[] = [
  {
    // A paste that ends, or a preview that was cut, in the middle.
    pattern: /(?<![\da-z-])[\da-f]{8}-(?:[\da-f]{4}-){0,3}[\da-f]{0,11}(?![\da-z-])/dgi,
    isIt: (it) => /[a-f]/i.test(it) && /\d/.test(it),
    mask: (it, masks) => masks.beginning(it) ?? masks.of('request', it),
  },
  {
    pattern: /(?<![\da-z])[\da-f]{0,8}-?(?:[\da-f]{4}-){1,3}[\da-f]{12}/dgi,
    isIt: (it) => /[a-f]/i.test(it) && /\d/.test(it),
    mask: (it, masks) => masks.ending(it) ?? masks.of('request', it),
  },
  {
    pattern: /(?<![\da-z])[\da-fx*•]{2,12}(?:-[\da-fx*•]{1,12}){3,4}(?![\da-z])/dgi,
    isIt: (it) => /[x*•]/i.test(it) && /[\da-f]{2}/i.test(it),
    mask: (it, masks) => masks.of('request', it),
  },
  {
    // The first eight digits of a request's id, as queries shorten it.
    pattern: /(?<![\da-z-])[\da-f]{8}(?![\da-z-])/dgi,
    isIt: (it) => /[a-f]/i.test(it) || !/^(?:19|20)\d\d(?:0[1-9]|1[0-2])/.test(it),
    mask: (it, masks) => masks.beginning(it) ?? it,
  },
  {
    pattern:
      /(?<!\d)(?<!\d\.)(?<!(?:ns|nanos|nanoseconds|micros|bytes|size|time|timestamp|ms|us)["']?\s{0,3}[:=]\s{0,3})\d{12}(?!\d|\.\d|\s?(?:[mnuµ]?s|bytes?|[KMGT]?i?B)\b)/dgi,
    isIt: (it, { index, input }) =>
      it !== LOCAL_ACCOUNT &&
      (!MINUTE.test(it) || /(?:account\W{0,12}|:)$/i.test(input.slice(Math.max(0, index - 24), index))),
    mask: (it, masks) => masks.of('account', it),
    joined: 'wrapped',
  },
  {
    pattern: /(?<![\d-])\d{4}-\d{4}-\d{4}(?![\d-])/dg,
    mask: (it, masks) => masks.of('account', it.replaceAll('-', '')).replace(/^(.{4})(.{4})/, '$1-$2-'),
  },
  {
    pattern: /(?<![\w*•])(?=[\dxX*•]{12}(?![\w*•]))(?=\d*[xX*•])(?:[xX*•]*\d)[\dxX*•]*/dg,
    isIt: (it) => it.length === 12 && /\d{2}/.test(it),
    mask: (it) => it.replace(/\d/g, '0'),
  },
];
