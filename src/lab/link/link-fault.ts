/** Why a code link is not opened, or cannot be made. Each reason is one sentence of the page's words (`lab.link.fault`). */

/** The reasons; the names of the sentences. */
export type LinkFaultKey =
  /** Not what was written: cut off, or changed on its way. */
  | 'damaged'
  /** More characters than a link may have. */
  | 'long'
  /** It unpacks to more than a link may hold. */
  | 'huge'
  /** A version that this site does not know. */
  | 'version'
  /** A key that version 1 does not have. */
  | 'unknown'
  /** A value that its key cannot have. */
  | 'value'
  /** A name with characters that are not seen. */
  | 'name'
  /** A text with characters that let it be read in another order than it runs. */
  | 'order'
  /** A path out of the folder where the function is. */
  | 'path'
  /** The page has no such lab. */
  | 'lab'
  /** It is for another platform. */
  | 'platform'
  /** It adds a file to the lab, or takes one away. */
  | 'file'
  /** It sets what a lab cannot change. */
  | 'setting';

/** A link that is not opened. `about` is what the sentence names: safe to show, empty where there is nothing to name. */
export class LinkFault extends Error {
  readonly key: LinkFaultKey;
  readonly about: string;

  constructor(key: LinkFaultKey, about = '') {
    super(`A code link cannot be used: ${key} ${about}`);
    this.name = 'LinkFault';
    this.key = key;
    this.about = toShown(about);
  }
}

/** Characters of a foreign name that a sentence shows. */
const MAX_SHOWN = 40;

/** A name that comes from anywhere, as a sentence may hold it: characters beyond ASCII's visible ones become `?`. */
function toShown(name: string): string {
  const plain = name.slice(0, MAX_SHOWN).replace(/[^\x21-\x7e]/g, '?');
  return name.length > MAX_SHOWN ? `${plain}…` : plain;
}
