/**
 * What a record holds under a name that comes from a reader, a file, a log or an address: `constructor` and `__proto__` are
 * names like any other, and every plain object has something under them that nobody has put there.
 */
export function ownValue<Value>(record: Readonly<Record<string, Value>>, name: string): Value | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}
