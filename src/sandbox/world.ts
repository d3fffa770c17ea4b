/**
 * What an environment takes from the world outside: time, request ids, memory. Live runs use the real
 * one; recordings use a simulated one, so that they come out the same on every machine.
 */
export interface World {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly newRequestId: () => string;
  /** Megabytes in use, given the size of Python's memory in bytes. */
  readonly memoryUsed: (bytes: number) => number;
  /**
   * Rings once when so many milliseconds have passed; gives the way to call it off. Null where time goes on by
   * itself: an environment that is busy in Python would not hear it, so somebody outside has to look at the clock.
   */
  readonly alarm: ((milliseconds: number, ring: () => void) => () => void) | null;
  /** Whether time goes on by itself though there is an alarm, as where the clock runs ahead: then somebody outside looks as well. */
  readonly goesOn?: boolean;
  /**
   * Python has booted. A simulated world forgets what was asked of it so far: how often that was depends on whether
   * Python booted plainly or from an image.
   */
  readonly booted: () => void;
  /** The platform's process starts, which in a simulated world takes its time as well. */
  readonly started: () => void;
  /** What the next process has to begin with, so that the clock and the ids go on; null where they do by themselves. */
  readonly state: (() => SimulatedState) | null;
  /** Goes on from where another process has left the world, if that is later; real worlds are one anyhow. */
  readonly catchUp: (state: SimulatedState) => void;
}

/** How far a simulated world has come. */
export interface SimulatedState {
  /** Milliseconds since 1970. */
  readonly now: number;
  /** How many requests have got an id. */
  readonly requests: number;
}

/** Its clocks and its chance are taken now: reader code may put others in their places. */
export function realWorld(): World {
  const { timeOrigin } = performance;
  const elapsed = performance.now.bind(performance);
  const draw = crypto.getRandomValues.bind(crypto);
  return {
    // Date.now() has whole milliseconds only; an invocation takes a fraction of one.
    now: () => timeOrigin + elapsed(),
    newRequestId: () => timeUuid(timeOrigin + elapsed(), draw(new Uint8Array(8))),
    memoryUsed: (bytes) => Math.ceil(bytes / 1_048_576),
    alarm: null,
    booted: () => undefined,
    started: () => undefined,
    state: null,
    catchUp: () => undefined,
  };
}

/** The day the post appeared: 2016-12-14. */
const SIMULATED_START = Date.UTC(2016, 11, 14);
/** Milliseconds that the simulated clock moves each time it is read: so even a busy wait ends. */
const SIMULATED_STEP = 0.25;
/** Milliseconds that Python's boot and the start of a process take. */
const SIMULATED_BOOT = 17.5;
const SIMULATED_PROCESS_START = 17.25;
const SIMULATED_MEMORY = 15;
/** State of the generator of chance. */
const SIMULATED_SEED = 1_016_172_232;

/**
 * Makes the time and the chance of a whole process simulated: everything in it that asks for either,
 * Python included, gets what it would get on any other day and machine.
 */
export function simulatedWorld(
  process: Pick<typeof globalThis, 'Date' | 'performance' | 'crypto' | 'setTimeout'>,
  before: SimulatedState | null = null,
): World {
  const start = before?.now ?? SIMULATED_START;
  let now = start;
  let alarm: { readonly at: number; readonly ring: () => void } | null = null;
  /** Time passes, though not past an alarm that nobody has heard yet. */
  const pass = (milliseconds: number): number => {
    now += milliseconds;
    if (alarm === null || now < alarm.at) return now;
    const { at, ring } = alarm;
    now = at;
    alarm = null;
    ring();
    return now;
  };
  // Another process has another chance: two that follow each other don't draw the same UUID.
  const seed = before === null ? SIMULATED_SEED : (SIMULATED_SEED + Math.floor(start)) % 2_147_483_647;
  let random = seed;
  const nextByte = (): number => {
    random = (random * 16_807) % 2_147_483_647;
    return random & 0xff;
  };
  process.Date.now = () => Math.floor(pass(SIMULATED_STEP));
  process.performance.now = () => pass(SIMULATED_STEP) - SIMULATED_START;
  process.crypto.getRandomValues = (array) => {
    const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
    for (let at = 0; at < bytes.length; at += 1) bytes[at] = nextByte();
    return array;
  };
  // A sleep, in Python too, takes no time, and moves the clock on.
  const { setTimeout } = process;
  const sleep = (wake: () => void, milliseconds = 0): ReturnType<typeof setTimeout> => {
    pass(milliseconds);
    return setTimeout(wake, 0);
  };
  process.setTimeout = Object.assign(sleep, setTimeout);
  let requests = before?.requests ?? 0;
  return {
    now: () => pass(SIMULATED_STEP),
    newRequestId: () => timeUuid(SIMULATED_START + requests++, new Uint8Array(8)),
    booted: () => {
      now = start + SIMULATED_BOOT;
      random = seed;
    },
    started: () => {
      now += SIMULATED_PROCESS_START;
    },
    state: () => ({ now, requests }),
    catchUp: (state) => {
      now = Math.max(now, state.now);
      requests = Math.max(requests, state.requests);
    },
    memoryUsed: () => SIMULATED_MEMORY,
    alarm: (milliseconds, ring) => {
      const mine = (alarm = { at: now + milliseconds, ring });
      return () => {
        if (alarm === mine) alarm = null;
      };
    },
  };
}

/**
 * A UUID of version 1, the form request ids had in 2016 (`ed0dbfd9-c134-11e6-…`).
 * Counts steps of 100 ns since 1582 (RFC 9562, 5.1).
 */
function timeUuid(milliseconds: number, random: Uint8Array): string {
  const steps = (BigInt(Math.floor(milliseconds)) + 12_219_292_800_000n) * 10_000n;
  const time = steps.toString(16).padStart(15, '0');
  const node = Array.from(random, (byte) => byte.toString(16).padStart(2, '0')).join('');
  const variant = ((random[0] ?? 0) & 0x3f) | 0x80;
  return `${time.slice(7)}-${time.slice(3, 7)}-1${time.slice(0, 3)}-${variant.toString(16)}${node.slice(2, 4)}-${node.slice(4)}`;
}
