/** What turns the direction of writing, or is not seen at all, is shown as what it is. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { markupToHtml, markupToText } from '../../../src/lab/markup.ts';
import { nameToMarkup, textToMarkup } from '../../../src/lab/marks.ts';
import { fill } from '../../../src/lab/words.ts';

const html = (parts: ReturnType<typeof nameToMarkup>): string => parts.map(markupToHtml).join('');
const text = (parts: ReturnType<typeof nameToMarkup>): string => parts.map(markupToText).join('');
const shut = (code: string, characters: string): string =>
  `<span class="unseen" data-code="${code}">${characters}</span>`;

describe('a text', () => {
  it('without such characters is as it was', () => {
    for (const plain of ['', 'plain', 'e\u0301\u0301', 'שלום 12', '\u200d\u200b\t\u001b[31m'])
      assert.deepEqual(textToMarkup(plain), [plain]);
  });

  it('has its controls of direction named, each shut in, and keeps every character', () => {
    const turned = 'a\u202eb\u2066\u2067c\u061c';
    assert.equal(text(textToMarkup(turned)), turned);
    assert.equal(
      html(textToMarkup(turned)),
      `a${shut('U+202E', '\u202e')}b${shut('U+2066', '\u2066')}${shut('U+2067', '\u2067')}c${shut('U+061C', '\u061c')}`,
    );
  });

  it('of nothing but such characters is bounded, and turns nothing round behind the bound', () => {
    const shown = textToMarkup('x\u202e'.repeat(100_000));
    assert.deepEqual(shown, ['x\ufffd'.repeat(100_000)]);
  });
});

describe('a name', () => {
  it('has all named that is not seen of it', () => {
    assert.equal(html(nameToMarkup('\u200b')), shut('U+200B', '\u200b'));
    assert.equal(html(nameToMarkup('a\nb')), `a${shut('U+000A', '\n')}b`);
    assert.equal(html(nameToMarkup('a\ud800')), `a${shut('U+D800', '\ud800')}`);
    assert.equal(html(nameToMarkup('1\u200d2')), `1${shut('U+200D', '\u200d')}2`);
  });

  it('keeps what joins its letters or makes an emoji', () => {
    for (const name of ['می\u200cخواهم.py', '👩\u200d💻.txt', 'क्\u200dष'])
      assert.deepEqual(nameToMarkup(name), [name]);
  });
});

describe('a value in a sentence', () => {
  it('that runs from right to left is isolated, and turns no word of the sentence round', () => {
    assert.equal(fill('Added {name}.', { name: 'שלום.py' }), 'Added \u2068שלום.py\u2069.');
    assert.equal(
      fill('Added {name}.', { name: 'evil\u202efdp.exe' }),
      'Added \u2068evilU+202Efdp.exe\u2069.',
    );
    assert.equal(fill('Added {name}, {count}.', { name: '日本.py', count: 2 }), 'Added 日本.py, 2.');
  });
});
