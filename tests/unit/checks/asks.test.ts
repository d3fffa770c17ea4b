/** The questions that sections, errors and terms answer: each has some in both languages, and none is of what is not there. */
import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { describe, it } from 'node:test';
import { CONTENT, readArticles } from '../../../scripts/article-files.ts';
import { LANGUAGES, type Language } from '../../../src/i18n/languages.ts';
import { errorPage, GLOSSARY_PAGE } from '../../../src/i18n/links.ts';
import { readAsks } from '../../../src/integrations/asks.ts';
import { unitsOf } from '../../../src/search/units.ts';
import glossary from '../../../content/glossary.json' with { type: 'json' };

/** The sections that every article has, by the last of their headings: they need no questions. */
const OF_ALL =
  /^(?:Try it yourself|What is known, and how|Sources|やってみよう|わかっていることと、その根拠|出典)$/;
/** Pages beside the articles that have some, too. */
const OTHERS = ['offline'];

/** The id that a heading's text gets. */
function headingToId(text: string): string {
  const kept = text.trim().toLowerCase();
  return kept.replaceAll(/[^\p{L}\p{M}\p{N}_ -]/gu, '').replaceAll(' ', '-');
}

/** The addresses that have to have questions. A section of a lab alone has no text that could answer. */
async function wanted(language: Language): Promise<readonly string[]> {
  const articles = await readArticles(CONTENT, language);
  const errors = await readdir(path.join(CONTENT, 'errors'));
  const sections = Array.from(articles, ([file, text]) => {
    const article = path.basename(file, '.mdx');
    const [, ...parts] = text.replaceAll(/^```.*?^```/gms, '…').split(/^## /m);
    return [
      article,
      ...parts.flatMap((part) => {
        const [heading = '', ...lines] = part.split('\n');
        const says =
          lines
            .join('\n')
            .replaceAll(/<[^>]*>|\{[^}]*\}/g, '')
            .trim() !== '';
        return says && !OF_ALL.test(heading.trim()) ? [`${article}#${headingToId(heading)}`] : [];
      }),
    ];
  });
  return [
    ...sections.flat(),
    ...errors.map((file) => errorPage(path.basename(file, '.json'))),
    ...Object.keys(glossary).map((term) => `${GLOSSARY_PAGE}#${term}`),
    ...OTHERS,
  ];
}

for (const language of LANGUAGES) {
  describe(`the questions in ${language}`, () => {
    it('are there for each section, error and term, and for nothing else', async () => {
      assert.deepEqual(Object.keys(await readAsks(language)).toSorted(), (await wanted(language)).toSorted());
    });

    it('ask for something, and each but once of one place', async () => {
      for (const [address, questions] of Object.entries(await readAsks(language))) {
        assert.equal(new Set(questions).size, questions.length, address);
        for (const question of questions) assert.ok(unitsOf(question).length > 0, `${address}: ${question}`);
      }
    });
  });
}
