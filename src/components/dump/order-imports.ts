/** The files of a dump in the order in which its runtime comes to them by its imports. */
import type { FoundRuntime } from '../../dump/find-runtime.ts';
import type { ImportEdge } from '../../dump/import-graph.ts';
import type { ImportRow, ShownImport } from './told.ts';

/**
 * From where the runtime begins, breadth first: a file stands before those that it brings in. Those that no import leads to
 * follow by their names. Without a runtime a beginning is a file that no other one imports.
 */
export function orderImports(
  files: ReadonlyMap<string, Uint8Array>,
  found: FoundRuntime | null,
  edges: readonly ImportEdge[],
): ImportRow[] {
  const imports = new Map<string, ShownImport[]>();
  const imported = new Set<string>();
  for (const { from, module, kind, to, line } of edges) {
    const own = imports.get(from) ?? [];
    imports.set(from, own);
    if (!own.some((known) => known.module === module && known.to === to))
      own.push({ module, kind, to, line });
    if (to !== null) imported.add(to);
  }
  const sources = [...files.keys()].filter((path) => path.endsWith('.py')).sort();
  const beginnings =
    found === null
      ? sources.filter((path) => !imported.has(path))
      : [found.script, `${found.folder}/__main__.py`, `${found.folder}/bootstrap.py`];
  const depths = new Map<string, number>();
  const queue = beginnings.filter((path) => path !== null && files.has(path)) as string[];
  for (const path of queue) depths.set(path, 0);
  for (const path of queue) {
    const depth = depths.get(path) ?? 0;
    for (const { to } of imports.get(path) ?? []) {
      if (to === null || !to.endsWith('.py') || depths.has(to)) continue;
      depths.set(to, depth + 1);
      queue.push(to);
    }
  }
  const ordered = [...new Set(queue), ...sources.filter((path) => !depths.has(path))];
  return ordered.map((path) => ({
    path,
    depth: depths.get(path) ?? null,
    imports: imports.get(path) ?? [],
  }));
}
