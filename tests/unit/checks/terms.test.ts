import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, it } from 'node:test';
import { findRefused, refusedIn, type Term } from '../../../scripts/checks/terms.ts';
import { ROOT, stringsOf } from '../../../scripts/site-texts.ts';

const TERMS = JSON.parse(
  await readFile(path.join(ROOT, 'content', 'terms.ja.json'), 'utf8'),
) as readonly Term[];

const formsIn = (text: string): readonly string[] => refusedIn(text, TERMS).map(({ form }) => form);

const article = (text: string): readonly string[] =>
  findRefused(
    {
      file: 'a.mdx',
      language: 'ja',
      article: `---\ntitle: 題\norder: 1\n---\n\n${text}\n`,
      strings: new Map(),
    },
    TERMS,
  );

describe('the terms', () => {
  it('refuse a form where it is meant, and let it be where it means something else', () => {
    const refused = {
      答え: ['呼び出しに答えを返します。', '二度目の答え', 'プロキシは /init に答えます。'],
      本体: ['HTTP リクエストの本体です。'],
      要求: ['一つの HTTP 要求です。'],
      一番外側: ['モジュールの一番外側の行です。'],
      呼び出し元: ['呼び出し元に届きます。'],
      分か: ['それで分かります。'],
      '2 回目': ['2 回目の呼び出しです。'],
    };
    for (const [form, texts] of Object.entries(refused)) {
      for (const text of texts) assert.deepEqual(formsIn(text), [form], text);
    }
    for (const text of [
      'どちらの答えになるかは、実行するとわかります。答え合わせをします。',
      'プログラムの本体はこのファイルです。',
      'ログの末尾を要求します。',
      '一番外側のフレームから順に並びます。',
      '呼び出し元のフレームです。',
      'ここで道が分かれます。',
      '呼び出しは 12 回目です。',
    ]) {
      assert.deepEqual(formsIn(text), [], text);
    }
  });

  it('want full-width marks beside Japanese alone, and no dots of emphasis', () => {
    assert.deepEqual(formsIn('値(整数): 次'), ['値(', '数)', ':']);
    assert.deepEqual(formsIn('Lambda(2016 年)です。'), ['年)']);
    assert.deepEqual(formsIn('値（整数）：次、Fn-Intent: httprequest、f(x)'), []);
    assert.deepEqual(formsIn('*起動*され、**必ず**終わります。'), ['*起動*']);
  });

  it('do not say that a program is somebody', () => {
    assert.deepEqual(formsIn('あいだにプログラムがいます。'), ['プログラムがいます']);
    assert.deepEqual(formsIn('プログラムが動いています。プロセスはいつまでも残ります。'), []);
  });

  it('look at the words of an article, by their lines, and neither at code nor at what somebody else wrote', () => {
    const quoted = '<Quoted source="s">\n\n呼び出し元のコンテナー\n\n</Quoted>';
    assert.deepEqual(article(`コードは \`コンテナー\` です。\n\n${quoted}\n\nコンテナーです。`), [
      'a.mdx:14: 「コンテナー」 → コンテナ',
    ]);
  });

  it('look at every string of a language in a JSON file, by its place', () => {
    const value = [{ en: 'コンテナー', ja: { title: 'コンテナー', url: 'https://a/コンテナー' } }];
    const strings = stringsOf(value, 'ja');
    assert.deepEqual(findRefused({ file: 'a.json', language: 'ja', article: null, strings }, TERMS), [
      'a.json 0.ja.title: 「コンテナー」 → コンテナ',
    ]);
  });

  it('wanted by one term are refused by none', () => {
    for (const { wanted } of TERMS) assert.deepEqual(formsIn(wanted.replace(/（.*/, '')), [], wanted);
  });
});
