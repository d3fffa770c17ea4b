import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { picturesWithoutWords } from '../../../scripts/checks/images.ts';

describe('the check of pictures', () => {
  for (const html of [
    '<img src="a.png" alt="A stack of three frames">',
    '<img src="a.png" alt="" role="presentation">',
    '<img src="a.png" alt="" aria-hidden="true">',
    '<svg role="img" aria-label="A loop"><path d="M0 0"></path></svg>',
    '<svg><title>A loop</title><path d="M0 0"></path></svg>',
    '<button><svg aria-hidden="true"><svg><path d="M0 0"></path></svg></svg>Menu</button>',
  ]) {
    it(`passes ${html}`, () => {
      assert.deepEqual(picturesWithoutWords(html), []);
    });
  }

  for (const html of [
    '<img src="a.png">',
    '<img src="a.png" alt="">',
    '<img src="a.png" alt=" ">',
    '<svg class="a"><path d="M0 0"></path></svg>',
    '<svg role="img"><text>a</text></svg>',
    '<svg><title> </title></svg>',
    '<canvas width="1">',
  ]) {
    it(`names ${html}`, () => {
      assert.deepEqual(picturesWithoutWords(`<p>${html}</p>`), [/<.*?>/.exec(html)?.[0]]);
    });
  }
});
