/** What does a line tell of a run, whatever form it has? Text, JSON and the words of tools become the same facts here. */
import type { ReadLine } from './explanation.ts';

/** Why a runtime left, by the words of its end. */
export type Exit = 'killed' | 'segmentation-fault' | 'signal' | 'status' | 'no-reason' | 'extension';

interface Place {
  /** Index into the lines. */
  readonly at: number;
  readonly event: number;
  readonly stream: string | null;
  /** Epoch ms. */
  readonly time: number | null;
  /** Request id. */
  readonly id: string | null;
  readonly text: string;
}

/** What the platform measured of an attempt. */
export interface ReportFact extends Place {
  readonly is: 'report';
  readonly durationMs: number | null;
  readonly billedMs: number | null;
  readonly memoryMb: number | null;
  readonly usedMb: number | null;
  readonly initMs: number | null;
  readonly restoreMs: number | null;
  readonly status: string | null;
  readonly errorType: string | null;
}

/** An init that went wrong, or one of which the platform tells anyway. */
export interface InitReportFact extends Place {
  readonly is: 'init-report';
  readonly ms: number | null;
  readonly phase: string | null;
  readonly status: string | null;
  readonly errorType: string | null;
}

/** An exception as the runtime logs it, or as the caller received it. */
export interface ErrorFact extends Place {
  readonly is: 'uncaught' | 'answer';
  readonly errorType: string | null;
  readonly message: string | null;
}

/** What a line tells of a run. `output`: it belongs to one, and says nothing of it. */
export type Fact =
  | ReportFact
  | InitReportFact
  | ErrorFact
  | (Place & { readonly is: 'init-start'; readonly python: string | null })
  | (Place & { readonly is: 'done'; readonly status: string | null; readonly errorType: string | null })
  | (Place & { readonly is: 'timed-out'; readonly seconds: number | null })
  | (Place & { readonly is: 'exited'; readonly exit: Exit; readonly status: number | null })
  | (Place & { readonly is: 'start' | 'end' | 'restore' | 'after' | 'logged' | 'output' });
