/** Runs cases in a process of their own, and outlives what they do to it. */
import { fork, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import type { Case, Expectation } from './case.ts';
import type { Order, Report } from './observe.child.ts';
import type { Subject } from './observe.ts';

const CHILD = path.join(import.meta.dirname, 'observe.child.ts');
/** Far above what a case takes: only one that hangs meets it. Milliseconds. */
const DEADLINE = 60_000;

/** A process that runs cases; a new one takes the place of one that a case has broken. */
export class Runner {
  readonly subject: Subject;
  readonly base: Readonly<Record<string, string>>;
  #child: ChildProcess | null = null;

  constructor(subject: Subject, base: Readonly<Record<string, string>>) {
    this.subject = subject;
    this.base = base;
  }

  /** What the model did, or in words why that cannot be said. */
  async observe(case_: Case, mayWait = true): Promise<Expectation | string> {
    const child = (this.#child ??= await this.#start());
    let watch: NodeJS.Timeout | undefined;
    const result = await new Promise<Expectation | string>((resolve) => {
      const onExit = (code: number | null): void => {
        resolve(`Python's process ended with ${String(code)}`);
      };
      child.once('exit', onExit);
      child.once('message', (report: Report) => {
        child.off('exit', onExit);
        if (report.type === 'observed') resolve(report.observed);
        else resolve(report.type === 'broken' ? `Python broke: ${report.message}` : 'Python started twice');
      });
      watch = setTimeout(resolve, DEADLINE, `It did not end within ${String(DEADLINE / 1000)} seconds`);
      child.send({ type: 'case', case: case_, mayWait } satisfies Order);
    });
    clearTimeout(watch);
    if (typeof result === 'string') this.end();
    return result;
  }

  end(): void {
    this.#child?.kill('SIGKILL');
    this.#child = null;
  }

  async #start(): Promise<ChildProcess> {
    const child = fork(CHILD, [], {
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      // Warnings of Node's own (JSPI is experimental there) are nobody's business here.
      execArgv: ['--no-warnings'],
    });
    await new Promise<void>((resolve, reject) => {
      child.once('message', () => {
        resolve();
      });
      child.once('exit', (code) => {
        reject(new Error(`Python could not be started: its process ended with ${String(code)}.`));
      });
    });
    child.removeAllListeners('exit');
    child.send({ type: 'subject', subject: this.subject, base: this.base } satisfies Order);
    return child;
  }
}
