/**
 * A reader's own texts, kept in their browser from visit to visit. Storage is a convenience that a browser
 * may refuse at any time (private windows, full disks, settings): then texts live as long as the page.
 */

/** What a reader has changed in one lab: texts by the name of what they are in (a path, or `event`). */
export type Draft = Readonly<Record<string, string>>;

interface Kept {
  /** What the texts were changes of. */
  readonly original: string;
  readonly texts: Draft;
}

export interface DraftStore {
  /** The draft, and whether it was made from the texts that the lab has now. Null when there is none. */
  load(): { readonly texts: Draft; readonly fits: boolean } | null;
  /** False when the browser would not keep it. */
  save(texts: Draft): boolean;
  forget(): void;
}

/**
 * The place for the draft of one lab. `storage` is null where the browser has none to give; `originalsOf` gives what
 * some texts are changes of. `former` are the ids that the lab had before it moved: its draft goes along.
 */
export function openDraft(
  storage: Storage | null,
  lab: string,
  originalsOf: (texts: Draft) => Draft,
  former: readonly string[] = [],
): DraftStore {
  const key = keyOf(lab);
  const fingerprintOf = (texts: Draft): string => fingerprint(JSON.stringify(originalsOf(texts)));
  return {
    load() {
      try {
        const kept = parseKept(storage === null ? null : bringAlong(storage, key, former.map(keyOf)));
        return kept === null
          ? null
          : { texts: kept.texts, fits: kept.original === fingerprintOf(kept.texts) };
      } catch {
        return null;
      }
    },
    save(texts) {
      try {
        storage?.setItem(key, JSON.stringify({ original: fingerprintOf(texts), texts } satisfies Kept));
        return storage !== null;
      } catch {
        return false;
      }
    },
    forget() {
      try {
        storage?.removeItem(key);
      } catch {
        // What cannot be touched was not kept either.
      }
    },
  };
}

/** The browser's storage, null where even asking for it throws. */
export function findStorage(view: { readonly localStorage: Storage }): Storage | null {
  try {
    return view.localStorage;
  } catch {
    return null;
  }
}

function keyOf(lab: string): string {
  return `draft:${lab}`;
}

/** What is kept under the key, or else under the first of the former ones that has something. */
function bringAlong(storage: Storage, key: string, former: readonly string[]): string | null {
  const own = storage.getItem(key);
  const from = own === null ? former.find((old) => storage.getItem(old) !== null) : undefined;
  const text = from === undefined ? own : storage.getItem(from);
  if (from === undefined || text === null) return text;
  try {
    storage.setItem(key, text);
    storage.removeItem(from);
  } catch {
    // There is no room for it twice: it stays where it was, and is found there the next time.
  }
  return text;
}

function parseKept(text: string | null): Kept | null {
  if (text === null) return null;
  const kept: unknown = JSON.parse(text);
  if (typeof kept !== 'object' || kept === null || !('original' in kept) || !('texts' in kept)) return null;
  const { original, texts } = kept;
  if (typeof original !== 'string' || typeof texts !== 'object' || texts === null) return null;
  const entries = Object.entries(texts as Record<string, unknown>);
  if (!entries.every((entry): entry is [string, string] => typeof entry[1] === 'string')) return null;
  return { original, texts: Object.fromEntries(entries) };
}

/** Tells texts apart that are not meant to deceive anybody (FNV-1a, 32 bits). */
function fingerprint(text: string): string {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193) >>> 0;
  return hash.toString(16);
}
