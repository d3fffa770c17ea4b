/** The log of a recorded run as HTML, as a page writes it. */
import { markupToHtml } from '../../lab/markup.ts';
import { eventsToShown } from '../../lab/output/log-lines.ts';
import { logToMarkup, type LineSetting } from '../../lab/output/markup.ts';
import { RunLog } from '../../lab/run-log.ts';
import { fill, type LabWords } from '../../lab/words.ts';
import type { TraceEvent } from '../../trace/format.ts';

/** The lines that the events have written, in the markup that `<lab-output>` goes on with. */
export function eventsToHtml(
  events: readonly TraceEvent[],
  setting: LineSetting & { readonly words: Pick<LabWords, 'line'> },
): string {
  const shown = eventsToShown(new RunLog(events), (limit) => fill(setting.words.line.cut, { limit }));
  return logToMarkup(shown, setting).map(markupToHtml).join('');
}
