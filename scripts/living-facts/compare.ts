/** Has an original moved since a model was held against it? What the platforms' files say, beside what is published. */
import type { WatchKind } from './published.ts';

/** A version that some models were held against. */
export interface HeldAgainst {
  /** The key of `.github/living-facts.json`. */
  readonly watch: string;
  readonly kind: WatchKind;
  readonly address: string;
  /** Null where nothing was written down. */
  readonly known: string | null;
  readonly platforms: readonly string[];
}

/** What came of looking. */
export type Found = { readonly published: string } | { readonly failed: string };

/** One original that needs somebody. */
export interface Finding {
  readonly held: HeldAgainst;
  /** `moved`: it is another one. `unknown`: there is nothing to compare with. `failed`: nothing could be learnt. */
  readonly kind: 'moved' | 'unknown' | 'failed';
  /** What is published, or why that is not known. */
  readonly says: string;
}

/** What somebody has to look at; nothing where all is as it was. */
export function compareFacts(facts: readonly (readonly [HeldAgainst, Found])[]): readonly Finding[] {
  return facts.flatMap(([held, found]): readonly Finding[] => {
    if ('failed' in found) return [{ held, kind: 'failed', says: found.failed }];
    if (held.known === null) return [{ held, kind: 'unknown', says: found.published }];
    return isSame(held.known, found.published) ? [] : [{ held, kind: 'moved', says: found.published }];
  });
}

/** The issue's text. */
export function findingsToIssue(findings: readonly Finding[]): string {
  const points = findings.map(({ held: { watch, address, known, platforms }, kind, says }) => {
    const of = platforms.map((platform) => `\`${platform}\``).join(', ');
    const what = {
      moved: `the models were held against \`${known ?? ''}\`, and \`${says}\` is published`,
      unknown: `nothing says which one the models were held against; \`${says}\` is published`,
      failed: `could not be looked up. ${says}`,
    }[kind];
    return `- [ ] **${watch}** (${of}): ${what}. ${address}`;
  });
  return [
    'What is published of an original differs from what `src/platforms/*/behaviours.json` says a model was held against.',
    points.join('\n'),
    'CONTRIBUTING.md says how to answer this ("When an original moves"). Do not open the original’s source for it.',
    '',
  ].join('\n\n');
}

/** A commit is written down by its first digits. */
function isSame(known: string, published: string): boolean {
  return known === published || (/^[0-9a-f]{7,40}$/.test(known) && published.startsWith(known));
}
