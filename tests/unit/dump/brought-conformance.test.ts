import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { after, describe, it } from 'node:test';
import { readCases } from '../../../scripts/conformance/case.ts';
import { compare } from '../../../scripts/conformance/compare.ts';
import { Runner } from '../../../scripts/conformance/runner.ts';
import { readRuntime } from '../../../scripts/invoke-runtime.ts';
import { readHarness } from '../../../src/integrations/platforms.ts';

const FIXTURES = path.resolve(import.meta.dirname, '../../fixtures');

/**
 * Cases that any client of the documented interface answers alike: they say what it is sent and what it has to send, the form of the
 * log included, and show no frame of the client's own. Others name such frames, or the words of one client.
 */
const CASES = `
  return-dict return-str return-bytes return-unicode return-set return-nan-infinity return-decimal-plain
  raise-valueerror raise-custom raise-unicode-message raise-multiline-message raise-cause-chain
  name-missing-module name-missing-function name-syntax-error name-builtin-module event-unicode
  event-types event-str-not-json-string context-attributes context-client-context context-identity
  context-header-tenant context-remaining-time log-print log-text-request-id log-json-error
  log-json-extra state-globals snapstart-hooks
`
  .trim()
  .split(/\s+/);

describe('a brought client, as the sandbox runs it, does what was measured of the real one', async () => {
  const cases = new Map(
    (await readCases(path.join(FIXTURES, 'conformance/cases'))).map((case_) => [case_.name, case_]),
  );
  const { description, image } = await readRuntime(path.join(FIXTURES, 'brought-runtime/client'), 'client');
  const base = JSON.parse(await readFile(path.join(FIXTURES, 'conformance/base_env.json'), 'utf8')) as Record<
    string,
    string
  >;
  const runner = new Runner({ description, image, harness: await readHarness() }, base);
  after(() => {
    runner.end();
  });
  for (const name of CASES)
    it(name, async () => {
      const case_ = cases.get(name);
      assert.ok(case_?.expect, 'a case of that name was measured');
      assert.ok(case_.browser === undefined && case_.python === undefined, 'it holds in a browser, too');
      const observed = await runner.observe(case_);
      if (typeof observed === 'string') assert.fail(observed);
      assert.deepEqual(compare(case_.expect, observed, case_.unordered), []);
    });
});
