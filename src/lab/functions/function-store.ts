/**
 * The functions that a reader keeps, by name. Every change is decided in one transaction over what is there at that moment, so
 * two tabs never write over one another: a function that has been saved since it was opened is a `conflict`, not a change.
 * `Shelf` is where they are kept; a browser's is `open-shelf.ts`.
 */
import { valueToRecord, type CodeRecord } from '../link/code-record.ts';

/** One function, as it is kept. */
export interface KeptFunction {
  readonly id: string;
  readonly name: string;
  /** When it was saved last, in milliseconds since 1970. */
  readonly changed: number;
  /** Grows with each save: which state of it a tab has opened. */
  readonly revision: number;
  readonly record: CodeRecord;
}

/** What a transaction writes, and what it gives to the one who asked. */
export interface ShelfChange<T> {
  readonly put?: KeptFunction;
  readonly remove?: string;
  readonly result: T;
}

/** Where functions are kept. Its methods reject with `FunctionFault` where the browser keeps nothing, or has no room. */
export interface Shelf {
  read(): Promise<readonly KeptFunction[]>;
  /** Decides over all that is there, and writes, with no other change between the two; an error thrown leaves all as it was. */
  change<T>(decide: (all: readonly KeptFunction[]) => ShelfChange<T>): Promise<T>;
}

/** Why something is not done: the names of the sentences under `functions.fault`. */
export type FunctionFaultKey =
  /** Another function has the name. */
  | 'taken'
  | 'empty'
  | 'long'
  /** It has been saved elsewhere since it was opened. */
  | 'conflict'
  /** It has been deleted elsewhere. */
  | 'gone'
  | 'full'
  /** The browser keeps nothing. */
  | 'refused'
  | 'unreadable';

/** A change that was not made; nothing is otherwise than before. */
export class FunctionFault extends Error {
  readonly key: FunctionFaultKey;

  constructor(key: FunctionFaultKey) {
    super(`A function cannot be kept so: ${key}`);
    this.name = 'FunctionFault';
    this.key = key;
  }
}

/** Characters of a name. */
export const MAX_NAME = 80;

/** What a store needs of the world. */
export interface StoreWorld {
  readonly now: () => number;
  readonly newId: () => string;
  /** Called after each change that was made here. */
  readonly changed: () => void;
}

/** All functions of a reader. */
export class FunctionStore {
  readonly #shelf: Shelf;
  readonly #world: StoreWorld;

  constructor(shelf: Shelf, world: StoreWorld) {
    this.#shelf = shelf;
    this.#world = world;
  }

  /** All of them, the one saved last first. */
  async list(): Promise<readonly KeptFunction[]> {
    const all = await this.#shelf.read();
    return [...all].sort((one, other) => other.changed - one.changed || (one.name < other.name ? -1 : 1));
  }

  /** Keeps a record under a name that no other function has. Rejects with `FunctionFault`. */
  async saveAs(name: string, record: CodeRecord): Promise<KeptFunction> {
    const plain = toName(name);
    return this.#change((all) => put({ ...this.#anew(record), name: untaken(plain, all) }));
  }

  /** The same, under this name or the next one like it that is free. */
  async saveBeside(name: string, record: CodeRecord): Promise<KeptFunction> {
    const plain = toName(name.slice(0, MAX_NAME));
    return this.#change((all) => put({ ...this.#anew(record), name: freeName(plain, all) }));
  }

  /** Saves over the state that was opened, and over no other. Rejects with `FunctionFault`. */
  save({ id, revision }: Pick<KeptFunction, 'id' | 'revision'>, record: CodeRecord): Promise<KeptFunction> {
    return this.#change((all) => {
      const there = find(all, id);
      if (there.revision !== revision) throw new FunctionFault('conflict');
      return put({ ...there, ...this.#stamp(there), record });
    });
  }

