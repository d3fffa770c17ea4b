/** What the view of an opened dump is given. */
import type { ModelFiles } from '../../lab/model-files.ts';
import type { DumpHost } from './dump-host.ts';
import type { DumpPageData } from './page-data.ts';
import type { Summary } from './told.ts';

/** What the view is made of. */
export interface ResultOptions {
  readonly root: HTMLElement;
  readonly host: DumpHost;
  readonly summary: Summary;
  readonly data: DumpPageData;
  readonly models: ModelFiles;
  /** The benches, for a run. */
  readonly benches: HTMLTemplateElement;
  readonly language: string;
}
