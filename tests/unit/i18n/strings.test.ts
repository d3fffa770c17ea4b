import assert from 'node:assert/strict';
import { test } from 'node:test';
import en from '../../../content/ui/en.json' with { type: 'json' };
import { LANGUAGES } from '../../../src/i18n/languages.ts';
import { findFaults, stringsOf } from '../../../src/i18n/strings.ts';

test('each language has the strings that English has, and no others', () => {
  for (const language of LANGUAGES) assert.deepEqual(findFaults(en, stringsOf(language)), []);
});

test('every way a translation can leave its schema is named', () => {
  const schema = { lab: { run: 'Run', step: 'Step {step} of {count}' }, home: 'Home', site: 'Site' };
  const strings = { lab: { run: ' ', step: '{step}', stop: '停止' }, home: '{count}' };
  assert.deepEqual(findFaults(schema, strings), [
    '"lab.run" is empty',
    '"lab.step" must name {count}, {step}',
    '"home" must name no value in braces',
    '"site" is missing',
    '"lab.stop" is not in the English file',
  ]);
});
