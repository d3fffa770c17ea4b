/** What is said of a step in words: the slider's value, and what a status says. */
import type { Moment } from '../../trace/moment.ts';
import { cutText } from '../cut-text.ts';
import { pathToName } from '../path-to-name.ts';
import { fill, type LabWords } from '../words.ts';

/** Characters of a value that a sentence holds: nobody listens to two hundred of them. */
const MAX_SPOKEN = 60;

/** `Step 14 of 27: bootstrap.py line 243, calling lambda_handler`. */
export function momentToText(moment: Moment, words: LabWords['step']): string {
  return fill(words.value, { step: moment.step, of: moment.of, what: momentToWhat(moment, words) });
}

function momentToWhat({ kind, stack, calls, value, error }: Moment, words: LabWords['step']): string {
  const frame = stack.at(-1);
  if (kind === 'end' || frame === undefined) return words.end;
  const place = { file: pathToName(frame.source), line: frame.line, name: frame.name };
  switch (kind) {
    case 'call':
      return fill(words.entering, place);
    case 'return':
      return fill(words.returning, { ...place, value: cutText(value ?? '', MAX_SPOKEN) });
    case 'raise':
      return fill(words.raising, { ...place, error: cutText(error?.text ?? '', MAX_SPOKEN) });
    case 'line':
      return calls === null ? fill(words.running, place) : fill(words.calling, { ...place, calls });
    default:
      return kind satisfies never;
  }
}
