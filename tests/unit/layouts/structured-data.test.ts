import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toStructuredData } from '../../../src/layouts/structured-data.ts';

const PLACE = {
  language: 'en',
  page: 'who-called-me',
  site: { name: 'Behind the Handler', description: 'About.' },
  addressOf: (page: string): string => `https://a.example/en/${page}`,
} as const;

test('a home page says that it is the site', () => {
  assert.deepEqual(toStructuredData({ kind: 'home' }, { ...PLACE, page: '' }), {
    '@context': 'https://schema.org',
    '@type': 'WebSite',
    name: 'Behind the Handler',
    url: 'https://a.example/en/',
    description: 'About.',
    inLanguage: 'en',
  });
});

test('an article says what it is, when it changed, and the list that it is in', () => {
  const described = {
    kind: 'article',
    title: 'Who?',
    description: 'It.',
    changed: new Date('2026-11-29'),
  } as const;
  const data = toStructuredData({ ...described, within: [{ title: 'Articles', page: 'articles' }] }, PLACE);
  const owner = { name: 'Behind the Handler', url: 'https://a.example/en/' };
  assert.deepEqual(data, {
    '@context': 'https://schema.org',
    '@graph': [
      {
        '@type': 'TechArticle',
        headline: 'Who?',
        description: 'It.',
        inLanguage: 'en',
        url: 'https://a.example/en/who-called-me',
        mainEntityOfPage: 'https://a.example/en/who-called-me',
        dateModified: '2026-11-29',
        author: { '@type': 'Organization', ...owner },
        publisher: { '@type': 'Organization', ...owner },
        isPartOf: { '@type': 'WebSite', ...owner },
        license: 'https://creativecommons.org/licenses/by/4.0/',
      },
      {
        '@type': 'BreadcrumbList',
        itemListElement: [
          { '@type': 'ListItem', position: 1, name: 'Articles', item: 'https://a.example/en/articles' },
          { '@type': 'ListItem', position: 2, name: 'Who?', item: 'https://a.example/en/who-called-me' },
        ],
      },
    ],
  });
  assert.ok(
    !JSON.stringify(toStructuredData({ ...described, changed: null, within: [] }, PLACE)).includes(
      'dateModified',
    ),
  );
});
