/**
 * What a page's address may change of its labs. The options are there for tests and for the curious, and can only
 * take away: `?wait=queue` runs as in a browser that cannot let Python wait, `?deadline=1000` ends a run after so
 * many milliseconds, never later than without it.
 */
export interface QueryOptions {
  readonly mayWait: boolean;
  readonly deadline: number;
}

/** The options in the query part of an address; what is no number of milliseconds counts as not given. */
export function readQueryOptions(search: string, longestDeadline: number): QueryOptions {
  const parameters = new URLSearchParams(search);
  const deadline = Number(parameters.get('deadline') || Number.NaN);
  return {
    mayWait: parameters.get('wait') !== 'queue',
    deadline: deadline > 0 ? Math.min(deadline, longestDeadline) : longestDeadline,
  };
}
