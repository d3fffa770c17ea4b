/**
 * How Lambda worded a time-out, to the caller and in the log, in 2016 and for years after: `2016-06-06T03:10:19.163Z REQUEST Task timed out after 10.00 seconds`.
 * `began` is in milliseconds since 1970.
 */
export function timeoutToMessage(request: string, began: number, timeout: number): string {
  const when = new Date(began + timeout).toISOString();
  return `${when} ${request} Task timed out after ${(timeout / 1000).toFixed(2)} seconds`;
}
