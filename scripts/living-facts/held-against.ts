/** What the models were held against and is looked up: the platforms' files, with the addresses of `.github/living-facts.json`. */
import { glob, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { HeldAgainst } from './compare.ts';
import type { WatchKind } from './published.ts';

/** Where the public addresses are. */
const ADDRESSES = '.github/living-facts.json';

interface Compared {
  readonly version: string | null;
  readonly watch: string | null;
}

/** Reads them all. Throws RangeError for a key without an address, and for an address that nothing names. */
export async function readHeldAgainst(root: string): Promise<readonly HeldAgainst[]> {
  const addresses = (await readJson(path.join(root, ADDRESSES))) as Readonly<
    Record<string, { readonly kind: WatchKind; readonly address: string }>
  >;
  const held = new Map<string, HeldAgainst>();
  for (const file of (
    await Array.fromAsync(glob('src/platforms/*/behaviours.json', { cwd: root }))
  ).toSorted()) {
    const platform = path.basename(path.dirname(file));
    const { compared } = (await readJson(path.join(root, file))) as {
      readonly compared: readonly Compared[];
    };
    for (const { version, watch } of compared) {
      if (watch === null) continue;
      const address = addresses[watch];
      if (address === undefined)
        throw new RangeError(`${file} watches "${watch}", which ${ADDRESSES} does not have.`);
      const known = held.get(watch);
      if (known !== undefined && known.known !== version)
        throw new RangeError(`${file} has another version of "${watch}" than ${known.platforms.join(', ')}.`);
      held.set(watch, {
        watch,
        ...address,
        known: version,
        platforms: [...(known?.platforms ?? []), platform],
      });
    }
  }
  const idle = Object.keys(addresses).find((watch) => !held.has(watch));
  if (idle !== undefined) throw new RangeError(`${ADDRESSES} has "${idle}", which no platform watches.`);
  return [...held.values()];
}

async function readJson(file: string): Promise<unknown> {
  return JSON.parse(await readFile(file, 'utf8'));
}
