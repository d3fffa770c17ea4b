/**
 * Brings the sandbox's script and makes a lab's sandbox. The import is a dynamic one: a page that is
 * only read never loads it.
 */
import type { pageParts, Sandbox, SandboxOptions } from './sandbox.ts';
import type { LabPage } from './page-data.ts';
import { bringPart } from './part-missing.ts';
import type { Problem } from './problem-words.ts';
import { readQueryOptions } from './query-options.ts';

export interface OpenSandbox {
  readonly sandbox: Sandbox;
  /** Milliseconds that its runs may take. */
  readonly deadline: number;
  /** What a run's error is to the reader; where the run had not begun, a policy may be behind it. */
  readonly problemOf: (error: unknown, begun: boolean) => Promise<Problem>;
}

/** What the sandboxes of the page share: Python's files are fetched once, however many labs there are. */
let shared: ReturnType<typeof pageParts> | null = null;

/** A new sandbox for a lab of this page. Rejects when the script does not come (`part-missing.ts`). */
export async function openSandbox(page: LabPage, document: Document): Promise<OpenSandbox> {
  const sandboxes = await bringPart(() => import('./sandbox.ts'), 'sandbox');
  const { mayWait, deadline } = readQueryOptions(location.search, sandboxes.DEFAULT_DEADLINE);
  const isFrugal = page.embedOf !== undefined;
  const { assets } = page;
  const base = new URL(page.base, document.baseURI);
  const options: SandboxOptions = { assets, base, document, deadline, mayWait, isFrugal };
  shared ??= sandboxes.pageParts(options);
  return {
    sandbox: new sandboxes.Sandbox(options, shared),
    deadline,
    problemOf: async (error, begun) =>
      sandboxes.errorToProblem(begun ? error : await sandboxes.policyBehind(error, document, assets.frame)),
  };
}
