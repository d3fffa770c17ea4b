/**
 * Every Japanese text, linted by textlint's preset for Japanese: the articles, and each string of the interface, the
 * glossary, the stops, the behaviours and the titles. A finding that makes good Japanese worse is mended here, at the rule and with its reason, never in the text.
 */
import { TextlintKernel, type TextlintKernelRule } from '@textlint/kernel';
import { moduleInterop } from '@textlint/module-interop';
import markdown from '@textlint/textlint-plugin-markdown';
import preset from 'textlint-rule-preset-japanese';
import { reportFaults } from '../article-files.ts';
import { wordsOf } from '../article-words.ts';
import { readSiteTexts, ROOT, type SiteText } from '../site-texts.ts';

/** Where this site departs from the preset. `false` leaves a rule out. */
const OPTIONS: Readonly<Record<string, object | false>> = {
  // Three commas are no fault of a sentence that reads well; `sentence-length` holds what runs on.
  'max-ten': false,
  // A sentence is not cut in two because 「に」 or 「で」 comes twice, and 「AはXでしたが、BはYです」 is a contrast. Two
  // 「が」 or 「を」 beside one another are a slip.
  'no-doubled-joshi': {
    min_interval: 1,
    allow: [
      'は',
      'も',
      'にも',
      'か',
      'に',
      'で',
      'の',
      'と',
      'から',
      'へ',
      'まで',
      'や',
      'には',
      'では',
      'とは',
      'からは',
    ],
  },
  'sentence-length': { max: 100 },
};

/** One finding. */
export interface Finding {
  readonly line: number;
  readonly rule: string;
  readonly message: string;
}

const kernel = new TextlintKernel();

const RULES: readonly TextlintKernelRule[] = Object.entries(preset.rules).flatMap(([ruleId, rule]) => {
  const options = OPTIONS[ruleId] ?? preset.rulesConfig[ruleId] ?? true;
  return options === false ? [] : [{ ruleId, rule, options }];
});

/** What the linter has to say of a Markdown text. */
export async function lintJapanese(text: string): Promise<readonly Finding[]> {
  // Code within a sentence does not make the sentence longer.
  const { messages } = await kernel.lintText(text.replace(/`[^`\n]*`/g, '`x`'), {
    ext: '.md',
    plugins: [{ pluginId: 'markdown', plugin: moduleInterop(markdown) }],
    rules: [...RULES],
  });
  return messages.map(({ loc, ruleId, message }) => ({
    line: loc.start.line,
    rule: ruleId,
    // Behind the first line stands advice at length.
    message: message.split('\n')[0] ?? '',
  }));
}

/** What the linter has to say of an article. What a component writes is a number more often than not. */
export async function lintArticle(source: string): Promise<readonly Finding[]> {
  return lintJapanese(wordsOf(source, { standIn: '5', compact: true }));
}

/** What the linter has to say of a text of the site, a line for each finding. */
export async function lintText({ file, article, strings }: SiteText): Promise<readonly string[]> {
  if (article !== null) {
    return (await lintArticle(article)).map(
      ({ line, rule, message }) => `${file}:${line}: ${message} (${rule})`,
    );
  }
  const findings = Array.from(strings, async ([place, text]) =>
    (await lintJapanese(text)).map(({ rule, message }) => `${file} ${place}: ${message} (${rule})`),
  );
  return (await Promise.all(findings)).flat();
}

async function checkJapanese(root: string): Promise<readonly string[]> {
  const faults: string[] = [];
  for (const text of await readSiteTexts(root, 'ja')) faults.push(...(await lintText(text)));
  return faults;
}

if (import.meta.main) reportFaults(await checkJapanese(ROOT));
