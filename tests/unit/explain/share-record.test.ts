import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  isShareLink,
  MAX_SHARE_LINK,
  readShareLink,
  ShareFault,
  writeShareLink,
  type ShareFaultKey,
} from '../../../src/explain/share-record.ts';
import { linkTo, pack } from '../lab/link/packed-record.ts';

const LINES = 'START RequestId: 00000001-0000-4000-8000-000000000001\n\x1b[32mREPORT\x1b[0m 日本語 \u201c…\n';

/** A link that this version must open for ever. */
const FIRST =
  '#explain~1.eJyrVipJrShRslIKDnEMClEISi0sTS0u8UyxUjCAAENdEKlrAiIsQIQBAhgqhKUWFWfm51kpqPg4hrgGh8TkBbkG-AeFKNUCADeYF9c';

const hostile: readonly (readonly [string, ShareFaultKey, string])[] = [
  ['cut behind its mark', 'damaged', '#explain~'],
  ['cut behind its version', 'damaged', '#explain~1'],
  ['without data', 'damaged', '#explain~1.'],
  ['not base64url', 'damaged', '#explain~1.%20hello%20'],
  ['not deflate', 'damaged', `#explain~1.${Buffer.from('a plain text').toString('base64url')}`],
  ['not UTF-8', 'damaged', `#explain~1.${pack(Uint8Array.of(0x7b, 0xff, 0xfe, 0x7d))}`],
  ['not JSON', 'damaged', linkTo('explain', '{"text": ')],
  ['with a version like markup', 'damaged', '#explain~<img src=x>.eJw'],
  ['of another version', 'version', '#explain~2.eJw'],
  ['too long', 'long', `#explain~1.${'A'.repeat(MAX_SHARE_LINK)}`],
  ['a bomb', 'huge', linkTo('explain', { text: 'x'.repeat(5_000_000) })],
  ['a list', 'value', linkTo('explain', ['a'])],
  ['null', 'value', linkTo('explain', null)],
  ['with a number as its text', 'value', linkTo('explain', { text: 1 })],
  ['without a text', 'value', linkTo('explain', {})],
  ['with more than a text', 'value', linkTo('explain', { text: 'a', run: true })],
  ['with __proto__', 'value', linkTo('explain', '{"text":"a","__proto__":{}}')],
  ['empty', 'empty', linkTo('explain', { text: ' \n\t' })],
  ['that turns its order round', 'order', linkTo('explain', { text: 'a\u202eb' })],
  ['with a zero', 'order', linkTo('explain', { text: 'a\0b' })],
  ['with half a character', 'order', linkTo('explain', '{"text":"a\\ud800"}')],
];

describe('a link of lines', () => {
  it('brings the text that went in', async () => {
    const link = await writeShareLink(LINES);
    assert.ok(isShareLink(link));
    assert.equal(await readShareLink(link), LINES);
    assert.equal(await readShareLink(link.replace('~', '%7E')), LINES);
  });

  it('of today is opened for ever', async () => {
    assert.match(await readShareLink(FIRST), /^START RequestId: .*\nREPORT$/);
  });

  it('is told from other fragments', () => {
    for (const other of ['', '#', '#explain', '#explain-1~1.x', '#playground~1.x', '#:~:text=explain'])
      assert.equal(isShareLink(other), false, other);
  });

  it('holds a log that repeats itself, and refuses what is too long', async () => {
    const line = (at: number): string => `2026-03-04T05:06:${String(at % 60).padStart(2, '0')}Z START\n`;
    const many = Array.from({ length: 3000 }, (_, at) => line(at)).join('');
    assert.equal(await readShareLink(await writeShareLink(many)), many);
    const random = Array.from({ length: 9000 }, (_, at) => String(Math.sin(at))).join('\n');
    await assert.rejects(writeShareLink(random), { key: 'long' });
    await assert.rejects(writeShareLink('x'.repeat(300_000)), { key: 'long' });
    await assert.rejects(writeShareLink(''), { key: 'empty' });
  });

  for (const [what, key, hash] of hostile)
    it(`${what} ends in one sentence`, async () => {
      const error = await readShareLink(hash).then(
        () => null,
        (reason: unknown) => reason,
      );
      assert.ok(error instanceof ShareFault, String(error));
      assert.equal(error.key, key);
    });

  it('is damaged wherever it is cut or changed', async () => {
    const link = await writeShareLink(LINES);
    for (let at = '#explain~1.'.length; at < link.length; at += 1) {
      await assert.rejects(readShareLink(link.slice(0, at)), ShareFault);
      const other = link[at] === 'A' ? 'B' : 'A';
      // The last character may hold bits that say nothing.
      if (at < link.length - 1)
        await assert.rejects(readShareLink(link.slice(0, at) + other + link.slice(at + 1)), ShareFault);
    }
  });
});
