/** Why did a part of a lab not come? Fetched itself only when one did not. */
import { PolicyRefuses, PythonFileMissing } from '../sandbox/errors.ts';
import { policyBehind } from '../sandbox/host-policy.ts';
import type { LabPage } from './page-data.ts';
import { errorToProblem } from './problem-words.ts';
import { fill } from './words.ts';

/** The policy's own sentence where one refuses to fetch, which no connection explains; else the given one. */
export async function fetchFaultToWords({ assets, words }: LabPage, sentence: string): Promise<string> {
  const cause = await policyBehind(new PythonFileMissing('', null), document, assets.frame);
  if (!(cause instanceof PolicyRefuses)) return sentence;
  const { key, values } = errorToProblem(cause);
  return fill(words.problem[key], values);
}
