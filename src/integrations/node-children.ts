/**
 * Which of Node's processes does an environment live in? One that an earlier environment has left whole, if there is one:
 * what Python's WebAssembly was compiled to is there already, and a start takes a fraction of the time.
 */
import { fork, type ChildProcess } from 'node:child_process';
import type { Socket } from 'node:net';
import path from 'node:path';
import type { ChildMessage } from './node-environment.child.ts';

const CHILD = path.join(import.meta.dirname, 'node-environment.child.ts');

/** Environments that live in one process after another: each leaves some memory behind. */
const MAX_LIVES = 12;

/** Characters that are kept of what a broken process last said. */
const COMPLAINT_LIMIT = 2000;

/** A process of Node's in which one environment lives at a time. */
export class NodeChild {
  readonly process: ChildProcess;
  #complaint = '';
  #lives = 0;

  constructor() {
    this.process = fork(CHILD, {
      serialization: 'advanced',
      // Everything that is for the log comes as a message; what is left is what Pyodide says when it breaks.
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      // Warnings of Node's own (JSPI is experimental there) are not for the reader of a log. A process lives for seconds: to
      // compile Python's WebAssembly a second time, and better, would take more than it gives.
      execArgv: ['--no-warnings', '--liftoff-only', '--wasm-lazy-validation'],
    });
    this.process.stderr?.on('data', (chunk) => {
      this.#complaint = (this.#complaint + String(chunk)).slice(-COMPLAINT_LIMIT);
    });
  }

  /** What it last said of itself. */
  get complaint(): string {
    return this.#complaint;
  }

  send(message: ChildMessage): void {
    this.process.send(message);
  }

  /** An environment begins in it. */
  begin(): void {
    this.#lives += 1;
    hold(this.process, true);
  }

  /** The environment is over. A process that it has left whole takes the next one; any other ends. */
  async leave(isWhole: boolean): Promise<void> {
    const { process } = this;
    process.removeAllListeners('message').removeAllListeners('exit').removeAllListeners('error');
    if (!isWhole || this.#lives >= MAX_LIVES || !process.connected) {
      process.kill('SIGKILL');
      return;
    }
    const answered = new Promise<boolean>((resolve) => {
      // Others may be under way still.
      process.on('message', ({ type }: { readonly type: string }) => {
        if (type === 'free') resolve(true);
      });
      process.once('exit', () => {
        resolve(false);
      });
    });
    this.send({ type: 'leave' });
    if (!(await answered)) {
      process.kill('SIGKILL');
      return;
    }
    process.removeAllListeners('message').removeAllListeners('exit');
    // A command ends when it has done its work, and its processes with it.
    hold(process, false);
    free.push(this);
  }
}

/** Those that wait for an environment, and those that may soon. */
const free: NodeChild[] = [];
let leaving: Promise<void> = Promise.resolve();

/** A process for an environment. */
export async function takeChild(): Promise<NodeChild> {
  await leaving;
  let child = free.pop();
  // One may have died while it waited.
  while (child?.process.connected === false) child = free.pop();
  child ??= new NodeChild();
  child.begin();
  return child;
}

/** The environment in the process is over. */
export function leaveChild(child: NodeChild, isWhole: boolean): void {
  const left = child.leave(isWhole);
  leaving = Promise.all([leaving, left]).then(() => undefined);
}

/** Whether this process stays for what the child may say. */
function hold(child: ChildProcess, isHeld: boolean): void {
  const turn = isHeld ? 'ref' : 'unref';
  child[turn]();
  child.channel?.[turn]();
  // A pipe, which the types take for any stream.
  (child.stderr as Socket | null)?.[turn]();
}
