/** An article's first lab, as the benches use it. */
import type { Page } from '@playwright/test';

/** Milliseconds that a run may take in it. */
const TIMEOUT = 300_000;

/** Opens the article; with a source, the lab is taken out and put in again with that as its handler. */
export async function openLab(page: Page, address: string, source: string | null): Promise<void> {
  await page.goto(address);
  await page.waitForFunction(() => customElements.get('lab-root') !== undefined);
  await page.evaluate(
    ([source, timeout]) => {
      const lab = document.querySelector('lab-root');
      const data = lab?.querySelector(':scope > script[type="application/json"]:not([id])');
      if (source === null || !lab || !data) return;
      const content = JSON.parse(data.textContent) as { task: object; setup: { timeout: number } };
      content.task = { '/var/task/lambda_function.py': { text: source } };
      content.setup.timeout = timeout;
      data.textContent = JSON.stringify(content);
      const { parentNode, nextSibling } = lab;
      lab.remove();
      parentNode?.insertBefore(lab, nextSibling);
    },
    [source, TIMEOUT] as const,
  );
}
