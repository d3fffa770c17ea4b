/**
 * A test runs in Chromium. One that looks at what browsers differ in runs in Firefox as well and says so:
 * `test('…', BOTH, async …)`. They differ in workers, frames and their isolation, in how Python is loaded and waits, in
 * streams, storage and the pages that are kept for Back, in focus, selection and keys, and in sticky or nested layout.
 */
export const BOTH = { tag: '@both' } as const;

/** For a test that is made in a loop, of which one or some have to run in both browsers. */
export function bothIf(condition: boolean): { readonly tag?: '@both' } {
  return condition ? BOTH : {};
}
