import assert from 'node:assert/strict';
import { test } from 'node:test';
import { labsOnPages } from '../../../src/components/moment/labs-on-pages.ts';

const articles = [
  {
    page: 'one',
    text: '<Lab example="print" platforms="old new" />\n\n<Compare example="print" platforms="old new" />\n',
  },
  {
    page: 'two',
    text: [
      "export const lab = { cases: 'print wait', platform: 'new' };",
      '<Lab {...lab} prediction={false} />',
      '<Compare example="print wait" platforms="new" />',
      '<Compare example="print" platforms="new other" kind="places" />',
      '<Graded id="an-exercise" />',
    ].join('\n\n'),
  },
];
const errors = [
  {
    id: 'timed-out',
    platform: 'new',
    causes: [{ title: { en: '', ja: '' }, says: { en: '', ja: '' }, do: 'wait', mend: 'leave' }],
  },
];

test('a lab is on the first of its pages: an article before an error, articles in their order', () => {
  const { labs } = labsOnPages(articles, errors, () => true);
  assert.deepEqual(
    labs.map(({ lab, page, asks }) => [lab, page, asks]),
    [
      ['print--old', 'one', true],
      ['print--new', 'one', true],
      ['wait--new', 'two', false],
      ['leave--new', 'errors/timed-out', false],
    ],
  );
});

test('a lab has no place on a platform that its example was not recorded on', () => {
  const { labs, pairs } = labsOnPages(articles, [], (id) => id !== 'print--old');
  assert.deepEqual(
    labs.map(({ lab }) => lab),
    ['print--new', 'wait--new'],
  );
  assert.deepEqual(
    pairs.map(({ lab }) => lab),
    ['print-and-wait--new', 'print--new-and-other'],
  );
});

test('pairs of one example have one id on their pages, and names of their own', () => {
  const { pairs } = labsOnPages(articles, errors, () => true);
  assert.deepEqual(
    pairs.map(({ id, lab, sides, isOneHandler }) => [id, lab, sides, isOneHandler]),
    [
      ['print--pair', 'print--old-and-new', ['print--old', 'print--new'], true],
      ['print-wait--pair', 'print-and-wait--new', ['print--new', 'wait--new'], false],
      ['print--pair', 'print--new-and-other', ['print--new', 'print--other'], true],
    ],
  );
});
