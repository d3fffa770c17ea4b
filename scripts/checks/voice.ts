/**
 * How the site speaks, as far as counts can tell: words that make a riddle of a sentence are rationed, an article answers
 * its question early and ends in time, and Japanese sentences are neither chopped nor endless.
 *
 * Sentence lengths are counted in articles alone: a label, a caption and a row of a table are short by nature.
 */
import { elementsNamed, readMdx, type Mdx } from '../../src/components/article/read-mdx.ts';
import { LANGUAGES, type Language } from '../../src/i18n/languages.ts';
import { reportFaults } from '../article-files.ts';
import { wordsOf } from '../article-words.ts';
import { readSiteTexts, ROOT, type SiteText } from '../site-texts.ts';

/** What an article may have at most, counted in words of English and in characters of Japanese. */
const MOST: Readonly<Record<Language, { readonly article: number; readonly answer: number }>> = {
  en: { article: 2200, answer: 450 },
  ja: { article: 5400, answer: 1100 },
};

/** Japanese sentences of an article: how many of them may be short, and where their median lies. */
const SENTENCES = { short: 20, shortShare: 0.15, median: [33, 45] } as const;

/** Ways of speaking that are rationed: so many in a thousand words or characters, and one in any text. */
interface Ration {
  readonly name: string;
  readonly pattern: RegExp;
  readonly perThousand: number;
  /** What to write instead. */
  readonly instead: string;
}

const RATIONS: Readonly<Record<Language, readonly Ration[]>> = {
  en: [
    {
      name: 'words of a riddle',
      pattern:
        /\b(?:stands?(?!-)|stood|nobody|somebody|whoever(?! invoke)|whatever|(?:is|are|was|were|be|been) told|tells|goes by|go by)\b|(?<=[a-z,] )what is\b/gi,
      perThousand: 2,
      instead: 'name the subject, and say what it does',
    },
    {
      name: 'the ambiguous caller',
      pattern: /\bcallers?\b/gi,
      perThousand: 2,
      instead: 'the runtime (or bootstrap), or the client',
    },
  ],
  ja: [
    { name: 'あなた', pattern: /あなた/g, perThousand: 1, instead: '自分の、関数の、または何も付けない' },
    {
      name: '「…のは、…です。」',
      pattern: /のは、?[^。、「」\n]{1,24}です。/g,
      perThousand: 2,
      instead: '主語から書く',
    },
  ],
};

/** How a first paragraph asks for a guess, before it has shown anything that the reader has seen. */
const GUESSES: Readonly<Record<Language, RegExp>> = {
  en: /\b(?:make|take|have) a guess\b|\bguess first\b/i,
  ja: /(?:予想|推測)(?:して|を立てて)(?:みて)?ください/,
};

/** What a text's voice lacks, a line for each fault. */
export function findVoiceFaults(text: SiteText): readonly string[] {
  const words = text.article === null ? [...text.strings.values()].join('\n') : proseOf(text.article);
  const faults = rationFaults(words, text.language);
  return text.article === null ? faults : [...faults, ...articleFaults(text.article, text.language)];
}

