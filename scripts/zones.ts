/**
 * Packs the compiled time zones of a machine with Debian's package `tzdata` into the file that the lab lays on its disks:
 * `npm run zones`, or `npm run zones -- FOLDER` where the package was unpacked into a folder (`dpkg -x tzdata_….deb FOLDER`).
 */
import { glob, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { brotliCompressSync, constants, gunzipSync } from 'node:zlib';
import { ZONES_FILE } from '../src/integrations/zones.ts';
import { packZones, unpackZones } from '../src/sandbox/zones.ts';

const [root = '/'] = process.argv.slice(2);
const folder = path.join(root, 'usr/share/zoneinfo');
const changes = gunzipSync(await readFile(path.join(root, 'usr/share/doc/tzdata/changelog.Debian.gz')));
const [, version] = /^tzdata \((\S+)\)/.exec(changes.toString()) ?? [];
if (version === undefined) throw new Error(`${root} has no changelog of Debian's tzdata.`);

// The same zones once more, and with leap seconds; the rules that a zone has which is written without any; the machine's own.
const LEFT_OUT = /^(?:posix|right)\/|^(?:posixrules|localtime)$/;

const names = (await Array.fromAsync(glob('**', { cwd: folder }))).filter((name) => !LEFT_OUT.test(name));
const zones: [string, Uint8Array][] = [];
for (const name of names.sort()) {
  const bytes = await readFile(path.join(folder, name)).catch(() => null);
  if (bytes?.subarray(0, 4).toString() === 'TZif') zones.push([name, bytes]);
}
const packed = packZones({ version: `Debian tzdata ${version}`, license: 'public domain' }, zones);
const read = Object.values(unpackZones(packed));
if (zones.some(([, bytes], at) => !Buffer.from(bytes).equals(read[at] as Uint8Array)))
  throw new Error('What was packed differs.');
const file = brotliCompressSync(packed, {
  params: {
    [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
    [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
  },
});
await writeFile(ZONES_FILE, file);
console.log(`${String(zones.length)} zones of tzdata ${version}: ${String(file.length)} bytes.`);
