import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';

/** What axe finds wrong in a part of a page, short enough to read: the rule, and the elements. */
export async function violationsOn(
  page: Page,
  part = 'html',
  leftOut: readonly string[] = [],
): Promise<string[]> {
  const builder = new AxeBuilder({ page }).include(part);
  for (const selector of leftOut) builder.exclude(selector);
  const { violations } = await builder.analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
}
