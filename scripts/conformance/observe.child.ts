/**
 * A process that runs cases one after another, each in a Python of its own, which starts from the boot image.
 */
import { imageToBootFrom } from '../../src/integrations/boot-image.ts';
import { loadPythonFrom } from '../../src/integrations/load-python.ts';
import type { Case, Expectation } from './case.ts';
import { observe, type Subject } from './observe.ts';

/** What the process is sent first: the platform. Then cases, one at a time. */
export type Order =
  | { readonly type: 'subject'; readonly subject: Subject; readonly base: Readonly<Record<string, string>> }
  | { readonly type: 'case'; readonly case: Case; readonly mayWait: boolean };

export type Report =
  /** The boot image is there: what was sent meanwhile waits in line. */
  | { readonly type: 'ready' }
  | { readonly type: 'observed'; readonly observed: Expectation }
  | { readonly type: 'broken'; readonly message: string };

const load = await loadPythonFrom(await imageToBootFrom());

let subject: Subject | null = null;
let base: Readonly<Record<string, string>> = {};

function report(message: Report): void {
  process.send?.(message);
}

// After a fatal error of the interpreter no promise settles: this is the only sign.
for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
  process.on(event, (error: unknown) => {
    report({ type: 'broken', message: String(error) });
  });
}

process.on('message', (order: Order) => {
  if (order.type === 'subject') {
    subject = order.subject;
    base = order.base;
  } else if (subject !== null) {
    void observe(order.case, base, subject, load, order.mayWait).then((observed) => {
      report({ type: 'observed', observed });
    });
  }
});
report({ type: 'ready' });
