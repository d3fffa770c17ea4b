/**
 * What a lab is doing and showing, as one value. Every change is a function from one session to the next, without a page;
 * the head, the answer, the tabs and the bar are drawn from the value alone, so that no two of them can disagree.
 */
import type { SandboxState } from '../sandbox/sandbox.ts';
import type { Draft } from './code/drafts.ts';
import { EVENT } from './code/text-names.ts';
import { ownValue } from '../trace/own-value.ts';
import type { Ending } from './output/outcome-words.ts';
import type { Said } from './part-missing.ts';

/** The views beside the code, in the order of their tabs. */
export const VIEWS = ['output', 'stack', 'messages', 'files', 'bucket'] as const;

export type ViewName = (typeof VIEWS)[number];

/** What goes on. A run is on in the middle three. */
export type Activity =
  | { readonly kind: 'idle' }
  | { readonly kind: 'loading'; readonly received: number; readonly total: number }
  | { readonly kind: 'starting' }
  | { readonly kind: 'running' }
  | {
      readonly kind: 'ended';
      readonly ending: Ending;
      /** Whether an invocation had begun: if none had, log and answer are still those of before. */
      readonly begun: boolean;
      readonly lines: number;
      /** Sentences on what the run asked for that a browser has not. */
      readonly notes: readonly string[];
      /** Milliseconds that the page had given the run. */
      readonly deadline: number;
      /** Why it ended, where that was no part of the plan. */
      readonly problem: Said | null;
    };

/** The run whose log and answer are shown. */
export interface ShownRun {
  /** 0 for the recording; then the reader's runs in the environment that is there, from 1. */
  readonly number: number;
  readonly cold: boolean;
  /** Whether its process is a new one in an environment that had one before. */
  readonly reset: boolean;
  /** Which process of the environment ran it, from 1; null where that has only one. */
  readonly process: number | null;
  /** Null until the run is over. */
  readonly ending: Ending | null;
  /** The texts that it ran, by name. */
  readonly texts: Draft;
}

/** One lab. */
export interface Session {
  readonly activity: Activity;
  readonly run: ShownRun;
  /** Where the sandbox's environment stands; `left` means that it waited, and has ended by itself. */
  readonly environment: SandboxState | 'left';
  /** The step that is shown, from 1; null when nobody steps. */
  readonly step: number | null;
  /** The reader's texts as they are now, by name, and those that the lab came with. */
  readonly texts: Draft;
  readonly originals: Draft;
  readonly view: ViewState;
}

/** Which views there are to choose from, and which is open. */
export interface ViewState {
  readonly open: ViewName;
  /** Those that the author has named: their tabs stand in the row from the beginning. */
  readonly named: readonly ViewName[];
  /**
   * How much each view holds: rows of messages, files that the run made or changed, objects. Messages and buckets that hold
   * nothing have no tab.
   */
  readonly counts: Readonly<Record<ViewName, number>>;
  /** Whether the tabs behind More are unfolded. */
  readonly more: boolean;
}

/** A lab as the page brings it. */
export function beginSession(options: {
  readonly originals: Draft;
  readonly ending: Ending;
  readonly view: ViewState;
}): Session {
  const { originals, ending, view } = options;
  return {
    activity: { kind: 'idle' },
    run: { number: 0, cold: true, reset: false, process: null, ending, texts: originals },
    environment: 'idle',
    step: null,
    texts: originals,
    originals,
    view,
  };
}

/** Whether a run is on, from the press of Run to its end. */
export function isBusy({ activity }: Session): boolean {
  return activity.kind === 'loading' || activity.kind === 'starting' || activity.kind === 'running';
}

/** Whether what is shown was printed by other texts than those that stand there now. */
export function isOutdated({ run, texts }: Session): boolean {
  return differs(run.texts, texts);
}

/** Whether the next run is of another function than the last one: an event is no part of it. */
export function isRedeployed({ run, texts }: Session): boolean {
  return differs({ ...run.texts, [EVENT]: '' }, { ...texts, [EVENT]: '' });
}

/** Whether the reader's texts are other than the originals. */
export function isChanged({ texts, originals }: Session): boolean {
  return differs(originals, texts);
}

/** Whether Reset has something to bring back. */
export function canReset(session: Session): boolean {
  return !isBusy(session) && (session.run.number > 0 || isChanged(session));
}

