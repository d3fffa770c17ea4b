/** What is published of an original now: a version, a commit or a date, out of what a host answers. No source, no package. */

/** How a host says it. */
export type WatchKind = 'pypi' | 'tags' | 'commit' | 'document';

/** An answer of a host, as far as it matters. */
export interface Answer {
  readonly status: number;
  readonly lastModified: string | null;
  readonly body: string;
}

/** The newest that an answer names: a version, a commit's digits, or a day. Throws Error with one sentence for any other answer. */
export function readPublished(kind: WatchKind, { status, lastModified, body }: Answer): string {
  if (status !== 200) throw new Error(`The host answered ${String(status)}.`);
  if (kind === 'document') {
    const day = new Date(lastModified ?? '');
    if (Number.isNaN(day.getTime())) throw new Error('The host does not say when the document was changed.');
    return day.toISOString().slice(0, 10);
  }
  const value = parse(body);
  const found =
    kind === 'pypi' ? versionOfPackage(value) : kind === 'tags' ? newestTag(value) : newestCommit(value);
  if (found === null) throw new Error('The answer has another form than it had.');
  return found;
}

/** Which of two versions is newer: by their numbers, and at the same numbers by text. */
export function compareVersions(one: string, other: string): number {
  const [left, right] = [numbersOf(one), numbersOf(other)];
  for (let at = 0; at < Math.max(left.length, right.length); at += 1) {
    const difference = (left[at] ?? 0) - (right[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new Error('The answer is no JSON.');
  }
}

function versionOfPackage(value: unknown): string | null {
  return textAt(value, 'info', 'version');
}

function newestTag(value: unknown): string | null {
  if (!Array.isArray(value)) return null;
  const versions = value
    .map((tag: unknown) => textAt(tag, 'name')?.replace(/^v(?=\d)/, ''))
    // Tags for trials and for other programs are no releases.
    .filter((name) => name !== undefined && /^\d+(?:\.\d+)+$/.test(name)) as string[];
  return versions.toSorted(compareVersions).at(-1) ?? null;
}

function newestCommit(value: unknown): string | null {
  const digits = Array.isArray(value) ? textAt(value[0], 'sha') : null;
  return digits !== null && /^[0-9a-f]{40}$/.test(digits) ? digits : null;
}

function textAt(value: unknown, ...keys: readonly string[]): string | null {
  let inner = value;
  for (const key of keys) {
    if (typeof inner !== 'object' || inner === null) return null;
    inner = (inner as Readonly<Record<string, unknown>>)[key];
  }
  return typeof inner === 'string' ? inner : null;
}

function numbersOf(version: string): readonly number[] {
  return version.split('.').map((part) => Number.parseInt(part, 10) || 0);
}
