/** For `test.use` at the top of a file whose pages may glide, in every browser; everywhere else they move at once. */
import type { Fixtures, PlaywrightTestOptions, PlaywrightWorkerOptions } from '@playwright/test';

export const GLIDING: Fixtures<object, object, PlaywrightTestOptions, PlaywrightWorkerOptions> = {
  reducedMotion: 'no-preference',
  launchOptions: [
    ({ launchOptions }, use) => {
      const { firefoxUserPrefs, ...rest } = launchOptions;
      return use({ ...rest, firefoxUserPrefs: { ...firefoxUserPrefs, 'ui.prefersReducedMotion': 0 } });
    },
    { scope: 'worker' },
  ],
};
