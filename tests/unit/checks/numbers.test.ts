import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { findTypedNumbers } from '../../../scripts/check-numbers.ts';

const faultsOf = (text: string): readonly string[] =>
  findTypedNumbers('en/a.mdx', `---\ntitle: A question\norder: 1\n---\n\n${text}\n`);
const typed = (text: string, line = 6): string => `en/a.mdx:${line}: "${text}" is typed by hand`;

describe('the check of numbers', () => {
  for (const text of [
    '12 lines',
    '4 KB',
    '4KB',
    '64-byte',
    '0.25 ms',
    '3 steps',
    '1,024 bytes',
    '10 seconds',
  ]) {
    it(`names "${text}"`, () => {
      assert.deepEqual(faultsOf(`It takes ${text} here.`), [typed(text)]);
    });
  }

  for (const text of ['line 12', 'step 3', 'Lines 4', 'frame 2']) {
    it(`names "${text}"`, () => {
      assert.deepEqual(faultsOf(`See ${text}.`), [typed(text)]);
    });
  }

  for (const text of ['12 行', '4096バイト', '3秒', '５ ステップ', '0.25ミリ秒', '2 フレーム', '64 KiB']) {
    it(`names "${text}"`, () => {
      assert.deepEqual(faultsOf(`ここは${text}です。`), [typed(text)]);
    });
  }

  it('looks into titles, descriptions, headings and code in sentences', () => {
    assert.deepEqual(
      findTypedNumbers('en/a.mdx', '---\ntitle: In 4 KB\norder: 1\n---\n\n## 3 frames\n\n`line 7`\n'),
      [typed('4 KB', 2), typed('3 frames'), typed('line 7', 8)],
    );
  });

  it('passes what a component writes, what was published, and numbers of other things', () => {
    assert.deepEqual(
      faultsOf(
        'On line <RecordedLine frame="main" run={2} />, in 2016, Python 2.7, day 14, 3 functions, `{ "parts": 4 }`. ' +
          'Billed by <Fact source="s">100 ms</Fact>, at <Quoted source="s">line 243</Quoted>.\n' +
          'The 12 lineages. <Lab example="a-4-kb" platform="p" />{/* 5 lines */}',
      ),
      [],
    );
  });

  it('takes a block of code only as a quotation', () => {
    const block = '```\n12 lines\n```';
    assert.deepEqual(faultsOf(block), [
      'en/a.mdx:6: a block of code outside <Quoted source="…">: show an example’s file',
    ]);
    assert.deepEqual(faultsOf(`<Quoted source="s">\n\n${block}\n\n</Quoted>`), []);
  });

  it('does not take a tag that is not closed for the end of the text', () => {
    assert.throws(() => faultsOf('<Fact source="s">4 KB'), /line 6: <Fact> is not closed/);
    assert.throws(() => faultsOf('4 KB</Fact>'), /line 6: <\/Fact> closes nothing/);
  });
});
