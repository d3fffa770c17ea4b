/**
 * The timers of a process (`signal.alarm`). Python asks every few instructions for the number of a signal that has come, in
 * a buffer that another thread would write to. Here there is no other thread: what it reads is a clock.
 */

/** What is used of a Pyodide; its types know a typed array only. */
interface InterruptedPython {
  setInterruptBuffer(buffer: unknown): void;
}

/** Lets a signal come in so many milliseconds, and until it is called again; null: none. */
export type RingAlarm = (milliseconds: number | null, signal: number) => void;

/** Gives Python an alarm clock. As long as it is not set, Python does not look at it. */
export function createAlarmClock(pyodide: InterruptedPython): RingAlarm {
  let at = 0;
  let signal = 0;
  const clock = {
    get 0(): number {
      if (performance.now() < at) return 0;
      // What is called then may be long itself, and is not to hear of it once more.
      at = Infinity;
      return signal;
    },
    set 0(_: number) {
      // Python takes away what it has read.
    },
  };
  return (milliseconds, number) => {
    at = performance.now() + (milliseconds ?? 0);
    signal = number;
    pyodide.setInterruptBuffer(milliseconds === null ? null : clock);
  };
}
