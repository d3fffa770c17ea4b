/**
 * Where a browser keeps functions: IndexedDB, which has room for more than a few and keeps two tabs apart. A browser may refuse
 * it (private windows, settings), or have no room; both end in a `FunctionFault`.
 */
import { FunctionFault, type KeptFunction, type Shelf, type ShelfChange } from './function-store.ts';

const DATABASE = 'functions';
const STORE = 'functions';
const VERSION = 1;

/** The browser's shelf. It is opened at the first use, and again where it was closed, as by a deletion of the site's data. */
export function openShelf(view: { readonly indexedDB?: IDBFactory }): Shelf {
  let opened: Promise<IDBDatabase> | null = null;
  const open = async (): Promise<IDBDatabase> => {
    opened ??= openDatabase(view, () => (opened = null));
    try {
      return await opened;
    } catch (error) {
      opened = null;
      throw toFault(error);
    }
  };
  return {
    async read() {
      const database = await open();
      try {
        const all = database.transaction(STORE).objectStore(STORE).getAll() as IDBRequest<KeptFunction[]>;
        return await result(all);
      } catch (error) {
        throw toFault(error);
      }
    },
    async change(decide) {
      return changeIn(await open(), decide);
    },
  };
}

function openDatabase(view: { readonly indexedDB?: IDBFactory }, closed: () => void): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    // Some browsers throw where it is asked for, some give none, some fail later.
    const request = view.indexedDB?.open(DATABASE, VERSION);
    if (request === undefined) {
      reject(new FunctionFault('refused'));
      return;
    }
    request.onupgradeneeded = () => {
      request.result.createObjectStore(STORE, { keyPath: 'id' });
    };
    request.onsuccess = () => {
      const database = request.result;
      // A newer page of the site, or the browser, wants it changed: it is opened again when it is needed.
      database.onversionchange = () => {
        database.close();
        closed();
      };
      database.onclose = closed;
      resolve(database);
    };
    request.onerror = () => {
      reject(toFault(request.error));
    };
  });
}

/** Reads and writes in one transaction; resolves when the browser has written it, for only then is it kept. */
function changeIn<T>(
  database: IDBDatabase,
  decide: (all: readonly KeptFunction[]) => ShelfChange<T>,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(STORE, 'readwrite', { durability: 'strict' });
    const store = transaction.objectStore(STORE);
    const request = store.getAll();
    let decided: { readonly result: T } | null = null;
    let fault: unknown = null;
    request.onsuccess = () => {
      try {
        const { put, remove, result } = decide(request.result as KeptFunction[]);
        if (put !== undefined) store.put(put);
        if (remove !== undefined) store.delete(remove);
        decided = { result };
      } catch (error) {
        fault = error;
        transaction.abort();
      }
    };
    transaction.oncomplete = () => {
      if (decided !== null) resolve(decided.result);
    };
    transaction.onabort = () => {
      reject(fault instanceof FunctionFault ? fault : toFault(fault ?? transaction.error));
    };
  });
}

function result<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => {
      resolve(request.result);
    };
    request.onerror = () => {
      reject(toFault(request.error));
    };
  });
}

function toFault(error: unknown): FunctionFault {
  if (error instanceof FunctionFault) return error;
  const name = error instanceof DOMException ? error.name : '';
  return new FunctionFault(name === 'QuotaExceededError' ? 'full' : 'refused');
}
