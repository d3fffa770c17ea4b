/**
 * Where does a chat write who said a message and when, each on a line of its own? Only at a paste's top is that no program's: from there on
 * it stands before every message.
 */
import { readText } from '../grammar.ts';
import type { Slice } from './slice.ts';

const TIME =
  /^\s*\[?(?:(?:today|yesterday|今日|昨日)(?: at)?,?\s+)?(?:(?:午前|午後)\s?)?\d{1,2}:\d\d(?:\s?[AP]M)?\]?\s*$/iu;
const LONGEST_TIME = 40;
const NAME = /^\s{0,4}[^\d\s[\]{}|:="'`>#(.-][^[\]{}|:="'`]{0,39}$/u;
/** Behind the name of what is no person. */
const APP = /^\s*(?:APP|BOT|アプリ|ボット)\s*$/u;

/** The lines that are such heads; none where the paste is no chat. */
export function chatHeads(lines: readonly Slice[]): ReadonlySet<number> {
  const heads = new Set<number>();
  let isOfLog = false;
  let seen = 0;
  let pairs = 0;
  for (let index = 0; index < lines.length; index += 1) {
    const text = lines[index]?.text ?? '';
    if (pairs === 0) {
      isOfLog ||= text.includes('RequestId:') || seen > MOST_BEFORE;
      if (isOfLog) return NONE;
      if (text.trim() !== '') seen += 1;
    }
    if (text.length > LONGEST_TIME || !text.includes(':') || !TIME.test(text)) continue;
    let name = index - 1;
    while (name >= 0 && lines[name]?.text.trim() === '') name -= 1;
    const isApp = APP.test(lines[name]?.text ?? '');
    if (isApp) name -= 1;
    const said = lines[name]?.text ?? '';
    const isPair = !heads.has(name) && NAME.test(said) && readText(said.trim()) === null;
    // Who says several messages one after the other is named once.
    if (!isPair && pairs === 0) continue;
    heads.add(index);
    if (!isPair) continue;
    pairs += 1;
    for (let at = name; at < index; at += 1) heads.add(at);
  }
  const isFirst = heads.has(lines.findIndex(({ text }) => text.trim() !== ''));
  return pairs >= 2 || isFirst ? heads : NONE;
}

/** Lines in which the first head must be. */
const MOST_BEFORE = 20;
const NONE: ReadonlySet<number> = new Set();
