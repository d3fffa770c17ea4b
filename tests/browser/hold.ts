/** A file that comes when a test says so. */
import type { Page, Route } from '@playwright/test';

/** The largest of the files that Python boots from. */
export const PYTHON = '**/_sandbox/pyodide-asm-wasm.*.bin';

export interface Held {
  /** Settles when somebody asks for it. */
  readonly asked: Promise<null>;
  /** Answers who asked, and whoever asks later. */
  readonly answer: (how: (route: Route) => Promise<void>) => void;
}

/** Keeps whoever asks for a file waiting. */
export async function hold(page: Page, address: string): Promise<Held> {
  const asked = Promise.withResolvers<null>();
  const answered = Promise.withResolvers<(route: Route) => Promise<void>>();
  await page.route(address, async (route) => {
    asked.resolve(null);
    const answer = await answered.promise;
    await answer(route);
  });
  return { asked: asked.promise, answer: answered.resolve };
}

export const asItIs = (route: Route): Promise<void> => route.continue();
