/**
 * A JSON file that people write, read and checked. What is wrong with it becomes sentences that name the file, the
 * key and what is allowed there.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { z } from 'astro/zod';

const ROOT = path.resolve(import.meta.dirname, '../..');

/** A file that people write is not as it has to be; the message names it, and says what to do. */
export class BadFile extends Error {
  override name = 'BadFile';
}

/** Reads a file, absolute, by its schema. Rejects with BadFile, and with the file system's error where there is none. */
export async function readChecked<Schema extends z.ZodType>(
  file: string,
  schema: Schema,
): Promise<z.output<Schema>> {
  return checkText(await readFile(file, 'utf8'), nameOf(file), schema);
}

/** A file's path as a message names it: from the project's folder on. */
export function nameOf(file: string): string {
  return path.relative(ROOT, file).replaceAll(path.sep, '/');
}

/** What a file's text holds; `name` is the file's in messages. Throws BadFile. */
export function checkText<Schema extends z.ZodType>(
  text: string,
  name: string,
  schema: Schema,
): z.output<Schema> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new BadFile(`${name} is no JSON: ${(error as Error).message}.`);
  }
  const result = schema.safeParse(json);
  if (result.success) return result.data;
  const sentences = result.error.issues.flatMap((issue) => issueToSentences(issue, json, schema));
  throw new BadFile(sentences.map((sentence) => `${name}: ${sentence}`).join('\n'));
}

type Issue = z.core.$ZodIssue;

function issueToSentences(issue: Issue, json: unknown, schema: z.core.$ZodType): string[] {
  const where = pathToWords(issue.path);
  switch (issue.code) {
    case 'unrecognized_keys': {
      const allowed = keysOf(schemaAt(schema, issue.path));
      const place = issue.path.length === 0 ? '' : ` in ${where}`;
      return issue.keys.map(
        (key) => `there is no key "${key}"${place}${likeliest(key, allowed)}; allowed are ${list(allowed)}.`,
      );
    }
    case 'invalid_union': {
      // The way whose first complaint lies deepest is the one that was meant.
      const [meant] = [...issue.errors].sort((one, other) => depthOf(other) - depthOf(one));
      if (meant === undefined) return [`${where} is none of what is allowed there.`];
      return meant.flatMap((error) =>
        issueToSentences({ ...error, path: [...issue.path, ...error.path] }, json, schema),
      );
    }
    case 'invalid_type':
      return valueAt(json, issue.path) === undefined
        ? [`the key ${where} is missing; it is ${article(issue.expected)}.`]
        : [`${where} is ${article(issue.expected)}, and not ${JSON.stringify(valueAt(json, issue.path))}.`];
    case 'invalid_value':
      return [
        `${where} is ${JSON.stringify(valueAt(json, issue.path))}; allowed is ${list(issue.values.map(String))}.`,
      ];
    case 'custom':
    case 'invalid_element':
    case 'invalid_format':
    case 'invalid_key':
    case 'not_multiple_of':
    case 'too_big':
    case 'too_small':
      return [`${where}: ${issue.message}.`];
    default:
      return issue satisfies never;
  }
}

function depthOf(errors: readonly Issue[]): number {
  return Math.max(0, ...errors.map(({ path, code }) => path.length + (code === 'unrecognized_keys' ? 1 : 0)));
}

function pathToWords(keys: readonly PropertyKey[]): string {
  return keys.length === 0 ? 'the whole of it' : `"${keys.map(String).join('.')}"`;
}

function article(type: string): string {
  const names: Record<string, string> = {
    array: 'a list',
    object: 'an object',
    record: 'an object',
    int: 'a whole number',
    string: 'a text',
  };
  return names[type] ?? `a ${type}`;
}

function list(names: readonly string[]): string {
  return names.length === 0 ? 'no keys' : names.join(', ');
}

/** Says which key may have been meant. */
function likeliest(key: string, allowed: readonly string[]): string {
  const near = allowed
    .map((name) => ({ name, distance: distanceOf(key.toLowerCase(), name.toLowerCase()) }))
    .sort((one, other) => one.distance - other.distance)[0];
  return near !== undefined && near.distance <= Math.max(2, key.length / 3)
    ? ` (is "${near.name}" meant?)`
    : '';
}

/** How many letters have to be put in, taken out or changed. */
function distanceOf(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let i = 1; i <= one.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= other.length; j += 1) {
      const changed = (row[j - 1] ?? 0) + (one[i - 1] === other[j - 1] ? 0 : 1);
      next.push(Math.min(changed, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[other.length] ?? 0;
}

function valueAt(json: unknown, keys: readonly PropertyKey[]): unknown {
  return keys.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[key] : undefined,
    json,
  );
}

/** What of a schema's insides is looked at; Zod keeps more there. */
interface Inside {
  readonly type: string;
  readonly shape?: Readonly<Record<string, z.core.$ZodType>>;
  readonly element?: z.core.$ZodType;
  readonly valueType?: z.core.$ZodType;
  readonly innerType?: z.core.$ZodType;
  readonly options?: readonly z.core.$ZodType[];
}

function inside(schema: z.core.$ZodType): Inside {
  return schema._zod.def;
}

/** The schema of what lies at a path, past defaults and options. */
function schemaAt(schema: z.core.$ZodType, keys: readonly PropertyKey[]): z.core.$ZodType | null {
  const { type, shape, element, valueType, innerType, options } = inside(schema);
  if (innerType !== undefined) return schemaAt(innerType, keys);
  if (type === 'union') {
    const objects = (options ?? []).filter((option) => inside(option).type === 'object');
    return objects[0] === undefined ? null : schemaAt(objects[0], keys);
  }
  const [key, ...rest] = keys;
  if (key === undefined) return schema;
  const next = shape?.[String(key)] ?? element ?? valueType;
  return next === undefined ? null : schemaAt(next, rest);
}

function keysOf(schema: z.core.$ZodType | null): string[] {
  return schema === null ? [] : Object.keys(inside(schema).shape ?? {});
}
