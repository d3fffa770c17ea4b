/**
 * Behind the failures, what the pages said when they failed: their statuses, alerts and dialogs, and what had the focus. A
 * failure that comes once in a thousand runs, on a machine that nobody can look into, can then be told from others.
 */
import { readFileSync } from 'node:fs';
import type { FullConfig, Reporter, Suite, TestCase, TestResult } from '@playwright/test/reporter';

/** What a line of Playwright's picture of a page begins with, for a part that says something or has the focus. */
const TELLING = /^\s*- '?(?:status|alert|dialog|alertdialog|progressbar)\b|\[active\]/;

const LONGEST = 300;

/** The reporter; `playwright.config.ts` names it. */
export default class SaidReporter implements Reporter {
  #root: Suite | null = null;

  onBegin(_config: FullConfig, suite: Suite): void {
    this.#root = suite;
  }

  onEnd(): void {
    for (const test of this.#root?.allTests() ?? []) {
      for (const result of test.results) {
        if (result.status !== test.expectedStatus && result.status !== 'skipped') tell(test, result);
      }
    }
  }

  printsToStdio(): boolean {
    return false;
  }
}

function tell(test: TestCase, { attachments }: TestResult): void {
  const lines = attachments
    .filter(({ name }) => name === 'error-context')
    .flatMap(({ path }) => (path === undefined ? [] : telling(readFileSync(path, 'utf8'))));
  process.stdout.write(
    [`\nWhat the page of “${test.title}” said:`, ...(lines.length === 0 ? ['  nothing'] : lines), ''].join(
      '\n',
    ),
  );
}

function telling(context: string): readonly string[] {
  return context
    .split('\n')
    .filter((line) => TELLING.test(line))
    .map((line) => `  ${line.trim()}`.slice(0, LONGEST));
}
