/**
 * What a code link says, in version 1 of the format: one record for the labs and for a playground. Its JSON has the keys
 * below and no others; all but `at` may be left out, and then hold what they hold where the link is opened. A lab's link
 * carries only what differs from the lab's own texts, each such text whole.
 *
 * The format of version 1 never changes (`tests/fixtures/code-links.json` keeps it): a new key is a new version.
 */
import { UNSEEN } from '../../trace/unseen.ts';
import { LinkFault } from './link-fault.ts';

/** Version 1. */
export interface CodeRecord {
  /** The id of a lab, or `playground`. */
  readonly at: string;
  readonly platform?: string;
  /** How the process is started: one of the platform's ways. */
  readonly start?: string;
  /** Files by their absolute paths; null for one that is to be away. */
  readonly files?: Readonly<Record<string, string | null>>;
  readonly handler?: string;
  /** The event's text as it was typed: it need not be JSON yet. */
  readonly event?: string;
  /** Only where their writer has said so: variables hold secrets. */
  readonly variables?: Readonly<Record<string, string>>;
  /** Milliseconds. */
  readonly timeout?: number;
  /** Megabytes. */
  readonly memory?: number;
  /** Files of layers, by their absolute paths below `/opt`. */
  readonly layers?: Readonly<Record<string, string>>;
  /** A step of the recorded run, from 1. */
  readonly step?: number;
}

type Check = (value: unknown, key: string) => void;

/** Where a process finds its layers. */
export const LAYERS_ROOT = '/opt';

const CHECKS: Readonly<Record<keyof CodeRecord, Check>> = {
  at: matching(/^[A-Za-z][\w-]{0,119}$/),
  platform: matching(/^[a-z][a-z0-9-]{0,59}$/),
  start: matching(/^[a-z][a-z0-9-]{0,59}$/),
  files: mapOf(checkPath, (value, path) => {
    if (value !== null) checkText(value, path);
  }),
  handler(value, key) {
    if (typeof value !== 'string' || value.length > 200) throw new LinkFault('value', key);
    checkName(value);
  },
  event: checkText,
  variables: mapOf((name) => {
    checkName(name);
    if (!/^[A-Za-z_]\w{0,199}$/.test(name) || name === '__proto__') throw new LinkFault('value', 'variables');
  }, checkText),
  timeout: upTo(900_000),
  memory: upTo(10_240),
  layers: mapOf((path) => {
    checkPath(path);
    if (!isBelow(LAYERS_ROOT, path)) throw new LinkFault('path', path);
  }, checkText),
  step: upTo(9_999_999),
};

/** Reads a record from a value that comes from anywhere. Throws `LinkFault`. */
export function valueToRecord(value: unknown): CodeRecord {
  if (!isObject(value)) throw new LinkFault('damaged');
  // Own keys only, and all of them: `__proto__` is one where JSON has it.
  for (const [key, held] of Object.entries(value)) {
    if (!Object.hasOwn(CHECKS, key)) throw new LinkFault('unknown', key);
    CHECKS[key as keyof CodeRecord](held, key);
  }
  if (!Object.hasOwn(value, 'at')) throw new LinkFault('damaged');
  return value as unknown as CodeRecord;
}

/** Whether a path that has passed as one of a record lies below a folder. */
export function isBelow(folder: string, path: string): boolean {
  return path.startsWith(`${folder}/`);
}

/**
 * Controls of direction that can show a line in another order than Python reads it in. Texts in any script do without: marks
 * and letters that run from right to left pass.
 */
const REORDERING = /[\u202a-\u202e\u2066-\u2069]/;

/** Lines of one text: a link of eight thousand characters holds some 1,250 of code, and drawing many more would stop a page. */
export const MAX_LINES = 1500;

function checkName(name: string): void {
  if (UNSEEN.test(name)) throw new LinkFault('name');
}

function checkPath(path: string): void {
  checkName(path);
  const [first, ...parts] = path.split('/');
  const isWhole = parts.length > 0 && parts.every((part) => part !== '' && part !== '.' && part !== '..');
  if (first !== '' || !isWhole || path.includes('\\') || path.length > 255) throw new LinkFault('path', path);
}

function checkText(value: unknown, key: string): asserts value is string {
  if (typeof value !== 'string') throw new LinkFault('value', key);
  if (REORDERING.test(value)) throw new LinkFault('order', key);
  if (value.split('\n', MAX_LINES + 1).length > MAX_LINES) throw new LinkFault('huge', key);
}

function matching(pattern: RegExp): Check {
  return (value, key) => {
    if (typeof value !== 'string' || !pattern.test(value)) throw new LinkFault('value', key);
  };
}

function upTo(most: number): Check {
  return (value, key) => {
    if (!Number.isInteger(value) || (value as number) < 1 || (value as number) > most)
      throw new LinkFault('value', key);
  };
}

function mapOf(name: (name: string) => void, entry: Check): Check {
  return (value, key) => {
    if (!isObject(value)) throw new LinkFault('value', key);
    for (const [one, held] of Object.entries(value)) {
      name(one);
      entry(held, one);
    }
  };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
