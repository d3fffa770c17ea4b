/** Which lines are the details that Grafana shows below an opened line of a log: names of fields, each with its value? */
import { readText } from '../grammar.ts';
import { takePrefix } from './prefix.ts';
import type { Slice } from './slice.ts';

const HEAD =
  /^\s*(?:Fields|Log labels|Labels|Detected fields|Parsed fields|Indexed labels|Structured metadata|フィールド)\s*$/;
const LONGEST_HEAD = 40;
const WORDS =
  /^\s*(?:Ad-hoc statistics|Links|Log line|Show context|Copy to clipboard|Fields|Search field names)\s*$/;
/** Names that a log's source gives a field. */
const SURE =
  /^\s*(?:@(?:log|logStream|ptr|timestamp|message|ingestionTime|entity[\w.]*|requestId|type)|__[a-z]\w{2,60}|detected_level|log_?[sS]tream|log_?[gG]roup|service_name|filename)(?:\s|:|=|$)/;
const PAIR = /^\s*[@A-Za-z_][\w.@/-]{0,60}(?:\t+|\s*:\s+|\s+)\S/;
const PLAIN_PAIR = /^\s*[@A-Za-z_][\w.@/-]{0,60}(?:\t+|\s*:\s+|\s{2,})\S|^\s*[@A-Za-z_][\w.@/-]{0,60} \S+$/;
const NAME = /^\s*[@A-Za-z_][\w.@/-]{0,60}:?\s*$/;
/** Lines in which a name must be that no program's words have. */
const NEAR = 12;

/** The lines of details; none where the paste has none. */
export function detailLines(lines: readonly Slice[]): ReadonlySet<number> {
  const found = new Set<number>();
  let isSure = false;
  for (let index = 0; index < lines.length; index += 1) {
    const text = lines[index]?.text ?? '';
    if (text.length > LONGEST_HEAD || !HEAD.test(text)) continue;
    const block = blockFrom(lines, index + 1);
    isSure ||= block.some((at) => at <= index + NEAR && SURE.test(lines[at]?.text ?? ''));
    if (block.length === 0) continue;
    found.add(index);
    for (const at of block) found.add(at);
    index = block.at(-1) ?? index;
  }
  return isSure ? found : NONE;
}

const NONE: ReadonlySet<number> = new Set();

/** The lines of fields from here on, up to what is none. */
function blockFrom(lines: readonly Slice[], from: number): readonly number[] {
  const block: number[] = [];
  for (let at = from; at < lines.length; at += 1) {
    const line = lines[at];
    if (line === undefined) break;
    const { text } = line;
    if (!SURE.test(text) && isOfLog(line)) break;
    if (text.trim() === '') continue;
    const isPair = SURE.test(text) ? PAIR.test(text) : PLAIN_PAIR.test(text);
    if (WORDS.test(text) || HEAD.test(text) || isPair) {
      block.push(at);
      continue;
    }
    const value = lines[at + 1];
    // A value may be a time or a stream, too.
    if (!NAME.test(text) || value === undefined || readText(value.text.trim()) !== null) break;
    block.push(at, at + 1);
    at += 1;
  }
  return block;
}

/** Whether the next line of the log begins. */
function isOfLog(line: Slice): boolean {
  const text = line.text.trim();
  return (text !== '' && takePrefix(line).time !== null) || readText(text) !== null;
}
