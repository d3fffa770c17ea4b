/** The compiled time zones as one file: what each is called, and the bytes of those that differ. Who needs them? */
import type { Files } from './protocol.ts';
import { ZONE_FOLDER } from './local-time.ts';

/** What stands at the beginning of the file, in one line. */
interface Head {
  /** The edition of the zones, as its publisher names it. */
  readonly version: string;
  readonly license: string;
  /** For each name of a zone where its bytes begin, counted from the line's end, and how many there are. */
  readonly zones: Readonly<Record<string, readonly [start: number, length: number]>>;
}

/** Packs zones by their names. Those that are alike, as the new and the old name of a place, are kept once. */
export function packZones(
  about: Omit<Head, 'zones'>,
  zones: readonly (readonly [name: string, bytes: Uint8Array])[],
): Uint8Array {
  const kept = new Map<string, readonly [number, number]>();
  const pieces: Uint8Array[] = [];
  let end = 0;
  const places = zones.map(([name, bytes]) => {
    const key = String.fromCharCode(...bytes);
    let place = kept.get(key);
    if (place === undefined) {
      place = [end, bytes.length];
      kept.set(key, place);
      pieces.push(bytes);
      end += bytes.length;
    }
    return [name, place] as const;
  });
  const head = new TextEncoder().encode(
    `${JSON.stringify({ ...about, zones: Object.fromEntries(places) } satisfies Head)}\n`,
  );
  const file = new Uint8Array(head.length + end);
  file.set(head);
  let at = head.length;
  for (const piece of pieces) {
    file.set(piece, at);
    at += piece.length;
  }
  return file;
}

/** The files of the zones by their paths on the disk. */
export function unpackZones(file: Uint8Array): Files {
  const end = file.indexOf(0x0a) + 1;
  const { zones } = JSON.parse(new TextDecoder().decode(file.subarray(0, end))) as Head;
  return Object.fromEntries(
    Object.entries(zones).map(([name, [start, length]]) => [
      `${ZONE_FOLDER}/${name}`,
      file.subarray(end + start, end + start + length),
    ]),
  );
}

/** What code names that looks at zones: Python's own reader of them, another one that many use, and the process's zone. */
const WORDS = /\b(?:zoneinfo|dateutil|tzset|TZ)\b/;
/** Values of TZ that need no file; `harness/time_zone.py` has them too. */
const UTC = ['', ':', 'UTC', ':UTC'];

/** Whether a function's files or variables name what needs the zones. */
export function needsZones(task: Files, variables: Readonly<Record<string, string>>): boolean {
  return (
    Object.entries(variables).some(([name, value]) =>
      name === 'TZ' ? !UTC.includes(value) : WORDS.test(value),
    ) || Object.values(task).some((file) => WORDS.test(textOf(file)))
  );
}

/** A compiled file has names in it as well. */
function textOf(file: string | Uint8Array): string {
  return typeof file === 'string' ? file : new TextDecoder('latin1').decode(file);
}
