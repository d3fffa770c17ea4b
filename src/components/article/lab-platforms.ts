import { readMdx } from './read-mdx.ts';

/**
 * The platforms that an article's labs run on, each once, in the order of the labs: from its text, where a lab names
 * its platform or platforms itself, is one of a pair, or is placed by the name of a constant (`{...lab}`). Throws RangeError for
 * one that names no platform.
 */
export function labPlatforms(article: string): readonly string[] {
  const labs = readMdx(article).elements.filter(({ name }) => name === 'Lab' || name === 'Compare');
  const platforms = labs.map((lab) => {
    const found = lab.attributes.get('platforms') ?? lab.attributes.get('platform');
    if (found === undefined)
      throw new RangeError(`<${[lab.name, ...lab.written].join(' ')} /> names no platform.`);
    return found.split(' ');
  });
  return [...new Set(platforms.flat())];
}
