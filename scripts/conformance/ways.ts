/** The ways in which the same model may run, for one handler: whether they agree, under the comparison's masks. */
import { spawnSync } from 'node:child_process';
import type { Case, Expectation } from './case.ts';
import { compare } from './compare.ts';
import { observeInCPython, type CPython } from './observe-cpython.ts';
import type { Runner } from './runner.ts';

/** The version that variables of the platform tell, whatever Python runs: that of the sandbox. */
const PYTHON = '3.14';

const TELL = 'import os, sys; assert sys.version_info >= (3, 11); print(os.path.dirname(os.__file__))';

/** The newest CPython of this machine that is new enough, or the one that `PYTHON` names; null when there is none. */
export function findCPython(): CPython | null {
  const names = process.env.PYTHON
    ? [process.env.PYTHON]
    : ['python3.14', 'python3.13', 'python3.12', 'python3', 'python'];
  for (const command of names) {
    const { status, stdout } = spawnSync(command, ['-c', TELL], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    if (status === 0) return { command, library: stdout.trim() };
  }
  return null;
}

/** Every difference of the other ways from the one in which Python is suspended. */
export async function compareWays(case_: Case, runner: Runner, cpython: CPython | null): Promise<string[]> {
  const suspended = await runner.observe(case_);
  const queue = await runner.observe(case_, false);
  if (typeof suspended === 'string') return [`suspended: ${suspended}`];
  const differences = differ('queue', suspended, queue);
  if (cpython === null) return differences;
  const other = await observeInCPython(case_, runner.base, cpython, PYTHON);
  return [...differences, ...differ('CPython', { ...suspended, log: '' }, other)];
}

function differ(way: string, expected: Expectation, observed: Expectation | string): string[] {
  if (typeof observed === 'string') return [`${way}: ${observed}`];
  return compare(expected, observed).map((difference) =>
    difference.replace('- measured, + model', `- suspended, + ${way}`),
  );
}
