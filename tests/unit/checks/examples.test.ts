import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { examplesOfArticle, examplesOfPage, findUnusedExamples } from '../../../scripts/checks/examples.ts';

describe('the check of examples', () => {
  it('finds those that an article shows, by an attribute, by a pair, as cases, or by what several share', () => {
    const article =
      'export const lab = { example: \'two\', platform: \'p\' };\n\n<Lab example="one" platform="p" />\n\n<Lab {...lab} />' +
      '\n\n<Compare example="three four" platforms="p" />\n\n<Lab cases="five six" platforms="p q" />';
    assert.deepEqual(examplesOfArticle(article), ['one', 'two', 'three', 'four', 'five', 'six']);
  });

  it('finds those that a page shows', () => {
    assert.deepEqual(examplesOfPage('<main><Lab example="one" platform="p" /></main>'), ['one']);
  });

  it('finds none in a comment or in code', () => {
    assert.deepEqual(examplesOfArticle('{/* <Lab example="one" /> */} `<Lab example="two" />`'), []);
    assert.deepEqual(examplesOfPage('{/* <Lab example="one" /> */} <!-- <Lab example="two" /> -->'), []);
  });

  it('names an example that nothing shows', () => {
    assert.deepEqual(findUnusedExamples(['one', 'two'], ['two', 'two-more']), [
      'content/examples/one is shown nowhere',
    ]);
  });
});
