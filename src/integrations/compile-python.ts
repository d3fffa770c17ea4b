/** Python sources made into the compiled files that an example wants on its disk in their place. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

const CHILD = path.join(import.meta.dirname, 'compile-python.child.ts');

export interface CompileOrder {
  readonly source: string;
  /** The file name that the compiled code will name in its traces. */
  readonly name: string;
}

/** The bytes of a `.pyc` for each order. They name no time, and say that nobody is to look for the source. */
export async function compilePython(order: readonly CompileOrder[]): Promise<Uint8Array[]> {
  const child = fork(CHILD, { serialization: 'advanced', execArgv: ['--no-warnings'] });
  try {
    child.send(order);
    const ended = once(child, 'exit').then(([code]) => {
      throw new Error(`Python could not compile the sources (its process ended with ${String(code)}).`);
    });
    const answered = once(child, 'message') as Promise<[Uint8Array[]]>;
    const [files] = await Promise.race([answered, ended]);
    return files;
  } finally {
    child.removeAllListeners('exit');
    child.kill('SIGKILL');
  }
}