/** The lengths of a Japanese text's sentences: what ends with a mark. A heading, a label and a row of a table are none. */
export function sentenceLengths(words: string): readonly number[] {
  const text = words.replace(/^[ \t]*\|.*$/gm, '').replace(/^[ \t]*(?:[-*>]|\d+\.)[ \t]/gm, '');
  return Array.from(text.matchAll(/[^。！？\n]+[。！？]/g), ([sentence]) =>
    sentence.replace(/[\s`*[\]]/g, ''),
  ).map(({ length }) => length);
}

function rationFaults(words: string, language: Language): readonly string[] {
  const length = lengthOf(words, language);
  return RATIONS[language].flatMap(({ name, pattern, perThousand, instead }) => {
    const found = Array.from(words.matchAll(pattern), ([form]) => form.toLowerCase());
    const most = Math.max(1, Math.round((perThousand * length) / 1000));
    if (found.length <= most) return [];
    return [`has ${found.length} of ${name}, ${most} allowed (${tally(found)}): ${instead}`];
  });
}

function articleFaults(article: string, language: Language): readonly string[] {
  const mdx = readMdx(article);
  const words = proseOf(article);
  const most = MOST[language];
  const unit = language === 'en' ? 'words' : 'characters';
  const faults: string[] = [];
  const length = lengthOf(words, language);
  if (length > most.article) faults.push(`is ${length} ${unit} long, ${most.article} allowed`);
  const [claim] = elementsNamed(mdx, 'Claim');
  const body = words.slice(mdx.frontmatter?.end ?? 0);
  const start = (claim?.start ?? article.length) - (mdx.frontmatter?.end ?? 0);
  const before = lengthOf(body.slice(0, start), language);
  if (before > most.answer) {
    faults.push(`makes its first claim after ${before} ${unit}, ${most.answer} allowed`);
  }
  if (GUESSES[language].test(openingOf(body))) {
    faults.push('opens with a request to guess: begin with what the reader has seen');
  }
  if (language === 'ja') faults.push(...sentenceFaults(mdx, words));
  return faults;
}

function sentenceFaults(mdx: Mdx, words: string): readonly string[] {
  const [title] = mdx.headings;
  const lengths = sentenceLengths(words.slice(mdx.frontmatter?.end ?? title?.start ?? 0)).toSorted(
    (a, b) => a - b,
  );
  const median = lengths[Math.floor(lengths.length / 2)] ?? 0;
  const share = lengths.filter((length) => length <= SENTENCES.short).length / Math.max(1, lengths.length);
  const [least, most] = SENTENCES.median;
  return [
    ...(share < SENTENCES.shortShare
      ? []
      : [
          `has ${(share * 100).toFixed(1)} % of sentences of ${SENTENCES.short} characters or fewer, below ${SENTENCES.shortShare * 100} % allowed`,
        ]),
    ...(least <= median && median <= most
      ? []
      : [`has sentences of ${median} characters in the median, ${least} to ${most} allowed`]),
  ];
}

/** The words that an article's author wrote as prose: without quotations, the table of evidence, choices, and addresses. */
function proseOf(article: string): string {
  const words = wordsOf(article, { without: ['Quoted', 'Evidence', 'Choices'], standIn: '5' });
  const { headings } = readMdx(article);
  const sources = headings.findLast(({ depth }) => depth === 2);
  const isSources = sources !== undefined && /^(?:Sources|出典)$/.test(sources.text);
  const prose = isSources ? words.slice(0, sources.start) : words;
  return prose.replace(/\]\([^)]*\)/g, (address) => ' '.repeat(address.length));
}

function lengthOf(words: string, language: Language): number {
  return language === 'en'
    ? (words.match(/[\p{L}\p{N}][\p{L}\p{N}'’_./-]*/gu)?.length ?? 0)
    : words.replace(/\s/g, '').length;
}

function openingOf(body: string): string {
  return /^(?!#|export|import).*\S.*$/m.exec(body)?.[0] ?? '';
}

function tally(forms: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const form of forms) counts.set(form, (counts.get(form) ?? 0) + 1);
  return [...counts]
    .toSorted(([, a], [, b]) => b - a)
    .slice(0, 6)
    .map(([form, count]) => (count === 1 ? form : `${form} ${count}`))
    .join(', ');
}

async function checkVoice(root: string): Promise<readonly string[]> {
  const texts = await Promise.all(LANGUAGES.map((language) => readSiteTexts(root, language)));
  return texts.flat().flatMap((text) => findVoiceFaults(text).map((fault) => `${nameOf(text)} ${fault}`));
}

/** Where a text is: its file, and its language behind one that holds several. */
export function nameOf({ file, language }: Pick<SiteText, 'file' | 'language'>): string {
  return file.split(/[/.]/).includes(language) ? file : `${file} ${language}`;
}

if (import.meta.main) reportFaults(await checkVoice(ROOT));
