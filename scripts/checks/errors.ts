/**
 * The catalogue of errors, against the recordings and the built pages: each page shows the log and the answer of its recording;
 * each cause's example ends in that outcome, and each mended one answers; what people search for leads to one page.
 */
import { glob, readFile } from 'node:fs/promises';
import path from 'node:path';
import { Parser } from 'htmlparser2';
import { errorOfRun } from '../../src/catalogue/error-of-run.ts';
import { endingOf, isAnswer, isSameEnding } from '../../src/catalogue/ending.ts';
import { errorSchema, type ErrorFile } from '../../src/catalogue/error-schema.ts';
import { matchError, toErrorKeys, toPlain } from '../../src/catalogue/match-error.ts';
import { readChecked } from '../../src/integrations/checked-json.ts';
import { LANGUAGES } from '../../src/i18n/languages.ts';
import { toPretty } from '../../src/lab/output/pretty.ts';
import { eventsToLog, type RecordedRun } from '../../src/trace/format.ts';
import { recordingId, type Recording } from '../../src/trace/recording.ts';
import { DIST } from '../build.ts';
import { reportFaults } from '../article-files.ts';
import { ROOT } from '../site-texts.ts';
import { examplesOfError } from './examples.ts';

/** What people search for: each leads to exactly one page, by its title or by the names below it. */
export const SEARCHED = [
  'Unable to import module',
  'No module named',
  'Runtime.HandlerNotFound',
  'missing on module',
  'Runtime.UserCodeSyntaxError',
  'Runtime.MalformedHandlerName',
  'Unable to marshal response',
  'is not JSON serializable',
  'Task timed out after',
  'Sandbox.Timedout',
  'Runtime exited with error: exit status 1',
  'Runtime exited without providing a reason',
  'signal: killed',
  'Runtime.OutOfMemory',
  'Function.ResponseSizeTooLarge',
  'module initialization error',
  'Process exited before completing request',
  'Unknown application error occurred',
  'Extension.Crash',
  'takes 1 positional argument but 2 were given',
] as const;

/** The catalogue's errors by their ids. */
export type Errors = ReadonlyMap<string, ErrorFile>;

/** The first run of an example on a platform; null when there is no such recording. */
export type RunsOf = (example: string, platform: string) => readonly RecordedRun[] | null;

/** What searches miss: words that lead to no page, or to several. */
export function findSearchFaults(errors: Errors, searched: readonly string[] = SEARCHED): readonly string[] {
  return searched.flatMap((words) => {
    const found = [...errors].filter(([, error]) =>
      [...titlesOf(error), ...error.names].some((name) => name.includes(words)),
    );
    if (found.length === 1) return [];
    const where = found.length === 0 ? 'no page' : found.map(([id]) => id).join(', ');
    return [`“${words}” is in the title or the names of ${where}: it has to lead to one page`];
  });
}

/** What an error's file says that its recordings do not bear out, and what it names that is not there. */
export function findErrorFaults(errors: Errors, runsOf: RunsOf): readonly string[] {
  const keys = Array.from(errors, ([id, error]) => toErrorKeys(id, error));
  return [...errors].flatMap(([id, error]) => {
    const faults: string[] = [];
    const { platform, shown, causes, related } = error;
    const examples = causes.flatMap((cause) => [cause.do, cause.mend]).filter((name) => name !== null);
    if (new Set(examples).size < examples.length) faults.push('an example is shown twice');
    for (const other of related) {
      if (other === id || !errors.has(other)) faults.push(`there is no other error "${other}"`);
    }
    if ('quoted' in shown) {
      const { log, answer } = shown.quoted;
      const text = [...(log ?? []), answer ?? ''].join('\n').trim();
      const told = matchError(text, keys, platform)?.id;
      if (text !== '' && told !== id)
        faults.push(`its keys do not tell the quoted lines: they are of ${told ?? 'no error'}`);
    } else if (!causes.some((cause) => cause.do === shown.example)) {
      faults.push(`${shown.example} is shown, and no cause does it`);
    }
    const [first] = 'quoted' in shown ? [] : (runsOf(shown.example, platform) ?? []);
    for (const cause of causes) {
      if (cause.do === null && cause.mend !== null && !('quoted' in shown))
        faults.push(`"${cause.title.en}" mends what no example does`);
      const done = cause.do === null ? null : runsOf(cause.do, platform)?.[0];
      if (done === undefined) faults.push(`there is no recording of ${cause.do ?? ''} on ${platform}`);
      else if (done !== null && first !== undefined) {
        const told = errorOfRun(done, platform, keys)?.id;
        if (!isSameEnding(endingOf(done), endingOf(first)))
          faults.push(`${cause.do ?? ''} ends in another outcome: ${JSON.stringify(endingOf(done))}`);
        else if (told !== id)
          faults.push(`its keys do not tell ${cause.do ?? ''}: it is read as ${told ?? 'no error'}`);
      }
      if (cause.mend === null) continue;
      const mended = runsOf(cause.mend, platform);
      if (mended === null) faults.push(`there is no recording of ${cause.mend} on ${platform}`);
      for (const run of mended ?? []) {
        if (!isAnswer(endingOf(run)))
          faults.push(`${cause.mend} does not answer: ${JSON.stringify(endingOf(run))}`);
      }
    }
    return faults.map((fault) => `content/errors/${id}.json: ${fault}`);
  });
}

