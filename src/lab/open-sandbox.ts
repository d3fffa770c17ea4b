/**
 * Brings the sandbox's script and makes a lab's sandbox. The import is a dynamic one: a page that is
 * only read never loads it.
 */
import type { Sandbox } from '../sandbox/sandbox.ts';
import type { LabPage } from './lab-data.ts';
import { PagePartMissing } from './problem-words.ts';
import { readSwitches } from './switches.ts';

export interface OpenSandbox {
  readonly sandbox: Sandbox;
  /** Milliseconds that its runs may take. */
  readonly deadline: number;
}

/** A new sandbox for a lab of this page. Rejects with `PagePartMissing` when the script does not come. */
export async function openSandbox(page: LabPage, document: Document): Promise<OpenSandbox> {
  const { Sandbox, DEFAULT_DEADLINE } = await import('../sandbox/sandbox.ts').catch((cause: unknown) => {
    throw new PagePartMissing('The sandbox could not be loaded.', { cause });
  });
  const { mayWait, deadline } = readSwitches(location.search, DEFAULT_DEADLINE);
  const base = new URL(page.base, document.baseURI);
  return { sandbox: new Sandbox({ assets: page.assets, base, document, deadline, mayWait }), deadline };
}
