/**
 * A code link: `#<at>~<version>.<data>`, where `at` is a lab's id or `playground`, and `data` is a record's JSON, packed. No
 * page is needed to read or write one.
 */
import { packText, unpackText, UnpackFault } from '../../trace/packed-text.ts';
import { valueToRecord, type CodeRecord } from './code-record.ts';
import { LinkFault } from './link-fault.ts';

/** Characters of a fragment, its `#` among them: what chats, mails and old proxies let pass. */
export const MAX_LINK = 8000;

/** Bytes of a record's JSON: eight thousand characters of code hold less than half of that. */
const MAX_RECORD = 65_536;

/** What follows the name of a lab in a code link; some programs write it as `%7E`. */
const MARK = /~|%7E/i;

/** Where a fragment that is meant as a code link is to be opened; null for any other fragment. */
export function fragmentToPlace(fragment: string): string | null {
  const [place = '', ...rest] = fragment.split(MARK);
  return rest.length > 0 && /^#[\w-]+$/.test(place) ? place.slice(1) : null;
}

/** Reads the record of a fragment that is meant as a code link. Throws `LinkFault`. */
export async function readCodeLink(fragment: string): Promise<CodeRecord> {
  if (fragment.length > MAX_LINK) throw new LinkFault('long');
  const [place = '', written = ''] = fragment.split(MARK);
  const [, version, data = ''] = /^(\d{1,6})\.([^.]*)$/.exec(written) ?? [];
  if (version === undefined) throw new LinkFault('damaged');
  if (version !== '1') throw new LinkFault('version', version);
  const record = valueToRecord(parse(await unpack(data)));
  if (`#${record.at}` !== place) throw new LinkFault('damaged');
  return record;
}

/** The fragment that says a record. Throws `LinkFault`: what a link may not hold cannot be sent by one either. */
export async function writeCodeLink(record: CodeRecord): Promise<string> {
  const text = JSON.stringify(valueToRecord(record));
  if (new TextEncoder().encode(text).length > MAX_RECORD) throw new LinkFault('long');
  const fragment = `#${record.at}~1.${await packText(text)}`;
  if (fragment.length > MAX_LINK) throw new LinkFault('long');
  return fragment;
}

async function unpack(data: string): Promise<string> {
  try {
    return await unpackText(data, MAX_RECORD);
  } catch (error) {
    throw error instanceof UnpackFault ? new LinkFault(error.key) : error;
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new LinkFault('damaged');
  }
}
