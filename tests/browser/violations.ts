import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';

/** What axe finds wrong in a part of a page, by all rules or by these, short enough to read: the rule, and the elements. */
export async function violationsOn(
  page: Page,
  part = 'html',
  leftOut: readonly string[] = [],
  rules: readonly string[] = [],
): Promise<string[]> {
  // The mode without it opens another page for each look, for frames of other origins; ours hold no words.
  // What passed is described by an element a rule: a page of 7,000 elements has a megabyte of such descriptions.
  const builder = new AxeBuilder({ page })
    .options({ resultTypes: ['violations'] })
    .setLegacyMode()
    .include(part);
  if (rules.length > 0) builder.withRules([...rules]);
  for (const selector of leftOut) builder.exclude(selector);
  const { violations } = await builder.analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
}
