/** What a lab says when something has failed: it comes with what runs it (`sandbox.ts`). */
import { PolicyRefuses, PythonFileMissing } from '../sandbox/errors.ts';
import { policyBehind } from '../sandbox/host-policy.ts';
import type { LabPage } from './page-data.ts';
import type { Said } from './part-missing.ts';
import { problemTexts } from './problem-texts.ts';
import { errorToProblem } from './problem-words.ts';
import { fill } from './words.ts';

/** An error of a run in the page's language. Where it did not come to run at all (`isEarly`), a policy may be behind it. */
export async function runFaultToSaid(
  error: unknown,
  { assets, language }: LabPage,
  isEarly: boolean,
): Promise<Said> {
  const cause = isEarly ? await policyBehind(error, document, assets.frame) : error;
  const { key, values, retry } = errorToProblem(cause);
  return { text: fill(problemTexts(language)[key], values), retry };
}

/** The policy's own sentence where one refuses to fetch, which no connection explains; else the given one. */
export async function fetchFaultToText(page: LabPage, sentence: string): Promise<string> {
  const cause = await policyBehind(new PythonFileMissing('', null), document, page.assets.frame);
  return cause instanceof PolicyRefuses ? (await runFaultToSaid(cause, page, false)).text : sentence;
}

/** Why bytes that a run has left could not be handed over; `full` where the browser has no room for them. */
export async function storedFaultToText(error: unknown, page: LabPage, full: string): Promise<string> {
  // What a browser says where it has no room: of its storage, and of its memory.
  const isFull =
    error instanceof RangeError || (error instanceof DOMException && error.name === 'QuotaExceededError');
  if (isFull) return full;
  if (errorToProblem(error).key === 'unknown') return page.words.storage.unreachable;
  return (await runFaultToSaid(error, page, true)).text;
}