/** What a built page shows of its recording otherwise than that has it. */
export function findPageFaults(html: string, run: RecordedRun): readonly string[] {
  const [log, answer] = [textOfPre(html, false), textOfPre(html, true)];
  const wanted = 'payload' in run.outcome ? toPretty(run.outcome.payload) : '';
  return [
    ...(toPlain(log).trim() === toPlain(eventsToLog(run.events)).trim()
      ? []
      : ['its log is not the recording’s']),
    ...(answer === wanted ? [] : ['its answer is not the recording’s']),
  ];
}

/** Reads the catalogue. Rejects with BadFile. */
export async function readErrors(root: string): Promise<Errors> {
  const files = (await Array.fromAsync(glob('content/errors/*.json', { cwd: root }))).toSorted();
  const entries = files.map(
    async (file) =>
      [path.basename(file, '.json'), await readChecked(path.join(root, file), errorSchema)] as const,
  );
  return new Map(await Promise.all(entries));
}

/** The text of the error's own log on a page, or of its answer; empty where there is none. */
function textOfPre(html: string, isAnswer: boolean): string {
  let text = '';
  let isInside = false;
  const parser = new Parser({
    onopentag(name, attributes) {
      const classes = attributes.class?.split(' ') ?? [];
      if (name === 'pre' && classes.includes('error-log') && classes.includes('error-answer') === isAnswer)
        isInside = true;
    },
    ontext(piece) {
      if (isInside) text += piece;
    },
    onclosetag(name) {
      if (name === 'pre') isInside = false;
    },
  });
  parser.end(html);
  return text;
}

function titlesOf({ title }: ErrorFile): readonly string[] {
  return typeof title === 'string' ? [title] : Object.values(title);
}

async function readRuns(root: string, errors: Errors): Promise<RunsOf> {
  const runs = new Map<string, readonly RecordedRun[]>();
  for (const error of errors.values()) {
    for (const example of examplesOfError(error)) {
      const id = recordingId(example, error.platform);
      const file = path.join(root, '.cache/recordings', `${id}.json`);
      const text = await readFile(file, 'utf8').catch(() => null);
      if (text !== null) runs.set(id, (JSON.parse(text) as Recording).runs);
    }
  }
  return (example, platform) => runs.get(recordingId(example, platform)) ?? null;
}

if (import.meta.main) {
  const errors = await readErrors(ROOT);
  const runsOf = await readRuns(ROOT, errors);
  const faults = [...findSearchFaults(errors), ...findErrorFaults(errors, runsOf)];
  for (const [id, { shown, platform }] of errors) {
    const [run] = 'quoted' in shown ? [] : (runsOf(shown.example, platform) ?? []);
    if (run === undefined) continue;
    for (const language of LANGUAGES) {
      const file = `${language}/errors/${id}/index.html`;
      const html = await readFile(path.join(DIST, file), 'utf8');
      faults.push(...findPageFaults(html, run).map((fault) => `${file}: ${fault}`));
    }
  }
  const quoted = [...errors.values()].filter(({ shown }) => 'quoted' in shown);
  console.log(`${String(errors.size)} errors, ${String(quoted.length)} of them quoted.`);
  reportFaults(faults);
}
