/**
 * The browser tests run on the built site, served as any static host would. Tests go to pages by `page.goto('en/')`:
 * relative to the site's address, which has the base path in it.
 */
import { defineConfig, type Project } from '@playwright/test';
import { findBrowser, type BrowserName } from './scripts/find-browser.ts';

/**
 * A test's page lives for seconds: to compile Python's WebAssembly a second time, and better, would keep a core busy and
 * gain nothing.
 */
const QUICK = ['--js-flags=--liftoff-only,--wasm-lazy-validation'];

/** In Firefox, Playwright reaches no frame of another site with pointer or keys, as long as that has a process of its own. */
const ONE_PROCESS = { 'fission.autostart': false, 'fission.webContentIsolationStrategy': 0 };

/**
 * A page that glides takes a button away between a pointer's press and its release. What glides has tests of its own, which
 * ask for it (tests/browser/gliding.ts). A Firefox that is not Playwright's own is told by a preference alone.
 */
const CALM = { 'ui.prefersReducedMotion': 1 };

/** A browser that is not there is no project; `scripts/install-browsers.ts` sees to it that Chromium is. */
function projectsFor(names: readonly BrowserName[]): Project[] {
  return names.flatMap((name) => {
    const found = findBrowser(name);
    if (found === null) return [];
    const args = [...(found.launch.args ?? []), ...(name === 'chromium' ? QUICK : [])];
    const firefoxUserPrefs = name === 'firefox' ? { ...ONE_PROCESS, ...CALM } : {};
    const use = { browserName: name, launchOptions: { ...found.launch, args, firefoxUserPrefs } };
    // Chromium runs every test; another browser those that look at what browsers differ in (tests/browser/both.ts).
    return [name === 'chromium' ? { name, use } : { name, use, grep: /@both/ }];
  });
}

export default defineConfig({
  testDir: 'tests/browser',
  outputDir: 'test-results',
  projects: projectsFor(['chromium', 'firefox']),
  fullyParallel: true,
  // One more than the cores of a small machine: each waits for its browser half of the time.
  workers: 3,
  retries: 0,
  forbidOnly: process.env.CI !== undefined,
  // Python takes seconds to come to life, and many on a busy machine. How long something takes is for no test to say:
  // whoever waits gets what they wait for, or the test ends.
  timeout: 120_000,
  expect: { timeout: 90_000 },
  // Inside npm test only what failed is worth a line.
  reporter: [[process.stdout.isTTY ? 'list' : 'dot'], ['./tests/browser/said-reporter.ts']],
  webServer: {
    command: `"${process.execPath}" scripts/serve.ts --port 0`,
    // Playwright keeps what the group matches as the variable SITE_UNDER_TEST.
    wait: { stdout: /Serving \S+ at (?<site_under_test>\S+)/ },
    gracefulShutdown: { signal: 'SIGTERM', timeout: 5_000 },
  },
  use: {
    baseURL: process.env.SITE_UNDER_TEST ?? '',
    screenshot: 'only-on-failure',
    reducedMotion: 'reduce',
    // A worker would answer what tests answer by `page.route`; tests/browser/offline.spec.ts lets it in.
    serviceWorkers: 'block',
  },
});
