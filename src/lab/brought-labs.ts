/** Which labs of a page run what a reader has brought. How such a disk is read comes with what brings it, not with every page. */
import type { BroughtDisk } from '../sandbox/sandbox.ts';
import type { Places } from './output/frame-links.ts';

/** What a lab knows of its disk before it runs. */
export interface DiskFacts {
  /** The addresses of the text files' pages, by path; empty for a text that has none and is brought. */
  readonly pages: Places['image'];
  /** The sizes of all of them, by path. */
  readonly sizes: Readonly<Record<string, number>>;
  /** The variables that the platform gives a process. A lab's own data has those that are not among them, or differ. */
  readonly variables: Readonly<Record<string, string>>;
}

/** A text that lies on no page of the site, and the lines that show it. */
export interface BroughtFile {
  readonly text: string;
  readonly block: HTMLPreElement;
}

/** A disk in the place of a platform's own, and how a lab reads it. */
export interface BroughtToLab {
  readonly disk: BroughtDisk;
  /** What is said of texts that nothing keeps. */
  readonly notKept: string;
  /** The disk's facts, of the platform's own. */
  readonly over: (own: DiskFacts) => DiskFacts;
  /** A text that lies on it; null where there is none. */
  readonly fileOf: (path: string) => BroughtFile | null;
  /** The bytes of a file; null where there is none. */
  readonly bytesOf: (path: string) => Uint8Array<ArrayBuffer> | null;
}

const labs = new WeakMap<Element, BroughtToLab>();

/** Gives a lab a disk, before it comes into a page. */
export function bringToLab(lab: Element, brought: BroughtToLab): void {
  labs.set(lab, brought);
}

/** What was brought for a lab; null where its disk is its platform's own. */
export function broughtToLab(lab: Element): BroughtToLab | null {
  return labs.get(lab) ?? null;
}
