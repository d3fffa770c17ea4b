/** Do the numbers of a REPORT fit one another, and is init in what was billed? The forms: shared facts, "What a reader may conclude". */

/** What a REPORT says of time, in ms. */
export interface Times {
  readonly durationMs: number;
  readonly billedMs: number;
  /** Null without Init Duration. */
  readonly initMs: number | null;
  /** The limit that ended it, where a time-out of the old form did: only whole seconds were billed then. */
  readonly cappedMs: number | null;
}

/**
 * How the billed time came about: rounded up from Duration (`run`), from Duration and init (`run-and-init`), in steps of
 * 100 ms (`steps`), or cut at the limit (`capped`). `unclear` where init is so short that both fit; null where none does.
 */
export type Billing = 'run' | 'run-and-init' | 'steps' | 'capped' | 'unclear' | null;

/** Durations are rounded to hundredths before they're logged: 31000.00 and 3439.00 were billed as 34440. */
const ROUNDING = 0.0101;

/** Steps of billing until December 2020, in ms. */
const STEP = 100;

/** Which of the forms the numbers have. */
export function billingOf({ durationMs, billedMs, initMs, cappedMs }: Times): Billing {
  const isRun = isCeiling(billedMs, durationMs);
  if (initMs === null) {
    if (isRun) return 'run';
  } else {
    const isBoth = isCeiling(billedMs, durationMs + initMs);
    if (isRun || isBoth) return isRun && isBoth ? 'unclear' : isRun ? 'run' : 'run-and-init';
  }
  if (billedMs % STEP === 0 && Math.ceil(durationMs / STEP) * STEP === billedMs) return 'steps';
  if (cappedMs !== null && billedMs === cappedMs && durationMs >= cappedMs) return 'capped';
  return null;
}

function isCeiling(billed: number, exact: number): boolean {
  return billed === Math.ceil(exact - ROUNDING) || billed === Math.ceil(exact + ROUNDING);
}
