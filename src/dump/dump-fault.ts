/** Why something dropped is not opened. Each reason is one sentence of the page's words (`dump.fault`). */

/** The reasons; the names of the sentences. */
export type DumpFaultKey =
  /** No archive that this page knows by its first bytes. */
  | 'none'
  /** An archive of another form (`about`: its usual name, as `7z`). */
  | 'form'
  /** The archive ends before its end. */
  | 'cut'
  /** A check sum or a header contradicts what is there (`about`: the file, where one is known). */
  | 'damaged'
  /** Packed with a password. */
  | 'encrypted'
  /** A way of packing that is not deflate (`about`: the file). */
  | 'method'
  /** Larger than this page takes (`about`: the limit in MB). */
  | 'large'
  /** It unpacks to more than this page takes (`about`: the limit in MB). */
  | 'bomb'
  /** Its files share their bytes, as a bomb's do (`about`: one of them). */
  | 'overlap'
  /** More files than this page takes (`about`: the limit). */
  | 'many'
  /** Nothing but another archive (`about`: its name). */
  | 'nested'
  /** Several archives at once. */
  | 'several'
  /** No file at all that can be shown (`about`: the reason of the first that was left out, as its key). */
  | 'empty';

/** Something dropped that is not opened. `about` is what the sentence names: safe to show, empty where there is nothing. */
export class DumpFault extends Error {
  override name = 'DumpFault';
  readonly key: DumpFaultKey;
  readonly about: string;

  constructor(key: DumpFaultKey, about: string | number = '') {
    super(`A dropped archive cannot be opened: ${key} ${about}`);
    this.key = key;
    this.about = String(about);
  }
}

/** How much is taken in. A runtime's folder with its library has some 5,000 files and 120 MB. */
export interface DumpLimits {
  /** Bytes of the archive itself. */
  readonly packed: number;
  /** Bytes of all its files together. */
  readonly unpacked: number;
  readonly files: number;
}

export const DUMP_LIMITS: DumpLimits = { packed: 128e6, unpacked: 256e6, files: 15_000 };
