/** `npm run explain`: explains a log's lines in a terminal. USAGE below is its manual. */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import en from '../content/ui/en.json' with { type: 'json' };
import ja from '../content/ui/ja.json' with { type: 'json' };
import { toErrorKeys, type ErrorKeys } from '../src/catalogue/match-error.ts';
import { explain } from '../src/explain/explain.ts';
import { mask } from '../src/explain/mask.ts';
import { toCsv, toRows } from '../src/explain/table.ts';
import { fill, fillPlural } from '../src/lab/words.ts';
import { InputFault, MOST_BYTES, readInput } from './explain/read-input.ts';
import { explanationToJson, explanationToText, type ExplainWords } from './explain/report.ts';
import { ownValue } from '../src/trace/own-value.ts';

const USAGE = `Usage: npm run explain -- [options] [FILE]

Explains the lines of FILE, or of standard input: rows of CloudWatch, what tools print of a log, a traceback, the answer
of an invocation. Nothing is sent anywhere.

  --lines        each line, too, with whose it is and its kind
  --json         print one JSON object instead: {count, lines, runs, findings, errors, sums}
  --csv          print the invocations as CSV instead
  --mask         print the lines instead, with ids, keys, addresses and names of your own masked; the same one has the
                 same mask all over. What was masked, and what was left, goes to standard error
  --word WORD    with --mask: mask this word as well; may be given several times
  --lang LANG    en or ja (default: en)
  --help         print this

FILE may be packed as .gz. With --json, --csv or --mask, npm run --silent explain prints nothing of npm's own.

Exit status: 0 when the lines were read, 2 for bad arguments and where there are no lines.`;

const LANGUAGES: Readonly<Record<string, ExplainWords>> = { en: en.explain, ja: ja.explain };
const ERRORS = path.resolve(import.meta.dirname, '../content/errors');
/** Columns of what is no terminal. */
const WIDTH = 120;

/** An argument is not as it has to be; the message is one sentence for the person who typed it. */
class BadArgument extends Error {
  override name = 'BadArgument';
}

async function main(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      lines: { type: 'boolean' },
      json: { type: 'boolean' },
      csv: { type: 'boolean' },
      mask: { type: 'boolean' },
      word: { type: 'string', multiple: true },
      lang: { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  if (values.help === true) {
    process.stdout.write(`${USAGE}\n`);
    return 0;
  }
  const { lang: language = 'en', word: masked = [] } = values;
  const words = ownValue(LANGUAGES, language);
  if (words === undefined) throw new BadArgument(`--lang takes en or ja, not “${language}”.`);
  if (positionals.length > 1) throw new BadArgument('Name one file: each log is explained on its own.');
  if (masked.length > 0 && values.mask !== true) throw new BadArgument('--word goes with --mask.');
  const forms = [values.json, values.csv, values.mask].filter((form) => form === true);
  if (forms.length > 1) throw new BadArgument('Choose one of --json, --csv and --mask.');
  const [name = '-'] = positionals;
  let text: string;
  try {
    if (name === '-' && process.stdin.isTTY) console.error(words.terminal.waits);
    // Where the person stands: npm itself has gone to the project's folder.
    text = await readInput(name === '-' ? null : path.resolve(process.env.INIT_CWD ?? '.', name));
  } catch (error) {
    if (!(error instanceof InputFault)) throw error;
    const shown = name === '-' ? words.terminal.input : name;
    console.error(
      fill(words.terminal.faults[error.key], {
        name: shown,
        reason: error.reason,
        megabytes: MOST_BYTES / 1024 ** 2,
      }),
    );
    return 2;
  }
  if (values.mask === true) {
    const { text: shared, counts, left } = mask(text, masked);
    process.stdout.write(shared);
    console.error(countsToSentence(counts, words, language));
    const list = new Intl.ListFormat(language).format(left.map((kind) => words.terminal.kinds[kind]));
    console.error(fill(words.terminal.left, { list }));
    return 0;
  }
  const { keys, titles } = await readErrors(language);
  const explanation = explain(text, keys);
  if (values.csv === true) process.stdout.write(toCsv(toRows(explanation.runs)));
  else if (values.json === true) process.stdout.write(`${explanationToJson(explanation, words, language)}\n`);
  else
    process.stdout.write(
      explanationToText(explanation, {
        words,
        language,
        titles,
        width: Math.max(40, process.stdout.columns || Number(process.env.COLUMNS) || WIDTH),
        hasColours: process.stdout.isTTY && process.stdout.hasColors(),
        hasLines: values.lines === true,
      }),
    );
  return 0;
}

function countsToSentence(
  counts: ReturnType<typeof mask>['counts'],
  { page }: ExplainWords,
  language: string,
): string {
  const parts = Object.entries(counts).map(([kind, count]) =>
    fillPlural(page.masks[kind as keyof typeof counts], count, language),
  );
  if (parts.length === 0) return page.share.maskedNone;
  return fill(page.share.masked, { list: new Intl.ListFormat(language).format(parts) });
}

/** The catalogue's errors, as lines are looked up in them, and what their pages are called: some in each language, others by what the log says. */
async function readErrors(
  language: string,
): Promise<{ keys: readonly ErrorKeys[]; titles: ReadonlyMap<string, string> }> {
  const keys: ErrorKeys[] = [];
  const titles = new Map<string, string>();
  for (const name of (await readdir(ERRORS)).filter((one) => one.endsWith('.json'))) {
    const file = JSON.parse(await readFile(path.join(ERRORS, name), 'utf8')) as {
      platform: string;
      title: string | Readonly<Record<string, string>>;
      keys: string[];
      general?: boolean;
    };
    const id = name.replace(/\.json$/, '');
    keys.push(toErrorKeys(id, { ...file, general: file.general ?? false }));
    titles.set(id, typeof file.title === 'string' ? file.title : (file.title[language] ?? id));
  }
  return { keys, titles };
}

// `| head` has read enough.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  const isOption =
    error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
  if (!(error instanceof BadArgument || isOption)) throw error;
  console.error(`${error.message.replace(/\. .*$/s, '.')} npm run explain -- --help has the manual.`);
  process.exitCode = 2;
}
