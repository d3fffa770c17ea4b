/** What does the fragment of an embed's address ask for? Version 1: README.md beside this. */
import { momentToFragment } from '../time/step-address.ts';

export interface EmbedAddress {
  /** What WordPress wants to hear again with every message; null where it is not WordPress, or no value of its kind. */
  readonly secret: string | null;
  /** The fragment as pages of the site know it, with its `#`; empty where there is none. */
  readonly fragment: string;
}

/** Reads `#<stop>`, `#step-14`, or what a page of the site takes as well; WordPress puts `#?secret=…` behind it. */
export function readEmbedAddress(hash: string, lab: string, stops: readonly string[]): EmbedAddress {
  const [, before = '', value = ''] = /^(.*?)(?:#\?secret=(.*))?$/su.exec(hash) ?? [];
  const secret = /^[A-Za-z0-9]{1,64}$/.test(value) ? value : null;
  const name = before.slice(1);
  const step = /^step-([1-9]\d{0,6})$/.exec(name)?.[1];
  if (step !== undefined) return { secret, fragment: momentToFragment({ step: Number(step) }, lab) };
  return { secret, fragment: stops.includes(name) ? momentToFragment({ stop: name }, lab) : before };
}