/** Whether the next run of these texts goes on in the environment that is there. */
export function isNextWarm(session: Session): boolean {
  return session.environment === 'warm' && session.run.number > 0 && !isRedeployed(session);
}

/** The tabs that stand in the row, in their order. */
export function shownTabs({ view, run }: Session): readonly ViewName[] {
  return VIEWS.filter(
    (name) =>
      holdsSomething(view, name) &&
      (view.more ||
        view.named.includes(name) ||
        view.open === name ||
        (run.number > 0 && announces(view, name))),
  );
}

/** Whether the tab tells a number: files and objects that a run has left. */
export function announces({ counts }: ViewState, name: ViewName): boolean {
  return (name === 'files' || name === 'bucket') && counts[name] > 0;
}

/** Whether there are tabs behind More. */
export function hasMore({ view }: Session): boolean {
  return VIEWS.some((name) => holdsSomething(view, name) && !view.named.includes(name));
}

function holdsSomething({ counts }: ViewState, name: ViewName): boolean {
  return (name !== 'messages' && name !== 'bucket') || counts[name] > 0;
}

export function loading(session: Session, received: number, total: number): Session {
  return { ...session, activity: { kind: 'loading', received, total } };
}

export function starting(session: Session): Session {
  return { ...session, activity: { kind: 'starting' } };
}

/** An invocation begins, with the texts that were there when Run was pressed. */
export function began(
  session: Session,
  { cold, reset, process }: Pick<ShownRun, 'cold' | 'reset' | 'process'>,
  texts: Draft,
): Session {
  const isFirst = cold && (process ?? 1) === 1;
  const number = isFirst ? 1 : session.run.number + 1;
  return {
    ...session,
    activity: { kind: 'running' },
    run: { number, cold, reset, process, ending: null, texts },
    step: null,
  };
}

/** A run was asked for: `isWarm` tells whether it goes to an environment that is there. One that it cannot go to is gone. */
export function asked(session: Session, isWarm: boolean): Session {
  const isLost = !isWarm && (session.environment === 'warm' || isRedeployed(session));
  return isLost ? environmentIs(session, 'left') : session;
}

/** Python's files have been fetched in the middle of a run, which goes on. */
export function resumed(session: Session): Session {
  return { ...session, activity: { kind: 'running' } };
}

/** A run is over. One that had not begun leaves log and answer as they were. */
export function ended(
  session: Session,
  end: Omit<Extract<Activity, { kind: 'ended' }>, 'kind'>,
  environment: Session['environment'],
): Session {
  return {
    ...session,
    activity: { kind: 'ended', ...end },
    run: end.begun ? { ...session.run, ending: end.ending } : session.run,
    environment,
  };
}

/** The environment has ended by itself, or has been ended. */
export function environmentIs(session: Session, environment: Session['environment']): Session {
  return { ...session, environment };
}

/** The recording again; the sandbox has been stopped, and the texts are the originals. */
export function reset(session: Session, recorded: Ending): Session {
  return {
    ...session,
    activity: { kind: 'idle' },
    run: { number: 0, cold: true, reset: false, process: null, ending: recorded, texts: session.originals },
    environment: 'idle',
    step: null,
    texts: session.originals,
  };
}

export function edited(session: Session, texts: Draft): Session {
  return { ...session, texts };
}

export function stepped(session: Session, step: number | null): Session {
  return { ...session, step };
}

export function openView(session: Session, open: ViewName): Session {
  return { ...session, view: { ...session.view, open } };
}

export function unfoldMore(session: Session, more: boolean): Session {
  const { view } = session;
  // A view whose tab goes away cannot stay open.
  const open = more || view.named.includes(view.open) ? view.open : (view.named[0] ?? 'output');
  return { ...session, view: { ...view, more, open } };
}

/** A view holds so many things now; one that has lost everything gives way to the output. */
export function countView(session: Session, name: ViewName, count: number): Session {
  const { view } = session;
  if (view.counts[name] === count) return session;
  const counted = { ...view, counts: { ...view.counts, [name]: count } };
  const open = holdsSomething(counted, view.open) ? view.open : 'output';
  return { ...session, view: { ...counted, open } };
}

function differs(a: Draft, b: Draft): boolean {
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return Array.from(names).some((name) => ownValue(a, name) !== ownValue(b, name));
}
