/** Names of one's own functions and buckets, where the words around say that it is one. */
import { isPlaceholder } from './ids.ts';
import type { MaskRow } from './row.ts';

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
];
