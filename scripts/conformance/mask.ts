/**
 * Makes texts comparable that differ from run to run or from disk to disk: times, addresses, lines of
 * the runtime's and of Python's own files. Both sides go through the same masks, so what is masked is
 * not compared; the order and the names of those frames are.
 */

/** Paths of files that are not the function's: their line numbers and source lines are not compared. */
const FOREIGN = String.raw`(?:/var/runtime/|/var/lang/|<frozen )`;
const FRAME_LINE = new RegExp(
  String.raw`^([ \u00a0]{2}File "${FOREIGN}[^"]*", line )(?:\d+|<N>)(, in .*)$`,
  's',
);
const WARNING_LINE = new RegExp(String.raw`^(${FOREIGN}[^:\n]*:)(?:\d+|<N>)(: \w+: .*)$`, 's');
/** What stands below such a line: source, `^^^^`, `...<3 lines>...`. */
const BELOW = /^[ \u00a0]{2,}(?!File "|\[Previous line)/;

/** Masks a log, or a text that a person reads. */
export function maskText(text: string): string {
  return maskForeignLines(maskPassing(text));
}

/** Masks JSON text: inside its strings as in texts, without touching how it is written. */
export function maskJson(text: string): string {
  const masked = text.replace(/"(?:[^"\\]|\\.)*"/g, (literal) => {
    try {
      const value = JSON.parse(literal) as string;
      const shown = maskText(value);
      return shown === value ? literal : JSON.stringify(shown);
    } catch {
      return literal;
    }
  });
  const path = new RegExp(String.raw`("path": "${FOREIGN}[^"]*", "line": )(?:\d+|"<N>")`, 'g');
  return masked.replace(path, '$1"<N>"');
}

/** Times, addresses, versions, places of Python: different on every machine and at every moment. */
function maskPassing(text: string): string {
  return (
    text
      // The measurement's own mask left the rest of some lines behind it.
      .replace(/<(PYTHON|RUNTIME) SOURCE LINE>(?:(?!\\n)[^\r\n])*/g, '<$1 SOURCE LINE>')
      .replace(/\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g, '<TIME-MS>')
      .replace(/\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/g, '<TIME>')
      .replace(/\[\d{13}\] LAMBDA_RUNTIME/g, '[<EPOCH-MS>] LAMBDA_RUNTIME')
      .replace(/\b0x(?:[0-9a-f]{4,}|<ADDR>)/g, '<ADDR>')
      .replace(/(?<!lang)\/lib\/python3(?:14\.zip|\.14)(?=\/)/g, '/var/lang/lib/python<PY>')
      .replace(/(?<!lang)\/lib\/python314\.zip/g, '/var/lang/lib/python<PYNODOT>.zip')
      .replace(/(?<!lang)\/lib\/python3\.14\b/g, '/var/lang/lib/python<PY>')
      // In bytes the measurement had nothing masked.
      .replace(/\/var\/lang\/lib\/python3\.\d+(?=\/)/g, '/var/lang/lib/python<PY>')
      .replace(/\/bin\/python3\.14\b/g, '/bin/python<PY>')
      // The folder in which the package lies is one place, whichever it is.
      .replace(/\/var\/lang\/lib\/python<PY>\/site-packages(?=\/awslambdaric\/)/g, '/var/runtime')
      // Counted over Python's own paths where it lies behind the frames of an import, and these are masked.
      .replace(/(?<=in position )\d{3,}(?:-\d{3,})?(?=: Body \()/g, '<N>')
      .replace(/AWS_Lambda_python3\.14\b/g, 'AWS_Lambda_python<PY>')
      .replace(/aws-lambda-python\/3\.14\.\d+-/g, 'aws-lambda-python/<PYFULL>-')
      .replace(/(LAMBDA_WARNING: Unhandled exception\. )[^\r\n"]*/g, '$1<ADVICE>')
  );
}

function maskForeignLines(text: string): string {
  const pieces = text.split(/(\r\n|\r|\n)/);
  let kept = '';
  let isBelow = false;
  for (let at = 0; at < pieces.length; at += 2) {
    const line = pieces[at] ?? '';
    const end = pieces[at + 1] ?? '';
    if (isBelow && BELOW.test(line)) continue;
    const masked = line.replace(FRAME_LINE, '$1<N>$2').replace(WARNING_LINE, '$1<N>$2');
    isBelow = FRAME_LINE.test(line) || WARNING_LINE.test(line);
    kept += masked + end;
  }
  return kept;
}
