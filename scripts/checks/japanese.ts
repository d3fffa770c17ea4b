/**
 * The Japanese texts, linted by textlint's preset for Japanese: the articles, the glossary and the interface's
 * strings. A finding that makes good Japanese worse is mended here, at the rule and with its reason, never in the text.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { TextlintKernel, type TextlintKernelRule } from '@textlint/kernel';
import { moduleInterop } from '@textlint/module-interop';
import markdown from '@textlint/textlint-plugin-markdown';
import preset from 'textlint-rule-preset-japanese';
import { CONTENT, readArticles, reportFaults } from '../article-files.ts';
import { wordsOf } from '../article-words.ts';

/** Where this site departs from the preset. `false` leaves a rule out. */
const OPTIONS: Readonly<Record<string, object | false>> = {
  // 「AもBも」「AかBか」 are pairs: the second particle belongs to the first.
  'no-doubled-joshi': { min_interval: 1, allow: ['も', 'にも', 'か'] },
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
  const { messages } = await kernel.lintText(text, {
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

/** What the linter has to say of the strings of a JSON file: each is a text of its own, known by its place. */
export async function lintStrings(value: unknown, place = ''): Promise<readonly string[]> {
  if (typeof value === 'string') {
    return (await lintJapanese(value)).map(({ rule, message }) => `${place}: ${message} (${rule})`);
  }
  if (typeof value !== 'object' || value === null) return [];
  const entries = Object.entries(value).map(([key, inner]) =>
    lintStrings(inner, place === '' ? key : `${place}.${key}`),
  );
  return (await Promise.all(entries)).flat();
}

async function checkJapanese(content: string): Promise<readonly string[]> {
  const faults: string[] = [];
  for (const [name, source] of await readArticles(content, 'ja')) {
    for (const { line, rule, message } of await lintArticle(source)) {
      faults.push(`articles/ja/${name}:${line}: ${message} (${rule})`);
    }
  }
  const strings: unknown = JSON.parse(await readFile(path.join(content, 'ui', 'ja.json'), 'utf8'));
  for (const fault of await lintStrings(strings)) faults.push(`ui/ja.json: ${fault}`);
  const glossary = JSON.parse(await readFile(path.join(content, 'glossary.json'), 'utf8')) as object;
  for (const [id, { ja }] of Object.entries(glossary) as [string, { ja: unknown }][]) {
    for (const fault of await lintStrings(ja, id)) faults.push(`glossary.json: ${fault}`);
  }
  return faults;
}

if (import.meta.main) reportFaults(await checkJapanese(CONTENT));
