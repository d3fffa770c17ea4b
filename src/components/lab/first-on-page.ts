const seen = new WeakSet<Request>();

/** True once for each page: what several labs share is written by the first. */
export function isFirstOnPage(request: Request): boolean {
  if (seen.has(request)) return false;
  seen.add(request);
  return true;
}
