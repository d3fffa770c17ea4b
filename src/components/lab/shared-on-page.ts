/** A value that parts of a page have alike, written by the first of them. */
export interface Shared<T> {
  readonly value: T;
  /** The id of the element that holds it. */
  readonly id: string;
  readonly isFirst: boolean;
}

const values = new WeakMap<Request, string[]>();

/** Gives equal values of one page one id, and says to the first who asks that it has to write the value. */
export function sharedOnPage<T>(request: Request, name: string, value: T): Shared<T> {
  const known = values.get(request) ?? [];
  values.set(request, known);
  const text = `${name} ${JSON.stringify(value)}`;
  const place = known.indexOf(text);
  if (place === -1) known.push(text);
  return { value, id: `${name}-${String(place === -1 ? known.length : place + 1)}`, isFirst: place === -1 };
}
