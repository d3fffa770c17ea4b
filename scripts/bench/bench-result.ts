/** What `npm run bench` gives each bench, and what it comes back with. */

/** What was asked for beside the bench's name. */
export interface BenchOptions {
  /** Each bench has its own number where none was given. */
  readonly rounds?: number;
}

/** What a bench comes back with, after printing it for people. */
export interface BenchResult {
  readonly figures: unknown;
  readonly passed: boolean;
}
