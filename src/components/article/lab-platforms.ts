const LAB = /<(?:Lab|Compare)\b([^>]*)>/g;
const CONSTANT = /^export const (\w+) = \{([^}]*)\}/gm;

/**
 * The platforms that an article's labs run on, each once, in the order of the labs: from its text, where a lab names
 * its platform itself, is one of a pair, or is placed by the name of a constant (`{...lab}`). Throws RangeError for
 * one that names no platform.
 */
export function labPlatforms(article: string): readonly string[] {
  const constants = new Map(
    Array.from(article.matchAll(CONSTANT), ([, name = '', body = '']) => [
      name,
      /\bplatform: '([^']+)'/.exec(body)?.[1],
    ]),
  );
  const platforms = Array.from(article.matchAll(LAB), ([tag, attributes = '']) => {
    const named = /\bplatforms?="([^"]+)"/.exec(attributes)?.[1];
    const spread = /\{\.\.\.(\w+)\}/.exec(attributes)?.[1];
    const found = named ?? (spread === undefined ? undefined : constants.get(spread));
    if (found === undefined) throw new RangeError(`${tag} names no platform.`);
    return found.split(' ');
  });
  return [...new Set(platforms.flat())];
}
