/**
 * Brings the sandbox's script and makes a lab's sandbox. The import is a dynamic one: a page that is
 * only read never loads it.
 */
import type { EnvironmentCrashed, pageParts, Sandbox, SandboxOptions } from './sandbox.ts';
import type { LabPage } from './page-data.ts';
import { bringPart, type Said } from './part-missing.ts';
import { readQueryOptions } from './query-options.ts';

export interface OpenSandbox {
  readonly sandbox: Sandbox;
  /** Milliseconds that its runs may take. */
  readonly deadline: number;
  /** What a reader is told of a run's error. */
  readonly say: (error: unknown, begun: boolean) => Promise<Said>;
  /** The error of a run whose outcome is that Python has crashed. */
  readonly toCrash: (message: string) => EnvironmentCrashed;
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
    say: (error, begun) => sandboxes.runFaultToSaid(error, page, !begun),
    toCrash: (message) => new sandboxes.EnvironmentCrashed('Python', message),
  };
}
