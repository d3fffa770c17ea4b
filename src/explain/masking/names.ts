/** Names of one's own functions and buckets, where the words around say that it is one. */
import { isPlaceholder } from './ids.ts';
import type { MaskRow } from './row.ts';

/** Users that every system has: nobody's names. */
const ANYBODY =
  /^(?:root|admin|administrator|postgres|mysql|sa|system|sys|rdsadmin|anonymous|nobody|guest|default|unknown|test|user|username|me|self|name|.?%[srd]|%\(\w+\)s|[?$:].*)$/i;
/** What isn't named by the word before it: `for user input`, and an attribute in a line of a program. */
const NO_USER =
  /^(?:inputs?|data|pools?|ids?|names?|agents?|sessions?|accounts?|requests?|profiles?|tables?|defined|codes?|errors?|auth\w*|types?|roles?|groups?|with|from|on|in|is|and|or|not|to|the|at|has|does|by|messages?|events?|(?:self|cls|event|os|env|config|settings|ctx|context|request|args|params|data)\..*)$/i;

function isUser(it: string): boolean {
  return !isPlaceholder(it) && !ANYBODY.test(it.trim()) && it.trim() !== '';
}

/** Rows for names. */
export const NAME_ROWS: readonly MaskRow[] = [
  {
    pattern: /\/aws\/lambda\/(?:[a-z]{2}(?:-[a-z]+)+-\d\.)?(?<it>[\w-]{1,140})/dg,
    mask: (it, masks) => masks.of('name', it),
    joined: 'wrapped',
  },
  {
    pattern: /(?<!\d)\d{4}\/\d\d\/\d\d\/(?<it>[A-Za-z][\w-]{0,140})(?=\[)/dg,
    mask: (it, masks) => masks.of('name', it),
    joined: 'wrapped',
  },
  {
    pattern:
      /\b(?:(?:lambda_)?function[_-]?name|lambda(?="))["']?\s{0,3}[:=]\s{0,3}(?<open>["'])?(?<it>[A-Za-z\d][\w-]{0,140})(?![\w(.[])/dgi,
    isIt: (it, { 0: all, groups }) =>
      !isPlaceholder(it) && (groups?.open !== undefined || /^[A-Z_]+=/.test(all)),
    mask: (it, masks) => masks.of('name', it),
    joined: 'wrapped',
  },
  {
    pattern:
      /\bbucket(?:_?name)?["']?\s{0,3}[:=]\s{0,3}(?:\{\s{0,20}["']name["']\s{0,3}:\s{0,3})?(?<open>["'])?(?<it>[a-z\d][a-z\d.-]{2,62})(?![\w([])/dgi,
    isIt: (_, { 0: all, groups }) => groups?.open !== undefined || /^BUCKET\w*=/.test(all),
    mask: (it, masks) => masks.of('bucket', it),
  },
  // A database, an API or a directory that refuses somebody: `for user "x"`, `Access denied for user 'x'@'host'`.
  {
    pattern:
      /(?<![\w-])(?:user|role|username|login|principal)\s{1,3}["'“‘](?<it>[^"'“”‘’\n<>{}]{1,64})["'”’]/dgi,
    isIt: isUser,
    mask: (it, masks) => masks.of('name', it),
    joined: 'wrapped',
  },
  {
    pattern:
      /(?<![A-Za-z\d])(?:[A-Za-z\d]{1,20}[_-])?user(?:[_-]?name)?["']?\s{0,3}[:=]\s{0,3}(?<open>["'])(?<it>[^"'\n<>{}]{1,64})\k<open>/dgi,
    isIt: isUser,
    mask: (it, masks) => masks.of('name', it),
    joined: 'wrapped',
  },
  // Without quotation marks only where no program's own line has it: among pairs, in a query, and after these words.
  {
    pattern:
      /(?<![^\s?&;"'|])(?<!,\s{0,3})(?:[A-Za-z\d]{1,20}[_-])?user(?:[_-]?name)?=(?<it>[\p{L}\d][\p{L}\d_.@+-]{0,64})(?![\p{L}\d_([.])/dgiu,
    isIt: (it) => isUser(it) && !NO_USER.test(it),
    mask: (it, masks) => masks.of('name', it),
    joined: 'wrapped',
  },
  {
    pattern: /(?<![\w-])for user (?<it>[A-Za-z][\w.@+-]{0,63}\w)(?=[\s"')\]}]{0,4}(?:[,;:]|\.?$))/dgim,
    isIt: (it) => isUser(it) && !NO_USER.test(it),
    mask: (it, masks) => masks.of('name', it),
    joined: 'wrapped',
  },
];
