/**
 * Looks up what is published of the originals, and writes what has moved as the text of an issue. It asks public hosts, so it
 * is run by `.github/workflows/facts.yml` alone: `node scripts/facts.ts FILE`. Of each original it learns a version or a date.
 */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { compareFacts, findingsToIssue, type Found, type HeldAgainst } from './living-facts/compare.ts';
import { readHeldAgainst } from './living-facts/held-against.ts';
import { readPublished } from './living-facts/published.ts';

/** Milliseconds that a host may take. */
const PATIENCE = 30_000;

async function lookUp({ kind, address }: HeldAgainst): Promise<Found> {
  try {
    const { GITHUB_TOKEN: token } = process.env;
    const isGitHub = new URL(address).host === 'api.github.com';
    const response = await fetch(address, {
      method: kind === 'document' ? 'HEAD' : 'GET',
      headers: isGitHub && token ? { authorization: `Bearer ${token}` } : {},
      signal: AbortSignal.timeout(PATIENCE),
    });
    const answer = {
      status: response.status,
      lastModified: response.headers.get('last-modified'),
      body: await response.text(),
    };
    return { published: readPublished(kind, answer) };
  } catch (error) {
    return { failed: error instanceof Error ? error.message : String(error) };
  }
}

const [file] = process.argv.slice(2);
if (file === undefined) {
  console.error('Name the file for the text of the issue: node scripts/facts.ts FILE');
  process.exitCode = 2;
} else {
  const held = await readHeldAgainst(path.resolve(import.meta.dirname, '..'));
  const found = await Promise.all(held.map(async (one) => [one, await lookUp(one)] as const));
  const findings = compareFacts(found);
  // An empty file says that nothing moved.
  await writeFile(file, findings.length === 0 ? '' : findingsToIssue(findings));
  console.log(`${String(held.length)} originals looked up, ${String(findings.length)} to look at`);
}
