import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, it } from 'node:test';
import { checkNumbers, findTypedNumbers } from '../../../scripts/checks/numbers.ts';

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
    assert.throws(
      () => faultsOf('<Fact source="s">4 KB'),
      /^Error: 6:1: Expected a closing tag for `<Fact>`/,
    );
    assert.throws(() => faultsOf('4 KB</Fact>'), /^Error: 6:5: Unexpected closing tag `<\/Fact>`/);
  });

  it('reads the sentences beside the articles: glossary, stops, and what labs ask', async (t) => {
    const content = await mkdtemp(path.join(tmpdir(), 'numbers-'));
    t.after(() => rm(content, { recursive: true }));
    const files = {
      'articles/en/a.mdx': 'In 1 ms.',
      'articles/ja/a.mdx': 'ここです。',
      'examples/e/example.json': '{ "timeout": 3000,\n"prediction": "Of 5 frames?" }',
      'examples/e/stops.json': '["3 行"]',
      'glossary.json': '\n"4 KB"',
      'stops/p.json': '["Ready."]',
    };
    for (const [name, text] of Object.entries(files)) {
      await mkdir(path.dirname(path.join(content, name)), { recursive: true });
      await writeFile(path.join(content, name), text);
    }
    assert.deepEqual(await checkNumbers(content), [
      'articles/en/a.mdx:1: "1 ms" is typed by hand',
      'examples/e/example.json:2: "5 frames" is typed by hand',
      'examples/e/stops.json:1: "3 行" is typed by hand',
      'glossary.json:2: "4 KB" is typed by hand',
    ]);
  });
});
