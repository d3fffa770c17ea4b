/**
 * Installs what the checkout is missing, before any other script: `npm ci` when node_modules is not
 * what package-lock.json lists. Plain JavaScript without imports of ours, because it runs on the
 * machine's own Node (20 or newer) when nothing is installed yet. The scripts behind it run on the
 * pinned Node 24 that the installation puts first on npm's path.
 *
 * Silent when there is nothing to do; everything it says goes to stderr.
 */
import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** The scripts need a Node that runs TypeScript as it is and whose WebAssembly can wait (JSPI). */
const OLDEST_NODE = 24;

/** @typedef {{ packages?: Record<string, { version?: string, integrity?: string, optional?: boolean }> }} Lock */

async function main() {
  const difference = firstDifference(
    readLock('package-lock.json'),
    readLock('node_modules/.package-lock.json'),
  );
  if (difference !== null) {
    say(`Installing what package-lock.json lists (${difference}): npm ci …`);
    const { code, output } = await runNpmCi();
    if (code !== 0) {
      fail(explainFailure(output));
      return;
    }
    say('Installed.');
  }
  const node = nodeVersion();
  if (majorOf(node) < OLDEST_NODE) fail(explainOldNode(node, process.platform, process.arch));
}

/**
 * Tells the first way in which the installed packages are not the wanted ones; null when there is none.
 * An optional package may be missing: it is for another platform.
 *
 * @param {Lock | null} wanted
 * @param {Lock | null} installed
 * @returns {string | null}
 */
export function firstDifference(wanted, installed) {
  if (wanted === null) return 'there is no package-lock.json';
  if (installed === null) return 'nothing is installed yet';
  const have = new Map(Object.entries(installed.packages ?? {}));
  for (const [place, entry] of Object.entries(wanted.packages ?? {})) {
    if (place === '') continue;
    const other = have.get(place);
    have.delete(place);
    const name = place.replace(/^.*node_modules\//, '');
    if (other === undefined) {
      if (entry.optional !== true) return `${name} is missing`;
    } else if (other.version !== entry.version || other.integrity !== entry.integrity) {
      return `${name} is ${other.version ?? 'unknown'}, wanted is ${entry.version ?? 'unknown'}`;
    }
  }
  const [extra] = have.keys();
  return extra === undefined ? null : `${extra.replace(/^.*node_modules\//, '')} is not wanted any more`;
}

/**
 * Says in words for a person why `npm ci` failed and what to do.
 *
 * @param {string} output what npm printed
 * @returns {string}
 */
export function explainFailure(output) {
  if (
    /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ERR_SOCKET_TIMEOUT|npm error network/.test(
      output,
    )
  ) {
    return 'npm ci could not reach its registry. Check the network (or the proxy: npm config get proxy) and run the same command again.';
  }
  if (/EUSAGE|can only install packages when your package\.json/.test(output)) {
    return 'package.json and package-lock.json do not belong together. Run npm install, look at the difference in package-lock.json, and commit both.';
  }
  if (/ETARGET|E404/.test(output)) {
    return 'A package of package-lock.json is not in the registry that npm is set to (npm config get registry). Choose another version, or another registry.';
  }
  if (/EINTEGRITY/.test(output)) {
    return 'A package is not the one that package-lock.json was made with. Run npm cache clean --force and try again; if it stays, do not trust that registry.';
  }
  if (/ENOSPC/.test(output)) return 'The disk is full: make room and run the same command again.';
  if (/EACCES|EPERM|EROFS/.test(output)) {
    return 'npm may not write in node_modules. Give the folder back to yourself (its owner may be root), or remove it, and run the same command again.';
  }
  return 'npm ci failed for the reason printed above. Remove node_modules and run the same command again; if that does not help, the message is worth an issue.';
}

/**
 * Says what to do about a Node that is too old for the scripts.
 *
 * @param {string} version for example `v20.20.2`
 * @param {string} platform
 * @param {string} arch
 * @returns {string}
 */
export function explainOldNode(version, platform, arch) {
  const wanted = `Node ${String(OLDEST_NODE)} or newer`;
  if (platform === 'linux' && (arch === 'x64' || arch === 'arm64')) {
    return (
      `The scripts need ${wanted}; this is ${version}, and the one that npm ci should have brought ` +
      `(node_modules/.bin/node) is missing or does not run here. Run npm ci --include=optional, ` +
      `or install ${wanted} (on a Linux without glibc, such as Alpine, that is the only way).`
    );
  }
  return (
    `The scripts need ${wanted}; this is ${version}. On Linux (x64, arm64) npm ci brings one along; ` +
    `for ${platform} ${arch} there is none to bring: install ${wanted} and run the same command again.`
  );
}

/** @param {string} file */
function readLock(file) {
  try {
    return /** @type {Lock} */ (JSON.parse(readFileSync(path.join(ROOT, file), 'utf8')));
  } catch {
    return null;
  }
}

/** @returns {Promise<{ code: number | null, output: string }>} */
function runNpmCi() {
  // Started by npm: the same npm, on the Node it runs on, for node_modules/.bin/node is about to be replaced.
  const { npm_execpath: npm, npm_node_execpath: node } = process.env;
  const args = ['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error'];
  const [command, first] = npm?.endsWith('.js') && node ? [node, [npm]] : ['npm', []];
  return new Promise((resolve) => {
    const child = spawn(command, [...first, ...args], {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32',
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => {
        output += String(chunk);
        process.stderr.write(chunk);
      });
    }
    child.on('error', (error) => {
      resolve({ code: 1, output: `${output}\n${error.message}` });
    });
    child.on('close', (code) => {
      resolve({ code, output });
    });
  });
}

/** The version of the Node that the script behind this one will run on. */
function nodeVersion() {
  if (majorOf(process.version) >= OLDEST_NODE) return process.version;
  const pinned = spawnSync(path.join(ROOT, 'node_modules', '.bin', 'node'), ['--version'], {
    encoding: 'utf8',
  });
  return pinned.status === 0 ? pinned.stdout.trim() : process.version;
}

/** @param {string} version */
function majorOf(version) {
  return Number.parseInt(version.replace(/^v/, ''), 10);
}

/** @param {string} text */
function say(text) {
  process.stderr.write(`setup: ${text}\n`);
}

/** @param {string} text */
function fail(text) {
  say(text);
  process.exitCode = 1;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
