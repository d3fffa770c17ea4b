/** The search without a page: terms, the exact check, answers, excerpts. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answer, type Answer } from '../../../src/search/answer.ts';
import { findUnit, readText } from '../../../src/search/contains.ts';
import type { SearchDocument } from '../../../src/search/documents.ts';
import { excerptOf } from '../../../src/search/excerpt.ts';
import { foldWithPlaces } from '../../../src/search/fold.ts';
import { makeSearchFiles } from '../../../src/search/make-index.ts';
import { faultsBetween } from '../../../src/search/nearest.ts';
import { namesIn } from '../../../src/search/python-names.ts';
import { readIndex } from '../../../src/search/rank.ts';
import { othersOf } from '../../../src/search/same-words.ts';
import { rootOf, stem } from '../../../src/search/stem.ts';
import { tokenize } from '../../../src/search/tokenize.ts';
import { unitsOf } from '../../../src/search/units.ts';

const make = (
  address: string,
  title: string,
  text: string,
  kind: SearchDocument['kind'] = 'section',
  asks = '',
): SearchDocument => ({
  kind,
  address,
  title,
  of: '',
  names: '',
  text,
  asks,
});

const DOCUMENTS = [
  make('a#cold', 'Cold starts', 'A cold start makes an environment: the module is imported.'),
  make(
    'd#write',
    'Where to write',
    'All but one place of the disk refuses it.',
    'section',
    'cannot create a directory for my cache\nsave an upload to the disk',
  ),
  make('a#time', 'Time', 'The function timed out. Call context.get_remaining_time_in_millis() before.'),
  make(
    'b#handler',
    'ハンドラーを探す',
    'ランタイムはハンドラーを探してから、呼び出しを待ちます。実行の環境は残ります。',
  ),
  make('errors/timed-out', 'Sandbox.Timedout', 'REPORT says: Task timed out after 3.00 seconds', 'error'),
  make('art', 'How the wombat digs', 'The wombat digs a burrow. Why at night?'),
  { ...make('art#night', 'At night', 'The wombat is cooler then.'), of: 'How the wombat digs' },
  { ...make('art#day', 'By day', 'It sleeps.'), of: 'How the wombat digs' },
  make('errors/read-timeout', 'A read', 'The read reached its timeout: an error.', 'error'),
  make('moments/x/run', 'A script is started', 'It runs.', 'moment'),
  make('moments/y/run', 'A script is started', 'It runs.', 'moment'),
  ...Array.from({ length: 30 }, (_, number) =>
    make(`c#${String(number)}`, 'Filling', `Sentence ${String(number)} of other things.`),
  ),
];
const ERRORS = [
  { id: 'timed-out', platform: 'lambda-today', keys: ['task timed out after'], isGeneral: false },
];
const FILES = makeSearchFiles(DOCUMENTS);
const INDEX = readIndex({
  documents: FILES.documents.map(({ document: { kind, address, title, of }, file, place }) => ({
    kind,
    address,
    title,
    of,
    file,
    place,
  })),
  index: FILES.index,
  errors: ERRORS,
  texts: [],
});

const ask = (query: string, isTyping = false): Promise<Answer> =>
  answer(INDEX, query, isTyping, (file) => Promise.resolve(FILES.texts[file] ?? []));
const addresses = async (query: string, isTyping = false): Promise<readonly string[]> =>
  (await ask(query, isTyping)).hits.map(({ document }) => document.address);

test('terms: forms of a word are one, identifiers are whole and in parts, Japanese is in pairs', () => {
  assert.deepEqual(['imports', 'imported', 'importing'].map(stem), ['import', 'import', 'import']);
  assert.deepEqual(['processes', 'process', 'caches', 'cached'].map(stem), [
    'process',
    'process',
    'cach',
    'cach',
  ]);
  assert.deepEqual(tokenize('lambda_function.lambda_handler'), [
    'lambda_function.lambda_handler',
    'lambda',
    'function',
    'lambda',
    'handler',
  ]);
  assert.deepEqual(tokenize('built-in'), ['built-in', 'built', 'in', 'builtin']);
  assert.deepEqual(tokenize('サーバー'), tokenize('ｻｰﾊﾞ'));
  assert.deepEqual(tokenize('変数は残る'), ['変数', '数ハ', '残ル']);
});

test('a folded character knows where it was', () => {
  const { text, places } = foldWithPlaces('ｻﾞーA…b');
  assert.equal(text, 'ザa...b');
  assert.deepEqual(places, [0, 3, 4, 4, 4, 5, 6]);
});

test('units: ids, times and the words of a question are left out', () => {
  const texts = (query: string): readonly string[] => unitsOf(query).map(({ text }) => text);
  assert.deepEqual(texts('why does my handler run?'), ['handler', 'run']);
  assert.deepEqual(texts('2026-11-29T08:14:07.512Z 5f0c2f6e-2d1b-4c62-9d0e-7b2f0f0a9c11 sys.exit'), [
    'sys.exit',
  ]);
  assert.deepEqual(texts('why'), ['why'], 'alone, it is asked for');
  assert.deepEqual(texts("why doesn’t it print what's there?"), ['print']);
  assert.deepEqual(texts('呼び出し元はどこ'), ['呼ビ出', '元']);
  assert.deepEqual(texts(''), []);
});

test('a text contains a name where no letter goes on, a word in any form, a run as it is or by its words', () => {
  const share = (query: string, text: string): number => {
    const [unit] = unitsOf(query);
    assert.ok(unit);
    return findUnit(unit, readText(text)).share;
  };
  assert.equal(share('sys.path', 'import sys.path_hooks'), 1);
  assert.equal(share('PATH', 'PATHS'), 0);
  assert.equal(share('importing', 'It was imported.'), 1);
  assert.equal(share('実行環境', '実行の環境'), 1);
  assert.equal(share('新幹線', '新しい幹線'), 0);
  assert.equal(share('呼出', '呼び出します'), 1);
  assert.equal(share('コンテナイメージ', 'イメージから'), 0.5);
});

test('what is found has what was asked; nothing is invented', async () => {
  assert.deepEqual(await addresses('cold start'), ['a#cold']);
  assert.deepEqual(await addresses('はんどらー'), ['b#handler']);
  assert.deepEqual(await addresses('get_remaining_time_in_millis'), ['a#time']);
  assert.deepEqual(await addresses('get_remaining', true), ['a#time'], 'half typed');
  assert.deepEqual(await addresses('script started'), ['moments/x/run'], 'one for all that say the same');
  for (const query of [
    '新幹線',
    'GraalVM cold start',
    'cold zebra',
    '(((',
    '.*+?[',
    '\\',
    '   ',
    '🐍',
    'a'.repeat(200_000),
  ])
    assert.deepEqual(await addresses(query), [], query.slice(0, 20));
});

test('a question in words that no page has is answered by who says that it answers it', async () => {
  const { hits } = await ask("why can't I create a folder for the cache?");
  assert.deepEqual(
    hits.map(({ document, question }) => [document.address, question]),
    [['d#write', 'cannot create a directory for my cache']],
  );
  assert.deepEqual(await addresses('create a folder in SharePoint'), [], 'but for what nothing here has');
});

test('a word is found by another for it, and says less in a text than itself', () => {
  const share = (query: string, text: string, alike?: number): number => {
    const [unit] = unitsOf(query);
    assert.ok(unit);
    return findUnit(unit, readText(text), alike).share;
  };
  assert.equal(share('folder', 'a directory'), 0);
  assert.equal(share('folder', 'a directory', 0.5), 0.5);
  assert.equal(share('folder', 'a directory, a folder', 0.5), 1);
  assert.equal(share('課金', '料金がかかる', 0.5), 0.5);
  assert.equal(share('消える', '失われる', 0.5), 0.5);
});

test('what is derived from one word has one root; another word is found by it', () => {
  const roots = (words: string): readonly string[] => [
    ...new Set(words.split(' ').map((word) => rootOf(stem(word)))),
  ];
  assert.deepEqual(roots('execute executed execution executable'), ['execut']);
  assert.deepEqual(roots('initialise initialize initialisation initialization'), ['initializ']);
  assert.deepEqual(roots('depend dependency dependencies dependent'), ['depend']);
  assert.deepEqual(roots('important import'), ['important', 'import'], 'no root where the meaning differs');
  const [unit] = unitsOf('installation');
  assert.ok(unit);
  assert.equal(findUnit(unit, readText('You install it.'), 0.5).share, 0.5);
});

test('what only colours a compound of Han is left out where the whole is not there', () => {
  assert.ok(othersOf('冪等性').includes('冪等'));
  assert.ok(othersOf('依存関係').includes('依存'));
  assert.ok(othersOf('再起動').includes('起動'));
  assert.ok(!othersOf('実行').includes('実'), 'a word of two stays whole');
});

test('twice is a word, in figures too', () => {
  const texts = (query: string): readonly string[] => unitsOf(query).map(({ text }) => text);
  assert.deepEqual(texts('it runs 2 times'), ['runs', 'twice']);
  assert.deepEqual(texts('初期化が2回'), ['初期化', '二回']);
  assert.deepEqual(texts('初期化が3回'), ['初期化']);
});

test('a piece of code is answered by the names that are known; what else it has is the reader’s own', async () => {
  assert.deepEqual(await addresses('left = context.get_remaining_time_in_millis() - my_margin'), ['a#time']);
  assert.deepEqual(await addresses('my_module.frobnicate(zebra=1)'), []);
  assert.deepEqual(
    await addresses('environment.start(quickly=True)'),
    ['a#cold'],
    'a dotted name by its parts',
  );
});

test('an error’s name that is nowhere is asked for by its words', async () => {
  assert.deepEqual(await addresses('ReadTimeoutError'), ['errors/read-timeout']);
  assert.deepEqual(await addresses('WriteZebraError'), []);
});

test('the beginning of an article is followed by its section that has most', async () => {
  assert.deepEqual((await addresses('why does the wombat dig a burrow at night?')).slice(0, 2), [
    'art',
    'art#night',
  ]);
});

test('a typing fault is mended, and said', async () => {
  assert.equal(faultsBetween('hanlder', 'handler'), 1);
  const { hits, mended } = await ask('enviroment');
  assert.deepEqual([hits[0]?.document.address, mended], ['a#cold', 'environment']);
});

test('a pasted line shows its error first, 200 kB of lines too', async () => {
  const line =
    '2026-11-29T08:14:07.512Z 5f0c2f6e-2d1b-4c62-9d0e-7b2f0f0a9c11 Task timed out after 15.02 seconds';
  assert.deepEqual(await addresses(line), ['errors/timed-out']);
  assert.equal((await addresses(`${'x = {1: [2]}\n'.repeat(16_000)}${line}`))[0], 'errors/timed-out');
});

test('an excerpt is around the passage, and its marks are what was asked', async () => {
  const { hits } = await ask('get_remaining_time_in_millis');
  const [hit] = hits;
  assert.ok(hit);
  const pieces = excerptOf(hit.text, hit.passage, hit.marks);
  assert.deepEqual(
    pieces.filter(({ isMarked }) => isMarked).map(({ text }) => text),
    ['get_remaining_time_in_millis'],
  );
  const [ja] = (await ask('ハンドラ')).hits;
  assert.ok(ja);
  assert.deepEqual(
    excerptOf(ja.text, ja.passage, ja.marks)
      .filter(({ isMarked }) => isMarked)
      .map(({ text }) => text),
    ['ハンドラー'],
  );
});

test('a file is found by what it defines', () => {
  const source =
    '"""What it is."""\nLIMIT = 3\n\n\nclass Context:\n    def remaining(self):\n        """Says it."""\n        inner = 1\n';
  assert.deepEqual(namesIn(source), {
    names: ['LIMIT', 'Context', 'remaining'],
    docstrings: ['What it is.', 'Says it.'],
  });
});
