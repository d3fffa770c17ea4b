/** What pages and the worker say to each other. Both may be of different builds: what is not understood is ignored. */

/** A page to the newest worker. */
export type ToWorker =
  /** It was opened, or has since loaded more, past the worker. */
  | ({ readonly type: 'opened' | 'loaded' } & LoadedFiles)
  /** With a port, by which `FromWorker` comes. */
  | { readonly type: 'state' | 'keep' | 'forget' };

/** What a page of a build has loaded: whole addresses. */
export interface LoadedFiles {
  readonly build: string;
  readonly files: readonly string[];
}

/** The worker to a page that was opened: which build the worker is of, and what to say by language if it is newer. */
export interface NewerBuild {
  readonly build: string;
  readonly words: Readonly<Record<string, readonly [text: string, reload: string]>>;
}

/** The worker to the page that manages what is kept. */
export type FromWorker =
  | { readonly type: 'state'; readonly state: KeptState }
  | { readonly type: 'keeping'; readonly received: number; readonly total: number }
  | { readonly type: 'failed'; readonly reason: 'full' | 'network' };

/** What is kept of the site in this browser. */
export interface KeptState {
  readonly pages: readonly KeptPage[];
  /** All that is kept, in bytes. */
  readonly bytes: number;
  /** What is missing until labs run without a network; 0 when they do. */
  readonly missing: number;
}

export interface KeptPage {
  /** Below the base. */
  readonly path: string;
  readonly title: string;
}
