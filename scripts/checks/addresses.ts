/**
 * Every address that the site has ever had is still there, or content/moved.json leads on to one that is. The list of
 * them is content/addresses.txt; `--write` builds the site if needed and adds what is new. Nothing is ever taken out.
 */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Moved } from '../../src/i18n/moved.ts';
import {
  addressesOf,
  addressesToText,
  findAddressFaults,
  newAddresses,
  parseAddresses,
} from '../address-list.ts';
import { CONTENT, reportFaults } from '../article-files.ts';
import { addressFromEnvironment, buildIfChanged, BuildFailed, DIST } from '../build.ts';
import { readPages } from '../built-pages.ts';

const LIST = path.join(CONTENT, 'addresses.txt');

/** Adds what is new in the built site to the list, and gives how much that was. */
async function addNew(): Promise<number> {
  await buildIfChanged(addressFromEnvironment());
  const built = addressesOf(await readPages(DIST));
  const listed = parseAddresses(await readFile(LIST, 'utf8'));
  const added = newAddresses({ built, listed });
  if (added.length > 0) await writeFile(LIST, addressesToText([...listed, ...added]));
  return added.length;
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { write: { type: 'boolean', default: false } } });
  try {
    if (values.write) console.log(`content/addresses.txt has ${await addNew()} more addresses.`);
    const built = addressesOf(await readPages(DIST));
    const listed = parseAddresses(await readFile(LIST, 'utf8'));
    const moved = JSON.parse(await readFile(path.join(CONTENT, 'moved.json'), 'utf8')) as Moved;
    reportFaults(findAddressFaults({ built, listed, moved }));
  } catch (error) {
    if (!(error instanceof BuildFailed || error instanceof RangeError)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}

if (import.meta.main) await main();
