import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { findVoiceFaults, nameOf, sentenceLengths } from '../../../scripts/checks/voice.ts';
import type { Language } from '../../../src/i18n/languages.ts';

const strings = (language: Language, ...texts: readonly string[]): readonly string[] =>
  findVoiceFaults({
    file: 'a.json',
    language,
    article: null,
    strings: new Map(texts.map((text, index) => [String(index), text])),
  });

const article = (language: Language, text: string): readonly string[] =>
  findVoiceFaults({
    file: 'a.mdx',
    language,
    article: `---\ntitle: T\norder: 1\n---\n\n${text}\n`,
    strings: new Map(),
  });

const claim = '<Claim id="a-b">It runs once.</Claim>';
const long = 'ハンドラーが例外を送出すると、ランタイムがそれを受け取り、エラーとして報告します。';

describe('the voice', () => {
  it('rations the words of a riddle by the length of a text', () => {
    assert.deepEqual(strings('en', 'The handler stands alone.'), []);
    assert.deepEqual(strings('en', 'The handler stands alone.', 'Nobody tells it what is there.'), [
      'has 4 of words of a riddle, 1 allowed (stands, nobody, tells, what is): name the subject, and say what it does',
    ]);
    const words = 'The runtime calls the handler. '.repeat(200);
    assert.deepEqual(strings('en', words, 'The handler stands.', 'Nobody is there.'), []);
  });

  it('lets be what only looks like such a word', () => {
    const text = 'A stand-in of the standard library. What is known? Whoever invoked it gets the answer.';
    assert.deepEqual(strings('en', text), []);
  });

  it('rations the caller, which may be either side', () => {
    assert.deepEqual(strings('en', 'The caller gets it from the caller of the handler.'), [
      'has 2 of the ambiguous caller, 1 allowed (caller 2): the runtime (or bootstrap), or the client',
    ]);
  });

  it('rations あなた and the sentence that says its subject last', () => {
    assert.deepEqual(strings('ja', 'あなたのコードをあなたが書きます。'), [
      'has 2 of あなた, 1 allowed (あなた 2): 自分の、関数の、または何も付けない',
    ]);
    const [fault, ...others] = strings('ja', '届くのは、行です。', '返るのは値です。');
    assert.deepEqual(others, []);
    assert.match(fault ?? '', /^has 2 of 「…のは、…です。」, 1 allowed/);
  });

  it('counts an article’s words without what it quotes, its evidence and its sources', () => {
    const quoted = `<Quoted source="s">\n\n${'somebody stands. '.repeat(20)}\n\n</Quoted>`;
    const sources = `## Sources\n\n${'- nobody stands. '.repeat(20)}`;
    assert.deepEqual(article('en', `${claim}\n\n${quoted}\n\n${sources}`), []);
  });

  it('wants an article’s first claim early, and its end in time', () => {
    const many = (count: number): string => 'word '.repeat(count);
    assert.deepEqual(article('en', `${many(449)}\n\n${claim}`), []);
    assert.deepEqual(article('en', `${many(451)}\n\n${claim}`), [
      'makes its first claim after 451 words, 450 allowed',
    ]);
    assert.deepEqual(article('en', `${claim}\n\n${many(2197)}`), ['is 2201 words long, 2200 allowed']);
  });

  it('wants an opening that shows something before it asks', () => {
    const asks = 'Make a guess: how many frames are there?';
    const opens = 'opens with a request to guess: begin with what the reader has seen';
    assert.deepEqual(article('en', `${asks}\n\n${claim}`), [opens]);
    assert.deepEqual(article('en', `Your log has this line.\n\n${asks}\n\n${claim}`), []);
    assert.deepEqual(article('ja', `先に予想してください。${long}${long}${long}${long}${long}${long}`), [
      opens,
    ]);
  });

  it('wants Japanese sentences neither chopped nor endless, and counts no heading among them', () => {
    assert.deepEqual(
      sentenceLengths('## 見出し\n\n三文字。二つ目です！\n- `a` は三つ目ですか？\n項目\n| 表の行です。 |'),
      [4, 6, 9],
    );
    assert.deepEqual(article('ja', `## 短い\n\n${long.repeat(8)}`), []);
    assert.deepEqual(article('ja', `${long.repeat(3)}\n\n短い文です。`), [
      'has 25.0 % of sentences of 20 characters or fewer, below 15 % allowed',
    ]);
    const endless = long.replace('。', 'ので、').repeat(2) + long;
    assert.match(
      article('ja', endless.repeat(4)).join('\n'),
      /^has sentences of \d+ characters in the median/,
    );
  });
});

it('a text is named by its file, and by its language where that holds several', () => {
  assert.equal(nameOf({ file: 'content/glossary.json', language: 'ja' }), 'content/glossary.json ja');
  assert.equal(nameOf({ file: 'content/ui/ja.json', language: 'ja' }), 'content/ui/ja.json');
  assert.equal(nameOf({ file: 'content/articles/en/a.mdx', language: 'en' }), 'content/articles/en/a.mdx');
});
