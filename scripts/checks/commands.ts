/**
 * The commands of a procedure, run as its readers run them: by the shell, from the archive, with the AWS CLI itself, on
 * an account that is only pretended (`commands/pretended_account.py`). It tells wrong options, parameters that a service
 * would refuse, an order that does not work, a right that the role lacks, and whatever the clean-up leaves behind.
 */
import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { commandsIn } from '../../src/components/procedure/commands-in.ts';
import { packProcedure } from '../../src/integrations/archives.ts';
import { LEFT_OUT } from '../left-out.ts';

const ACCOUNT = path.join(import.meta.dirname, '../commands', 'pretended_account.py');

/** The Pythons in which the CLI's package may lie: Debian's `awscli` is in the system's own. */
const PYTHONS = [
  ...(process.env.AWSCLI_PYTHON ? [process.env.AWSCLI_PYTHON] : []),
  '/usr/bin/python3',
  'python3',
];

/** What the shell scripts call beside the CLI. */
const TOOLS = ['sh', 'sed', 'zip', 'base64', 'chmod'];

/** What is in the pretended account, kind by kind, and what it was asked for. */
export interface PretendedState {
  readonly buckets: Readonly<Record<string, object>>;
  readonly groups: object;
  readonly roles: object;
  readonly functions: object;
  readonly calls: readonly string[];
}

/** What came of some commands. */
export interface CommandsRun {
  readonly code: number | null;
  /** Standard output and error, as a terminal shows them. */
  readonly output: string;
}

/** Finds a Python that has the AWS CLI's package of version 2, or says in one sentence what is missing. */
export function findCli(): { readonly python: string } | { readonly missing: string } {
  const check = 'import sys, awscli; sys.exit(not awscli.__version__.startswith("2."))';
  const python = PYTHONS.find((name) => spawnSync(name, ['-c', check], { stdio: 'ignore' }).status === 0);
  if (python === undefined)
    return { missing: 'no Python here has the AWS CLI of version 2 (Debian: apt-get install awscli).' };
  const tool = TOOLS.find((name) => spawnSync('sh', ['-c', `command -v ${name}`]).status !== 0);
  return tool === undefined ? { python } : { missing: `there is no ${tool} here.` };
}

/** A shell in a folder of its own, in which `aws` acts on a pretended account and `sleep` takes no time. */
export class PretendedShell {
  /** Where the commands run. */
  readonly folder: string;
  readonly #home: string;

  private constructor(home: string, folder: string) {
    this.#home = home;
    this.folder = folder;
  }

  /** Makes one: `dispose` removes it. */
  static async make(python: string): Promise<PretendedShell> {
    const home = await mkdtemp(path.join(tmpdir(), 'commands-'));
    const [bin, folder] = [path.join(home, 'bin'), path.join(home, 'folder')];
    await mkdir(bin);
    await mkdir(folder);
    const aws = `#!/bin/sh\nexec "${python}" -B "${ACCOUNT}" "${path.join(home, 'state.json')}" "$@"\n`;
    await writeFile(path.join(bin, 'aws'), aws, { mode: 0o755 });
    await writeFile(path.join(bin, 'sleep'), '#!/bin/sh\n', { mode: 0o755 });
    return new PretendedShell(home, folder);
  }

  /** Runs commands as a reader does, one after another, to the first that fails. */
  run(commands: string, folder = this.folder): CommandsRun {
    const { status, stdout, stderr } = spawnSync('sh', ['-ec', commands], {
      cwd: folder,
      encoding: 'utf8',
      env: {
        PATH: `${path.join(this.#home, 'bin')}:${process.env.PATH ?? ''}`,
        HOME: this.#home,
        // No credentials of the machine's may get here, nor be looked for.
        AWS_ACCESS_KEY_ID: 'pretended',
        AWS_SECRET_ACCESS_KEY: 'pretended',
        AWS_DEFAULT_REGION: 'us-east-1',
        AWS_EC2_METADATA_DISABLED: 'true',
      },
    });
    return { code: status, output: stdout + stderr };
  }

  async state(): Promise<PretendedState> {
    return JSON.parse(await readFile(path.join(this.#home, 'state.json'), 'utf8')) as PretendedState;
  }

  async dispose(): Promise<void> {
    await rm(this.#home, { recursive: true, force: true });
  }
}

/** What is wrong with a procedure, a line for each fault. */
export async function checkProcedure(name: string, python: string): Promise<readonly string[]> {
  const shell = await PretendedShell.make(python);
  try {
    await writeFile(path.join(shell.folder, 'archive.zip'), await packProcedure(name));
    shell.run(`"${python}" -m zipfile -e archive.zip .`);
    const folder = path.join(shell.folder, name);
    for (const block of commandsIn(await readFile(path.join(folder, 'README.md'), 'utf8'))) {
      const { code, output } = shell.run(block, folder);
      if (code !== 0) return [`${name}: these commands ended with ${String(code)}:\n\n${block}\n${output}`];
    }
    const { calls, ...left } = await shell.state();
    const kinds = Object.entries(left).filter(
      ([, things]) => typeof things === 'object' && Object.keys(things as object).length > 0,
    );
    return [
      ...kinds.map(
        ([kind, things]) =>
          `${name}: the clean-up leaves ${kind}: ${Object.keys(things as object).join(', ')}`,
      ),
      ...(calls.includes('Invoke') ? [] : [`${name}: nothing was invoked`]),
    ];
  } finally {
    await shell.dispose();
  }
}

async function main(): Promise<void> {
  const found = findCli();
  if ('missing' in found) {
    console.log(LEFT_OUT + found.missing);
    return;
  }
  const faults = await checkProcedure('on-real-lambda', found.python);
  for (const fault of faults) console.error(fault);
  if (faults.length > 0) process.exitCode = 1;
}

if (import.meta.main) await main();