  /** Gives it another name. Rejects with `FunctionFault`. */
  async rename(id: string, name: string): Promise<KeptFunction> {
    const plain = toName(name);
    return this.#change((all) => {
      const there = find(all, id);
      const others = all.filter((one) => one.id !== id);
      // Its text is the same: who has it open goes on with it.
      return put({ ...there, name: untaken(plain, others) });
    });
  }

  /** Makes a second one of it; `nameOf` makes its name. Rejects with `FunctionFault`. */
  async duplicate(id: string, nameOf: (name: string) => string): Promise<KeptFunction> {
    return this.#change((all) => {
      const there = find(all, id);
      const name = freeName(toName(nameOf(there.name).slice(0, MAX_NAME)), all);
      return put({ ...this.#anew(there.record), name });
    });
  }

  /** Deletes it, and gives what it was, for `restore`. Rejects with `FunctionFault`. */
  remove(id: string): Promise<KeptFunction> {
    return this.#change((all) => ({ remove: id, result: find(all, id) }));
  }

  /** Brings back what was deleted, as it was; where its name has gone to another one, under the next free one. */
  restore(removed: KeptFunction): Promise<KeptFunction> {
    return this.#change((all) => {
      const there = all.find(({ id }) => id === removed.id);
      if (there !== undefined) return { result: there };
      return put({ ...removed, name: freeName(removed.name, all) });
    });
  }

  async #change<T>(decide: (all: readonly KeptFunction[]) => ShelfChange<T>): Promise<T> {
    const result = await this.#shelf.change(decide);
    this.#world.changed();
    return result;
  }

  #anew(record: CodeRecord): Omit<KeptFunction, 'name'> {
    return { id: this.#world.newId(), changed: this.#world.now(), revision: 1, record };
  }

  #stamp({ revision }: KeptFunction): Pick<KeptFunction, 'changed' | 'revision'> {
    return { changed: this.#world.now(), revision: revision + 1 };
  }
}

/** The record of a function that may have been written by another build of this site. Throws `FunctionFault`. */
export function readKept({ record }: KeptFunction): CodeRecord {
  try {
    valueToRecord(emptyTexts(record));
    return record;
  } catch {
    throw new FunctionFault('unreadable');
  }
}

/** What a reader types: as names of files they have passed here, as texts they may be any. */
const TYPED: ReadonlySet<string> = new Set<keyof CodeRecord>([
  'files',
  'layers',
  'handler',
  'event',
  'variables',
]);

/**
 * A record with nothing in its texts. How long a text may be, and what may be in it, is for links from elsewhere: what a reader
 * has saved here has to open again.
 */
function emptyTexts(record: CodeRecord): unknown {
  const toEmpty = (value: unknown): unknown => (typeof value === 'string' ? '' : value);
  return mapValues(record, (value, key) => {
    if (!TYPED.has(key)) return value;
    return typeof value === 'object' && value !== null ? mapValues(value, toEmpty) : toEmpty(value);
  });
}

function mapValues(value: object, change: (value: unknown, key: string) => unknown): unknown {
  return Object.fromEntries(Object.entries(value).map(([key, held]) => [key, change(held, key)]));
}

function put(kept: KeptFunction): ShelfChange<KeptFunction> {
  return { put: kept, result: kept };
}

function find(all: readonly KeptFunction[], id: string): KeptFunction {
  const there = all.find((one) => one.id === id);
  if (there === undefined) throw new FunctionFault('gone');
  return there;
}

/** A name as it is kept: one line, without blanks at its ends. Throws `FunctionFault`. */
function toName(text: string): string {
  const name = text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
  if (name === '') throw new FunctionFault('empty');
  if (name.length > MAX_NAME) throw new FunctionFault('long');
  return name;
}

function untaken(name: string, all: readonly KeptFunction[]): string {
  if (all.some((one) => isSame(one.name, name))) throw new FunctionFault('taken');
  return name;
}

/** The name, or the first of `name 2`, `name 3` … that no function has. */
function freeName(name: string, all: readonly KeptFunction[]): string {
  const stem = name.replace(/ \d{1,6}$/, '');
  let free = name;
  for (let number = 2; all.some((one) => isSame(one.name, free)); number += 1) {
    const ending = ` ${String(number)}`;
    free = `${stem.slice(0, MAX_NAME - ending.length)}${ending}`;
  }
  return free;
}

function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
