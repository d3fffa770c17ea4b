/** Which files of a dump have a name that the model has, too, and which are alike. */
import type { FoundRuntime } from '../../dump/find-runtime.ts';
import type { DiskFiles } from '../../lab/brought-disk.ts';
import type { ComparedFile } from './told.ts';

/** The folders below which both name their files: a file of the model's is looked for by what follows. */
const FOLDERS = /^.*?\/(?:site-packages|dist-packages|var\/runtime)\//;

/** By their names: those of both, then those that one side has alone. */
export function compareWithModel(
  files: ReadonlyMap<string, Uint8Array>,
  found: FoundRuntime | null,
  model: DiskFiles,
): ComparedFile[] {
  const paths = [...files.keys()].filter((path) => path.endsWith('.py'));
  const decoder = new TextDecoder();
  const taken = new Set<string>();
  const rows: ComparedFile[] = [];
  for (const [path, content] of Object.entries(model)) {
    if (!path.endsWith('.py')) continue;
    const name = path.replace(FOLDERS, '');
    const own = ownOf(paths, name, found);
    if (own !== null) taken.add(own);
    const text = typeof content === 'string' ? content : decoder.decode(content);
    const isSame = own !== null && decoder.decode(files.get(own)) === text;
    rows.push({ name, own, model: path, isSame });
  }
  if (found !== null)
    for (const path of paths) {
      if (taken.has(path) || !path.startsWith(`${found.folder}/`)) continue;
      rows.push({ name: path.replace(FOLDERS, ''), own: path, model: null, isSame: false });
    }
  // What the model has beside a runtime's files is no part of the runtime.
  const isShown = ({ own, name }: ComparedFile): boolean =>
    own !== null || /^awslambda(?:ric)?\/|^bootstrap\.py$/.test(name);
  const rank = ({ own, model: other }: ComparedFile): number => (own === null ? 2 : other === null ? 1 : 0);
  return rows
    .filter(isShown)
    .sort((one, other) => rank(one) - rank(other) || (one.name < other.name ? -1 : 1));
}

/** The dump's file of a name: the runtime's own before another one so deep in the dump that it's there by chance. */
function ownOf(paths: readonly string[], name: string, found: FoundRuntime | null): string | null {
  if (!name.includes('/') && found?.form === 'awslambdaric') return found.script;
  const named = paths.filter((path) => path === name || path.endsWith(`/${name}`));
  const beside = found === null ? [] : named.filter((path) => path.startsWith(found.folder));
  return [...beside, ...named.toSorted((one, other) => one.length - other.length)][0] ?? null;
}
