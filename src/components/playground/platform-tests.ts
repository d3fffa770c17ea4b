/** Edge: each platform's `test_handler.py`, which goes into a function's zip; it is fetched when one is made. */
import { ownValue } from '../../trace/own-value.ts';

const TESTS = import.meta.glob<string>('../../platforms/*/test_handler.py', {
  query: '?raw',
  import: 'default',
});

/** The text of a platform's test; null where it has none. Rejects where it cannot be had. */
export async function loadTest(platform: string): Promise<string | null> {
  return (await ownValue(TESTS, `../../platforms/${platform}/test_handler.py`)?.()) ?? null;
}
