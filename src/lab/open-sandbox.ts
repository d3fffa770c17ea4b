/**
 * Brings the sandbox's script and makes a lab's sandbox. The import is a dynamic one: a page that is
 * only read never loads it.
 */
import type { pageParts, Sandbox, SandboxOptions } from '../sandbox/sandbox.ts';
import type { LabPage } from './page-data.ts';
import { PagePartMissing } from './problem-words.ts';
import { readQueryOptions } from './query-options.ts';

export interface OpenSandbox {
  readonly sandbox: Sandbox;
  /** Milliseconds that its runs may take. */
  readonly deadline: number;
  /** What is behind the error of a run: the same, or the policy that caused it. */
  readonly causeOf: (error: unknown) => Promise<unknown>;
}

/** What the sandboxes of the page share: Python's files are fetched once, however many labs there are. */
let shared: ReturnType<typeof pageParts> | null = null;

/** A new sandbox for a lab of this page. Rejects with `PagePartMissing` when the script does not come. */
export async function openSandbox(page: LabPage, document: Document): Promise<OpenSandbox> {
  const sandboxes = await import('../sandbox/sandbox.ts').catch((cause: unknown) => {
    throw new PagePartMissing('The sandbox could not be loaded.', { cause });
  });
  const { mayWait, deadline } = readQueryOptions(location.search, sandboxes.DEFAULT_DEADLINE);
  const isFrugal = page.embedOf !== undefined;
  const base = new URL(page.base, document.baseURI);
  const options: SandboxOptions = { assets: page.assets, base, document, deadline, mayWait, isFrugal };
  shared ??= sandboxes.pageParts(options);
  const causeOf = (error: unknown): Promise<unknown> =>
    sandboxes.policyBehind(error, document, page.assets.frame);
  return { sandbox: new sandboxes.Sandbox(options, shared), deadline, causeOf };
}
