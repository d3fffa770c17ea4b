const labs = new WeakMap<Request, number>();

/** Counts the labs of one page from 1. The first writes what all share, and has the plain names to itself. */
export function numberOnPage(request: Request): number {
  const number = (labs.get(request) ?? 0) + 1;
  labs.set(request, number);
  return number;
}
