/** Does a token look like one that a machine drew? Its letters, digits and signs alternate as no word's or path's do. */

/** The least length of a token that can be told from a name. */
const SHORTEST = 20;

/** Whether a token of base64's characters (or URLs' variant) was drawn, or packed. */
export function isRandom(token: string): boolean {
  const { length } = token;
  if (length < SHORTEST) return false;
  if (!/\d|[+/=]/.test(token) || !/[A-Z]/.test(token) || !/[a-z]/.test(token)) return false;
  return alternation(token) >= (length < 32 ? 0.45 : 0.35);
}

/** How often a character is of another kind than the one before it, from 0 to 1. */
function alternation(token: string): number {
  let changes = 0;
  let before = '';
  for (const character of token) {
    const kind = kindOf(character);
    if (before !== '' && kind !== before) changes += 1;
    before = kind;
  }
  return changes / (token.length - 1);
}

function kindOf(character: string): string {
  if (character >= '0' && character <= '9') return 'digit';
  if (character >= 'A' && character <= 'Z') return 'upper';
  if (character >= 'a' && character <= 'z') return 'lower';
  return 'sign';
}
