/** What an article's labs printed and answered, as text: its item in a feed has it for readers without the page. */
import type { Recording } from '../../trace/recording.ts';
import { recordingsToTranscript } from '../../trace/transcript.ts';

/** The recordings as HTML, each a `<pre>`. A feed is XML 1.0, which has no place for control characters. */
export function recordingsToFeedHtml(recordings: readonly Recording[]): string {
  return recordings
    .map((recording) => `<pre>${toHtml(withoutControls(recordingsToTranscript([recording])))}</pre>`)
    .join('\n');
}

/** Control characters that XML refuses become their pictures (`␛`), what is no character at all becomes `�`. */
export function withoutControls(text: string): string {
  return (
    text
      .toWellFormed()
      // eslint-disable-next-line no-control-regex -- these are what XML refuses
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, (control) =>
        String.fromCodePoint(0x2400 + (control.codePointAt(0) ?? 0)),
      )
      .replace(/[\ufffe\uffff]/g, '\ufffd')
  );
}

function toHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
