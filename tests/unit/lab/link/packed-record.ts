/** Links as others might make them: any value, packed by Node's own deflate and not by the lab's. */
import { deflateSync } from 'node:zlib';

/** The data of a link that holds these bytes or this text. */
export function pack(content: string | Uint8Array): string {
  return deflateSync(content).toString('base64url');
}

/** A link of version 1 to a place, with this value as its record; its JSON where it is a text. */
export function linkTo(place: string, record: unknown): string {
  return `#${place}~1.${pack(typeof record === 'string' ? record : JSON.stringify(record))}`;
}
