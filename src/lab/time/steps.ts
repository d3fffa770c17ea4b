/**
 * The one place that knows where a lab stands in time: which run is replayed, at which step, and what its panes and the
 * page's address have to say of it. Stepping the recording and stepping the reader's run differ only in where the events
 * came from.
 */
import type { RecordedRun } from '../../trace/format.ts';
import type { Frame } from '../../trace/moment.ts';
import { Replay, type ReplayedRun } from '../../trace/replay.ts';
import { placeStops, type PlacedStop } from '../../trace/stops.ts';
import type { LabStop } from '../page-data.ts';
import { send } from '../events.ts';
import { guardView } from '../view-fault.ts';
import { staysInSight } from '../walk/stays-in-sight.ts';
import type { MomentPane } from './moment-pane.ts';
import { ADDRESS_DELAY, rememberMoment } from './remember-moment.ts';
import { fragmentToMoment, momentToFragment, type NamedMoment } from './step-address.ts';

export interface StepsOptions {
  readonly lab: HTMLElement;
  /** The page that an address for others leads to; null where that is this one, as it is but in a frame of another site. */
  readonly home: URL | null;
  readonly stops: readonly LabStop[];
  /** The recorded run with all its events; brought when the first step needs it. */
  readonly recorded: () => Promise<RecordedRun>;
  readonly panes: readonly MomentPane[];
  /** Called with each step that is shown from now on; null when nobody steps. The session keeps it. */
  readonly stepped: (step: number | null) => void;
  /** Called with each run that is to be stepped through; null while there is none. */
  readonly opened: (replay: Replay | null, stops: readonly PlacedStop<LabStop>[]) => void;
  /** The recording cannot be had. */
  readonly failed: () => void;
  /** The address of a recorded stop's page; null where it has none. */
  readonly pageOf: (stop: string) => string | null;
  readonly signal: AbortSignal;
}

/** The moments of one lab. */
export class LabSteps {
  readonly #options: StepsOptions;
  /** What is replayed; null for the recording as long as nobody has stepped. */
  #replay: Replay | null = null;
  #placed: readonly PlacedStop<LabStop>[] = [];
  /** Whether the run that is replayed is the page's own. */
  #isRecorded = true;
  /** False while a run goes on: its end is not there yet. */
  #isOpen = true;
  #step: number | null = null;
  #recording: Promise<Replay> | null = null;
  /** The frames on which the next warm run begins. */
  #left: readonly Frame[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  /**
   * Counts how often there was another run to step through. Wishes that wait for the recording are granted one after
   * another once it has come, as they would have been had it been there; those for a run that is gone are not.
   */
  #era = 0;

  constructor(options: StepsOptions) {
    this.#options = options;
    const { signal } = options;
    const follow = (): void => {
      void this.#follow(location.hash, true);
    };
    addEventListener('hashchange', follow, { signal });
    addEventListener('popstate', follow, { signal });
    signal.addEventListener('abort', () => {
      clearTimeout(this.#timer);
    });
    void this.#follow(location.hash, true);
  }

  /** The step that is shown; null when nobody steps. */
  get step(): number | null {
    return this.#step;
  }

  /** The step and the stop that are shown of the recording; null where none is, or a run of the reader's is stepped through. */
  get recorded(): { readonly step: number | null; readonly stop: string | null } {
    return this.#isRecorded ? { step: this.#step, stop: this.#stopName } : { step: null, stop: null };
  }

  /** The stop that is shown; null at any other step. */
  get #stopName(): string | null {
    return this.#placed.find((placed) => placed.step === this.#step)?.stop.name ?? null;
  }

  /** Whether a wish to go somewhere waits for the recording: `replay` is fulfilled after it is granted. */
  get isComing(): boolean {
    return this.#recording !== null && this.#isOpen && this.#replay === null;
  }

