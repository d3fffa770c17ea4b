import assert from 'node:assert/strict';
import path from 'node:path';
import { describe, it } from 'node:test';
import { siteCanvases } from '../../../scripts/cards/site-canvas.ts';
import { balance, phrasesOf, wrapData } from '../../../src/cards/break-lines.ts';
import type { Card } from '../../../src/cards/card.ts';
import { coloursIn } from '../../../src/cards/colours.ts';
import { drawCard } from '../../../src/cards/draw-card.ts';
import { NoSuchGlyph } from '../../../src/cards/faces.ts';
import { foldFrames } from '../../../src/cards/fold-frames.ts';
import { DoesNotFit } from '../../../src/cards/heading.ts';

const { en, ja } = await siteCanvases(path.resolve(import.meta.dirname, '../../..'));
const length = (text: string): number => text.length;

describe('the text of a picture', () => {
  it('may hold any letter and any length where it is recorded', () => {
    const answer = `"🎉\u0000${'x'.repeat(70_000)}"`;
    const card: Card = { kind: 'end', title: 'The end', platform: '', ending: { answer, life: 'gone' } };
    assert.equal(en.pen.escape('a\t"🎉\u0000𠮷"', 'mono'), 'a    "\\u{1f389}\\u{0}\\u{20bb7}"');
    assert.ok(drawCard(en, card).length < 200_000);
    for (const line of ['🎉'.repeat(200), 'x'.repeat(500), ''])
      drawCard(en, { kind: 'error', line, platform: '', isLogged: true, ending: { life: 'none' } });
  });

  it('is an error where it is our own and no font has it, or there is no room', () => {
    const draw = (title: string) => () => drawCard(ja, { kind: 'text', title, platform: '', says: 'ここ' });
    assert.throws(draw('お祝い🎉'), NoSuchGlyph);
    assert.throws(draw('とても長い'.repeat(30)), DoesNotFit);
    assert.doesNotThrow(draw('とても長い'.repeat(4)));
  });

  it('ends in dots where it is cut, within its room', () => {
    const setting = { face: 'mono', size: 28 } as const;
    assert.equal(en.pen.cut('short', setting, 200), 'short');
    const cut = en.pen.cut('response.getheader("Lambda-Runtime-Aws-Request-Id")', setting, 200);
    assert.match(cut, /^response\..*…$/);
    assert.ok(en.pen.width(cut, setting) <= 200);
  });
});

describe('the lines of a picture', () => {
  it('break between words; in Japanese behind kana, before no particle, number or small mark', () => {
    assert.deepEqual(phrasesOf('Who calls it?', 'words'), ['Who ', 'calls ', 'it?']);
    assert.deepEqual(phrasesOf('OpenWhisk では誰が呼ぶのか', 'kana'), ['OpenWhisk では', '誰が', '呼ぶのか']);
    assert.deepEqual(phrasesOf('自分で書く。では、誰が？', 'kana'), ['自分で', '書く。', 'では、', '誰が？']);
    assert.deepEqual(phrasesOf('Python 2.7 の動作（2016 年）', 'kana'), [
      'Python 2.7 の',
      '動作',
      '（2016 年）',
    ]);
  });

  it('are as even as they can be, and break behind a comma where that costs little', () => {
    const parts = phrasesOf('one two three four', 'words');
    assert.deepEqual(balance(parts, 2, length, 14), ['one two', 'three four']);
    assert.deepEqual(balance(parts, 1, length, 14), null);
    assert.deepEqual(balance(phrasesOf('a bb, cc dddd', 'words'), 2, length, 10), ['a bb,', 'cc dddd']);
  });

  it('of data break at spaces while there are lines, then anywhere, and then end in dots', () => {
    const wrap = (text: string, most: number) => wrapData(text, most, (rest) => Math.min(rest.length, 5));
    assert.deepEqual(wrap('ab cdef gh', 3), ['ab', 'cdef', 'gh']);
    assert.deepEqual(wrap('ab cdef gh', 2), ['ab cd', 'ef gh']);
    assert.deepEqual(wrap('ab cdefghijkl', 2), ['ab', 'cdef…']);
  });
});

describe('the frames of a picture', () => {
  it('fold between the outermost and the last ones, two or more, or above the last one', () => {
    const frames = [1, 2, 3, 4, 5, 6];
    assert.deepEqual(foldFrames(frames, 6 * 62 - 6), { shown: frames, count: 0 });
    assert.deepEqual(foldFrames(frames, 5 * 62), { shown: [1, null, 4, 5, 6], count: 2 });
    assert.deepEqual(foldFrames(frames, 100), { shown: [null, 6], count: 5 });
  });
});

describe('the colours of a picture', () => {
  it('are the light ones of the tokens, all of which there must be', () => {
    assert.throws(
      () => coloursIn(':root { --paper: light-dark(#ffffff, #000000) }'),
      /--raised has no light/,
    );
    assert.match(en.colours.handlerSoft, /^#[0-9a-f]{6}$/);
  });
});
