/** Which lines of a log tell an error from others? What every run logs, and what only leads to the place, is left out. */

/** What stands in the logs of runs that differ: the frame of an invocation, the runtime's warning, the lines of a traceback. */
const ORDINARY =
  /^(?:INIT_START|START|END|REPORT|XRAY|EXTENSION|TELEMETRY)\b|LAMBDA_WARNING|^Traceback .*:$|^\s+(?:File|~|\^)|^\s{2,}|^\s*$/;

/** What a line of an error has, and what a function that works prints has not. */
const TELLING =
  /^\[ERROR\]|Error\b|[Ee]xception|Status: (?:error|timeout)|\bexit|[Ff]ailed|[Tt]imed out|Extension/;

/** Characters of a line that a table shows. */
const MAX_LINE = 160;

/** The first lines that tell it, at most `count`, each once and no longer than a row of a table can hold. */
export function tellingLines(log: string, count: number): readonly string[] {
  const lines = log
    .split('\n')
    .filter((line) => TELLING.test(line) && !ORDINARY.test(line))
    .map((line) => line.replaceAll('\t', ' ').trim());
  const told = lines.map((line) => (line.length > MAX_LINE ? `${line.slice(0, MAX_LINE - 1)}…` : line));
  return [...new Set(told)].slice(0, count);
}
