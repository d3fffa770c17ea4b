import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { explain } from '../../../src/explain/explain.ts';
import { articleOf, FINDING_IDS } from '../../../src/explain/findings.ts';
import { KINDS } from '../../../src/explain/grammar.ts';
import { sayFinding } from '../../../src/explain/say.ts';
import { LANGUAGES } from '../../../src/i18n/languages.ts';
import { stringsOf } from '../../../src/i18n/strings.ts';
import { existsSync } from 'node:fs';
import { ERRORS } from './catalogue-keys.ts';
import { readSample, SAMPLES } from './samples.ts';

describe('the words of explanations', () => {
  for (const language of LANGUAGES) {
    const { findings, kinds } = stringsOf(language).explain;

    it(`has each finding and each kind in ${language}, and no other`, () => {
      assert.deepEqual(Object.keys(findings).toSorted(), FINDING_IDS.toSorted());
      assert.deepEqual(Object.keys(kinds).toSorted(), KINDS.toSorted());
    });

    it(`leaves no value of a sample unsaid in ${language}`, () => {
      for (const name of SAMPLES) {
        for (const finding of explain(readSample(name), ERRORS).findings) {
          const sentence = sayFinding(finding, findings, language);
          assert.doesNotMatch(sentence, /\{\w+\}/, `${name}: ${finding.id}`);
        }
      }
    });
  }

  it('says once and several times', () => {
    const { findings } = stringsOf('en').explain;
    const finding = { id: 'timed-out', isShown: true, run: null, lines: [] } as const;
    assert.equal(
      sayFinding({ ...finding, values: { limitS: 3, count: 1 } }, findings, 'en'),
      'The invocation timed out at its limit of 3 s.',
    );
    assert.equal(
      sayFinding({ ...finding, values: { limitS: 3, count: 1200 } }, findings, 'en'),
      '1,200 invocations timed out at their limit of 3 s.',
    );
  });

  it('keeps a backquote of the paste from ending the code', () => {
    const finding = {
      id: 'exception',
      isShown: true,
      run: null,
      lines: [],
      values: { error: 'E: `x`' },
    } as const;
    assert.match(sayFinding(finding, stringsOf('en').explain.findings, 'en'), /`E: ’x’`/);
  });

  it('names what turns the direction of writing', () => {
    const finding = {
      id: 'exception',
      isShown: true,
      run: null,
      lines: [],
      values: { error: 'E: a\u202eb\u2066' },
    } as const;
    assert.match(sayFinding(finding, stringsOf('en').explain.findings, 'en'), /`E: aU\+202EbU\+2066`/);
  });

  it('names articles that exist', () => {
    for (const id of FINDING_IDS) {
      const article = articleOf(id);
      if (article === null) continue;
      assert.ok(existsSync(new URL(`../../../content/articles/en/${article}.mdx`, import.meta.url)), article);
    }
  });
});
