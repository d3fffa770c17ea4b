import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { lintArticle, lintText } from '../../../scripts/checks/japanese.ts';

const rulesOf = async (text: string): Promise<readonly string[]> =>
  (await lintArticle(`---\ntitle: 題\norder: 1\n---\n\n${text}\n`)).map(
    ({ line, rule }) => `${line} ${rule}`,
  );

describe('the Japanese lint', () => {
  it('passes plain sentences, pairs of particles, code, and what components write', async () => {
    const text =
      'あなたにも `print_stack` にも開けないので、行は<Claim id="a-b">欠けて</Claim>います。\n\n' +
      '<RecordedLine frame="main" run={1} /> 行目で呼ばれます。<Term id="frame">フレーム</Term>は一つです。\n\n' +
      `<Quoted source="s">\n\n\`\`\`\n${'、あ'.repeat(90)}。\n\`\`\`\n\n</Quoted>`;
    assert.deepEqual(await rulesOf(text), []);
  });

  it('names a particle said twice, a long sentence, and a change of style, by their lines', async () => {
    assert.deepEqual(await rulesOf('東京が彼が好きです。'), ['6 no-doubled-joshi']);
    assert.deepEqual(await rulesOf(`${'長い文を書くと読者'.repeat(13)}です。`), ['6 sentence-length']);
    assert.deepEqual(await rulesOf('これは本である。あれは本です。これも本です。'), [
      '6 no-mix-dearu-desumasu',
    ]);
    assert.deepEqual(await rulesOf('この魚は食べれる。'), ['6 no-dropping-the-ra']);
  });

  it('cuts no sentence for its commas, nor for a particle of place that comes twice', async () => {
    assert.deepEqual(await rulesOf('これを、それに、あれと、どれも、読みます。'), []);
    assert.deepEqual(await rulesOf('昔はバージョン二でしたが、モデルは三で動きます。'), []);
    assert.deepEqual(await rulesOf('ブラウザーで動くラボで試します。応答に行に分けて入れます。'), []);
  });

  it('reads the strings of a file, each by its place', async () => {
    const strings = new Map([
      ['lab.run', '実行'],
      ['lab.text', '東京が彼が好きです。'],
    ]);
    const [fault, ...others] = await lintText({
      file: 'content/ui/ja.json',
      language: 'ja',
      article: null,
      strings,
    });
    assert.deepEqual(others, []);
    assert.match(fault ?? '', /^content\/ui\/ja\.json lab\.text: .*\(no-doubled-joshi\)$/);
  });
});
