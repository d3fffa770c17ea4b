/**
 * A lab's function as the playground's: what *Open in the playground* sends. A playground has a platform, files, a handler, an
 * event, variables, a time-out and layers; a lab that is more than that would not do there what it does here, and has no such link.
 */
import { EVENT } from '../code/text-names.ts';
import type { Draft } from '../code/drafts.ts';
import type { FileContent } from '../../trace/file-content.ts';
import type { FunctionSetup } from '../../trace/recording.ts';
import { ownValue } from '../../trace/own-value.ts';
import { PLAYGROUND } from '../playground/bench-record.ts';
import { isReserved } from '../playground/setup-text.ts';
import { isBelow, LAYERS_ROOT, type CodeRecord } from './code-record.ts';

/** A lab, as far as a playground is concerned. */
export interface ShownLab {
  readonly platform: string;
  readonly setup: Omit<FunctionSetup, 'variables'>;
  /** The variables that are not the platform's own, or differ from those. */
  readonly variables: Readonly<Record<string, string>>;
  readonly taskRoot: string;
  readonly task: Readonly<Record<string, FileContent>>;
}

/** Files that the playground's own functions have: away, unless the lab has them as well. */
const BEGINNINGS = ['lambda_function.py', '__main__.py', 'func.py'];

/** The record; `texts` are the lab's as they are now. Null where a playground could not do the same. */
export function labToRecord(lab: ShownLab, texts: Draft): CodeRecord | null {
  const { platform, setup, variables, taskRoot, task } = lab;
  const isPlain =
    !setup.suppressInit &&
    setup.mode === undefined &&
    setup.start === undefined &&
    setup.extension === undefined &&
    !Object.keys(variables).some(isReserved);
  const paths = Object.keys(task);
  const isText = Object.values(task).every((content) => 'text' in content);
  const isPlaced = paths.every((path) => isBelow(taskRoot, path) || isBelow(LAYERS_ROOT, path));
  if (!isPlain || !isText || !isPlaced) return null;
  const now = paths.map((path) => [path, ownValue(texts, path) ?? ''] as const);
  const away = BEGINNINGS.map((name) => `${taskRoot}/${name}`).filter((path) => !paths.includes(path));
  const layers = now.filter(([path]) => isBelow(LAYERS_ROOT, path));
  return {
    at: PLAYGROUND,
    platform,
    files: Object.fromEntries<string | null>([
      ...now.filter(([path]) => isBelow(taskRoot, path)),
      ...away.map((path) => [path, null] as const),
    ]),
    handler: setup.handler,
    event: texts[EVENT] ?? '',
    ...(Object.keys(variables).length > 0 && { variables }),
    timeout: setup.timeout,
    ...(layers.length > 0 && { layers: Object.fromEntries(layers) }),
  };
}
