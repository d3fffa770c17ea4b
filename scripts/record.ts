/**
 * `npm run record [-- NAME…]`: runs every example, or those that are named, and writes its transcript,
 * `content/transcripts/<example>.txt`. `--check` writes nothing and fails where a committed transcript is not what the examples do now.
 */
import { glob, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { BadFile } from '../src/integrations/checked-json.ts';
import { NodeEnvironmentFailed } from '../src/integrations/node-process.ts';
import { record } from '../src/integrations/recordings.ts';
import { recordingsToTranscript } from '../src/trace/transcript.ts';
import { differenceToText } from './difference.ts';

const FOLDER = path.resolve(import.meta.dirname, '../content/transcripts');

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: { check: { type: 'boolean', default: false } },
    allowPositionals: true,
  });
  try {
    const transcripts = await makeTranscripts(positionals);
    // Where some are named, the others are left alone.
    const there = await committed();
    const names = positionals.length === 0 ? there : there.filter((name) => transcripts.has(name));
    if (values.check) await check(transcripts, names);
    else await write(transcripts, names);
  } catch (error) {
    if (!(error instanceof BadFile || error instanceof NodeEnvironmentFailed)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}

/** The transcript of each example, by its file's name. */
async function makeTranscripts(names: readonly string[]): Promise<Map<string, string>> {
  const byExample = Map.groupBy(await record(names), ({ example }) => `${example}.txt`);
  return new Map([...byExample].map(([name, recordings]) => [name, recordingsToTranscript(recordings)]));
}

async function write(transcripts: ReadonlyMap<string, string>, names: readonly string[]): Promise<void> {
  await mkdir(FOLDER, { recursive: true });
  for (const name of names) if (!transcripts.has(name)) await rm(path.join(FOLDER, name));
  for (const [name, text] of transcripts) await writeFile(path.join(FOLDER, name), text);
  console.log(`${String(transcripts.size)} transcripts written: read the difference before you commit it.`);
}

async function check(transcripts: ReadonlyMap<string, string>, names: readonly string[]): Promise<void> {
  const faults: string[] = [];
  if (transcripts.size === 0) faults.push('There is no example in content/examples.');
  for (const name of names) {
    if (!transcripts.has(name)) faults.push(`content/transcripts/${name} belongs to no example.`);
  }
  for (const [name, text] of transcripts) {
    const there = names.includes(name) ? await readFile(path.join(FOLDER, name), 'utf8') : null;
    if (there === null) faults.push(`content/transcripts/${name} is missing.`);
    else if (there !== text) {
      faults.push(
        `content/transcripts/${name} is not what the example does now:\n${differenceToText(there, text)}`,
      );
    }
  }
  for (const fault of faults) console.error(fault);
  if (faults.length > 0) {
    console.error('Run npm run record, read the difference, and commit it with the reason.');
    process.exitCode = 1;
  } else console.log(`${String(transcripts.size)} transcripts are what the examples do.`);
}

async function committed(): Promise<string[]> {
  return Array.fromAsync(glob('*.txt', { cwd: FOLDER }));
}

await main();
