/**
 * The environments of one page: two at most, for each takes some 40 MB. One of them may be a spare, in which Python
 * has booted and nothing has run: the next run takes it.
 */
import type { LivingMessage } from './remote-environment.ts';
import { RemoteEnvironment, type EnvironmentObserver, type EnvironmentParts } from './remote-environment.ts';

export const MAX_ENVIRONMENTS = 2;

/** Other pages that share room with this one: frames of the page that shows this one. */
export interface Neighbours {
  /** Says to them that an environment of this page is used now. */
  readonly tell: () => void;
  /** Calls back when so many of them have used one since this page last told that there is no room for its own. */
  readonly onCrowded: (callback: () => void) => void;
}

/** The sandbox that an environment belongs to. */
export interface Tenant extends EnvironmentObserver {
  /** Whether a run goes on in it. */
  isBusy(): boolean;
  /** It had to go, for another lab needs one; it has been removed. */
  evicted(): void;
  /** The page was left and come back to while Python came to life: the environment is of no use, and still there. */
  suspended(): void;
  /** The page was left and come back to, and the environment had come to life before. */
  restored(): void;
}

interface Seat {
  readonly environment: RemoteEnvironment;
  readonly mayWait: boolean;
  /** Null for the spare. */
  tenant: Tenant | null;
}

export class EnvironmentPool {
  readonly #parts: EnvironmentParts;
  readonly #neighbours: Neighbours | null;
  /** The one that was used longest ago stands first. */
  #seats: Seat[] = [];

  constructor(parts: EnvironmentParts, neighbours: Neighbours | null = null) {
    this.#parts = parts;
    this.#neighbours = neighbours;
    neighbours?.onCrowded(() => {
      while (this.#seats.length > 0) this.#evict();
    });
    // Firefox freezes what goes on in a page that it keeps, and some of it never goes on: a frame that was about to load,
    // a worker that was about to take its port.
    parts.onRestored(() => {
      parts.files.beginAnew();
      for (const seat of [...this.#seats]) {
        if (seat.environment.isBooted) seat.tenant?.restored();
        else if (seat.tenant === null) this.close(seat.environment);
        else seat.tenant.suspended();
      }
    });
  }

  /** Makes a spare, if there is none and there is room: its frame and worker, or with `boots` all of it. */
  prepare(mayWait: boolean, boots: boolean): void {
    let spare = this.#seats.find(({ tenant }) => tenant === null);
    if (spare === undefined && this.#seats.length < MAX_ENVIRONMENTS) spare = this.#make(null, mayWait);
    if (boots) spare?.environment.boot();
  }

  /** An environment for a new tenant: the spare, or one made anew, for which another may have to go. */
  open(tenant: Tenant, mayWait: boolean): RemoteEnvironment {
    this.#neighbours?.tell();
    const spare = this.#seats.find((seat) => seat.tenant === null && seat.mayWait === mayWait);
    if (spare !== undefined) {
      spare.tenant = tenant;
      this.#use(spare);
      spare.environment.boot();
      return spare.environment;
    }
    if (this.#seats.length >= MAX_ENVIRONMENTS) this.#evict();
    const { environment } = this.#make(tenant, mayWait);
    environment.boot();
    return environment;
  }

  /** Tells that an environment is used again. */
  touch(environment: RemoteEnvironment): void {
    this.#neighbours?.tell();
    const seat = this.#seats.find((other) => other.environment === environment);
    if (seat !== undefined) this.#use(seat);
  }

  /** Removes an environment, whatever it is doing. */
  close(environment: RemoteEnvironment): void {
    this.#seats = this.#seats.filter((seat) => seat.environment !== environment);
    environment.remove();
  }

  #make(tenant: Tenant | null, mayWait: boolean): Seat {
    const observer: EnvironmentObserver = {
      handedOver: () => seat.tenant?.handedOver(),
      awaitsFile: () => seat.tenant?.awaitsFile(),
      message: (message: LivingMessage) => seat.tenant?.message(message),
      failed: (error: Error) => {
        // No run waits for a spare; the next run meets the same fault and reports it.
        if (seat.tenant === null) this.close(seat.environment);
        else seat.tenant.failed(error);
      },
    };
    const seat: Seat = {
      environment: new RemoteEnvironment(this.#parts, observer, mayWait),
      mayWait,
      tenant,
    };
    this.#seats.push(seat);
    return seat;
  }

  #use(seat: Seat): void {
    this.#seats = [...this.#seats.filter((other) => other !== seat), seat];
  }

  #evict(): void {
    const seat =
      this.#seats.find(({ tenant }) => tenant === null) ??
      this.#seats.find(({ tenant }) => tenant?.isBusy() === false) ??
      this.#seats[0];
    if (seat === undefined) return;
    this.close(seat.environment);
    seat.tenant?.evicted();
  }
}