  /** The run that is stepped through, brought if it is not here yet; null when there is none. */
  async replay(): Promise<Replay | null> {
    if (!this.#isOpen || this.#replay !== null) return this.#current();
    this.#recording ??= this.#options.recorded().then((run) => new Replay(run));
    try {
      this.#openRecording(await this.#recording);
    } catch {
      this.#recording = null;
      this.#options.failed();
    }
    return this.#current();
  }

  /** Shows a step of the run, told by where the run stands; null when there is no such step. */
  async go(choose: (replay: Replay, from: number | null) => number | null): Promise<void> {
    const era = this.#era;
    const replay = await this.replay();
    if (replay === null || era !== this.#era) return;
    const step = choose(replay, this.#step);
    if (step === null) return;
    this.#show(Math.min(Math.max(step, 1), replay.length));
    this.#rememberSoon();
  }

  /** A stop of the run that is replayed. */
  stopNamed(name: string): PlacedStop<LabStop> | null {
    return this.#placed.find(({ stop }) => stop.name === name) ?? null;
  }

  /** A run of the reader's begins: there is nothing to step through until it ends. */
  close(): void {
    this.#isOpen = false;
    this.#replay = null;
    this.#era += 1;
    this.leave();
    this.#options.opened(null, []);
  }

  /** A run has ended: from now on it is what is stepped through. A warm one begins where the last has left the stack. */
  open(run: ReplayedRun, cold: boolean): void {
    const { lab } = this.#options;
    guardView(lab.querySelector<HTMLElement>('lab-stack') ?? lab, () => {
      const replay = new Replay({ ...run, before: cold ? [] : this.#left });
      this.#left = replay.left;
      this.#isOpen = true;
      this.#isRecorded = false;
      this.#open(replay);
    });
  }

  /** Back to the recording. */
  reset(): void {
    this.#isOpen = true;
    this.#isRecorded = true;
    this.#replay = null;
    this.#placed = [];
    this.#left = [];
    this.#era += 1;
    this.leave();
    void this.#recording?.then(
      (replay) => {
        this.#openRecording(replay);
      },
      () => undefined,
    );
  }

  /** Nobody steps any more: the whole run is shown. */
  leave(): void {
    this.#leave();
    this.#rememberSoon();
  }

  /**
   * The whole address of the moment that is shown, for others: a stop of the recording has a page, which is shown as a card
   * where links are. Other moments, and those of a run of the reader's, are places of this page.
   */
  address(): string {
    const { stop } = this.recorded;
    const page = stop === null ? null : this.#options.pageOf(stop);
    if (page !== null) return new URL(page, location.href).href;
    const { lab, home } = this.#options;
    const url = new URL(home ?? location.href);
    // The lab of an exercise comes when its reader is near: others are led to its task.
    const exercise = lab.closest('lab-exercise')?.id;
    // A step of the reader's own run is another one of the recording.
    const own = this.#isRecorded || this.#stopName !== null ? this.#fragment() : null;
    url.hash = exercise ?? own ?? lab.id;
    return url.href;
  }

  #current(): Replay | null {
    return this.#isOpen ? this.#replay : null;
  }

  /** The recording has come; a run of the reader's may have begun meanwhile. */
  #openRecording(replay: Replay): void {
    if (this.#replay === null && this.#isOpen) this.#open(replay);
  }

  #open(replay: Replay): void {
    this.#replay = replay;
    this.#placed = placeStops(replay, this.#options.stops);
    this.#options.opened(replay, this.#placed);
  }

  #show(step: number | null): void {
    const { lab, panes } = this.#options;
    this.#step = step;
    const replay = this.#replay;
    const shown = step === null || replay === null ? null : { moment: replay.at(step), replay };
    this.#options.stepped(step);
    for (const pane of panes) pane.show(shown);
    send(lab, 'lab-moment', { lab: lab.id, stop: this.#stopName ?? '', step });
  }

  #leave(): void {
    clearTimeout(this.#timer);
    if (this.#step !== null) this.#show(null);
  }

  async #follow(hash: string, scroll: boolean): Promise<void> {
    const { lab } = this.#options;
    const named = fragmentToMoment(hash, lab.id);
    if (named === null) {
      this.#leave();
      return;
    }
    const era = this.#era;
    const replay = await this.replay();
    if (replay === null || era !== this.#era) return;
    const step = this.#stepOf(named, replay);
    if (step === null) return;
    if (step !== this.#step) this.#show(step);
    // A lab that stays beside the words is in sight already: the sentence shall not move away from the eyes.
    // In a frame that is lower than the lab it would hide the line home.
    if (scroll && this.#options.home === null && !staysInSight(lab)) lab.scrollIntoView({ block: 'nearest' });
  }

  #stepOf(named: NamedMoment, replay: Replay): number | null {
    if ('stop' in named) return this.stopNamed(named.stop)?.step ?? null;
    return Math.min(named.step, replay.length);
  }

  #fragment(): string | null {
    const step = this.#step;
    if (step === null) return null;
    const stop = this.#stopName;
    return momentToFragment(stop === null ? { step } : { stop }, this.#options.lab.id);
  }

  #rememberSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      const { lab, home } = this.#options;
      // A frame shares its history with the page around it: Back is for that one.
      rememberMoment(this.#fragment(), lab.id, home !== null || staysInSight(lab));
    }, ADDRESS_DELAY);
  }
}
