/**
 * What reader code may put in the place of an environment's messages: values over the types of the border, made by a seed.
 * Most begin as a message that an environment could have sent, in which something is another thing then; some are nothing of
 * the kind. `tests/unit/sandbox/hostile-values.test.ts` lets them arrive.
 */

/** Draws by a seed: the same at every run (mulberry32). */
export class Chance {
  #state: number;

  constructor(seed: number) {
    this.#state = Math.imul(seed, 2_654_435_761);
  }

  /** A whole number below a limit. */
  below(limit: number): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit);
  }

  /** Whether something happens that does so once in so many times. */
  once(times: number): boolean {
    return this.below(times) === 0;
  }

  /** One of some things. */
  of<T>(things: readonly [T, ...T[]]): T {
    return things[this.below(things.length)] ?? things[0];
  }
}

/** Messages that an environment sends while the page waits for a run of this number. */
export function hostileMessages(chance: Chance, run: number): readonly unknown[] {
  const maker = new Maker(chance, run);
  return Array.from({ length: 1 + chance.below(4) }, () => maker.message());
}

const NAMES: readonly [string, ...string[]] = [
  'x',
  '',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'prototype',
  '/tmp/a',
  '/var/task/lambda_function.py',
  '/tmp//b/',
  '/',
  '..',
  '../../../../etc/passwd',
  '/tmp/\0.txt',
  'NUL.txt',
  '{name}',
  '{count} {most}',
  '$& $1 $`',
  '\ud800',
  '\udc00\ud83d',
  '\u202eexe.txt',
  '\u2066',
  '\u200b',
  'a\nb',
  'a\r\nb',
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  'javascript:alert(1)',
  '%E0%A4%A',
  '😀'.repeat(100),
  'é́́́́́',
  'x'.repeat(29_999),
  '/d'.repeat(2000),
  'd/'.repeat(3999),
];

const TEXTS: readonly [string, ...string[]] = [
  ...NAMES,
  'line\n',
  'no end',
  '\n'.repeat(5000),
  '\r'.repeat(5000),
  'x'.repeat(70_000),
  '  File "constructor", line 1, in f\n',
  '  File "__proto__", line 99999999999999999999, in f\n',
  'INIT_REPORT Init Duration: 1 ms\tPhase: init\tStatus: error\n',
  'REPORT RequestId: x\tDuration: NaN ms\n',
  '{"errorMessage": "x", "errorType": "__proto__"}',
  '['.repeat(3000),
  `${'['.repeat(2000)}${']'.repeat(2000)}`,
  `{"a":${'{"a":'.repeat(500)}1${'}'.repeat(501)}`,
  'HTTP/1.1 200 OK\r\n\r\n{}',
  '\u0000\u0001\u001b[31m',
  '\ufeff\ufffe\uffff',
];

const NUMBERS: readonly [number, ...number[]] = [
  0,
  1,
  2,
  3,
  7,
  100,
  -0,
  -1,
  0.5,
  NaN,
  Infinity,
  -Infinity,
  1e308,
  5e-324,
  2 ** 31 - 1,
  2 ** 31,
  2 ** 32,
  Number.MAX_SAFE_INTEGER,
  Number.MIN_SAFE_INTEGER,
  2 ** 53,
  8.64e15,
  8.64e15 + 1,
  -8.64e15,
  1_500_000_000_000,
];

type Fields = Record<string, unknown>;

class Maker {
  readonly #chance: Chance;
  readonly #run: number;
  /** Names of bytes that may be there. */
  #blobs = 0;
  /** Whether the message that is made is one that an environment could have sent, however strange. */
  #isSound = true;

  constructor(chance: Chance, run: number) {
    this.#chance = chance;
    this.#run = run;
  }

  message(): unknown {
    const chance = this.#chance;
    this.#isSound = !chance.once(3);
    if (!this.#isSound && chance.once(10)) return this.#anything();
    const message = this.#wellShaped();
    const spoils = this.#isSound ? 0 : chance.of([0, 1, 1, 2, 5]);
    for (let count = 0; count < spoils; count += 1) this.#spoil(message);
    return message;
  }

  #wellShaped(): Fields {
    const chance = this.#chance;
    const run = chance.once(12) ? this.#number() : this.#run;
    switch (chance.below(16)) {
      case 0:
        return { type: 'ready', python: this.#name(), waits: chance.once(2) };
      case 1:
        return { type: 'awaits', file: this.#word(['python_stdlib.zip', 'zoneinfo.bin']) };
      case 2:
        return {
          type: 'began',
          run,
          beginning: {
            format: 'trace/1',
            platform: this.#name(),
            python: this.#name(),
            cold: chance.once(2),
            request: this.#name(),
            event: this.#text(),
          },
        };
      case 3:
        return {
          type: 'timeout',
          run,
          milliseconds: this.#count(),
          log: this.#text(),
          outcome: this.#outcome(),
        };
      case 4:
        return { type: 'finished', run, outcome: this.#outcome() };
      case 5:
        return chance.once(2)
          ? { type: 'exited', code: this.#number(), restarts: chance.once(2) }
          : { type: 'crashed', name: this.#name(), message: this.#text() };
      default:
        return { type: 'recorded', run, events: this.#events(), blobs: this.#bytes() };
    }
  }

  #outcome(): unknown {
    const chance = this.#chance;
    const payload = this.#text();
    const sound: readonly [unknown, ...unknown[]] = [
      { status: 'returned', payload },
      { status: 'completed', payload },
      { status: 'raised', payload },
      { status: 'exited', code: this.#number(), payload },
      { status: 'timed-out', milliseconds: this.#count(), payload },
      { status: 'shut-down', code: this.#number() },
      { status: 'limited', by: 'memory' },
    ];
    if (this.#isSound) return chance.of(sound);
    return chance.of<unknown>([
      ...sound,
      { status: 'limited', by: chance.of(['milliseconds', 'sent', 'senseless', 'constructor']) },
      { status: 'crashed', message: payload },
      { status: '__proto__', payload },
      null,
    ]);
  }

  #events(): unknown[] {
    const chance = this.#chance;
    if (chance.once(100)) return this.#many();
    return Array.from({ length: chance.below(20) }, () => this.#event());
  }

  /** More than a page may bear: many things, or one thing that is named many times. */
  #many(): unknown[] {
    const chance = this.#chance;
    const count = chance.of([300, 3000, 11_000, 25_000, 60_000, chance.once(4) ? 250_000 : 1100]);
    const one = this.#event() as Fields;
    if (chance.once(2)) return Array.from({ length: count }, () => one);
    const { kind } = one;
    return Array.from({ length: count }, (_, index) => {
      const own = String(index);
      if (kind === 'call') return { ...one, frame: index + 1, caller: index === 0 ? null : index };
      if (kind === 'file') return { ...one, path: `/tmp/${own}` };
      if (kind === 'object') return { ...one, key: own };
      if (kind === 'bucket') return { ...one, bucket: own };
      if (kind === 'absence' || kind === 'note') return { ...one, name: own };
      if (kind === 'output') return { ...one, stream: index % 2 === 0 ? 'stdout' : 'stderr', text: 'x' };
      return { ...one, frame: index % 1000 };
    });
  }

  #event(): unknown {
    const chance = this.#chance;
    const frame = chance.once(6) ? this.#number() : 1 + chance.below(6);
    const line = this.#count();
    switch (chance.below(14)) {
      case 0:
        return {
          kind: 'phase',
          phase: this.#word(['init', 'wait', 'invoke', 'respond']),
          request: this.#nameOrNull(),
        };
      case 1: {
        const [from, to] = [this.#party(), this.#party()];
        return { kind: 'message', from, to, what: this.#name(), body: this.#text() };
      }
      case 2:
      case 3: {
        const caller = chance.once(3) ? null : 1 + chance.below(6);
        const owner = this.#word(['handler', 'runtime', 'library']);
        const [source, name, locals] = [this.#name(), this.#name(), this.#locals()];
        return { kind: 'call', frame, caller, source, line, name, owner, locals };
      }
      case 4:
        return {
          kind: 'line',
          frame,
          line,
          ...(chance.once(2) ? { changed: this.#locals() } : {}),
          ...(chance.once(2) ? { gone: this.#gone() } : {}),
        };
      case 5:
        return { kind: 'return', frame, value: this.#text() };
      case 6:
        return { kind: 'raise', frame, line, error: this.#text() };
      case 7:
        return { kind: 'bucket', bucket: this.#name(), created: this.#moment() };
      case 8: {
        const isGone = chance.once(4);
        const metadata = this.#locals();
        return {
          kind: 'object',
          bucket: this.#name(),
          key: this.#name(),
          size: isGone ? null : this.#count(),
          blob: isGone ? null : this.#blob(),
          about: isGone
            ? null
            : { modified: this.#moment(), etag: this.#name(), type: this.#name(), metadata },
        };
      }
      case 9:
        return {
          kind: 'file',
          path: this.#name(),
          size: chance.once(4) ? null : this.#count(),
          blob: this.#blob(),
        };
      case 10:
        return {
          kind: 'absence',
          what: this.#word(['threads', 'module']),
          name: this.#name(),
          ...(chance.once(2) ? { at: { file: this.#name(), line, name: this.#name() } } : {}),
        };
      case 11: {
        const at = chance.once(2) ? null : { file: this.#name(), line, name: this.#name() };
        return { kind: 'note', what: this.#word(['left', 'syntax']), name: this.#name(), at };
      }
      case 12:
        return { kind: 'cut', what: this.#word(['events', 'output']), limit: this.#count() };
      default:
        return { kind: 'output', stream: this.#word(['stdout', 'stderr', 'platform']), text: this.#text() };
    }
  }

  #bytes(): Fields {
    const names = Array.from(
      { length: this.#blobs + this.#chance.below(2) },
      (_, at) => `file-${String(at)}`,
    );
    const length = this.#chance.of([0, 1, 100, 1000]);
    const blobs = Object.fromEntries(names.map((name) => [name, new Uint8Array(length)]));
    return !this.#isSound && this.#chance.once(8) ? withOwn(blobs, this.#name(), new Uint8Array(1)) : blobs;
  }

  #blob(): string | null {
    if (this.#chance.once(3)) return null;
    this.#blobs += 1;
    return `file-${String(this.#chance.below(this.#blobs + 1))}`;
  }

  #locals(): unknown {
    const chance = this.#chance;
    const count = chance.once(1000) ? chance.of([1000, 20_000, 110_000]) : chance.below(4);
    const entries = Array.from({ length: count }, (_, at) => [`name_${String(at)}`, 'v'] as const);
    const locals = Object.fromEntries(entries);
    return chance.once(2) ? withOwn(locals, this.#name(), this.#text()) : locals;
  }

  #gone(): unknown[] {
    const chance = this.#chance;
    if (!this.#isSound && chance.once(8)) return Array<unknown>(chance.of([1, 3, 1000]));
    return Array.from({ length: chance.below(4) }, () => this.#name());
  }

  #party(): string {
    return this.#word(['service', 'bootstrap', 'handler', 'caller']);
  }

  #word(words: readonly [string, ...string[]]): string {
    return !this.#isSound && this.#chance.once(80) ? this.#name() : this.#chance.of(words);
  }

  #name(): string {
    const chance = this.#chance;
    return !this.#isSound && chance.once(200) ? 'y'.repeat(chance.of([30_001, 1_000_000])) : chance.of(NAMES);
  }

  #nameOrNull(): string | null {
    return this.#chance.once(2) ? null : this.#name();
  }

  #text(): string {
    const chance = this.#chance;
    if (!this.#isSound && chance.once(200))
      return chance.of(['x', '\n', '\r', 'ab\n', '\ud800']).repeat(chance.of([1_000_000, 11_000_000]));
    return chance.of(TEXTS);
  }

  #count(): number {
    return this.#chance.once(4) ? this.#number() : this.#chance.below(50);
  }

  #number(): number {
    if (this.#isSound) return this.#chance.of([0, 1, 2, 3, 7, 100, 2 ** 31 - 1]);
    return this.#chance.once(3) ? this.#chance.of(NUMBERS) : this.#chance.below(10);
  }

  #moment(): number {
    return this.#isSound ? this.#chance.of([0, 1_500_000_000_000, 8.64e15, -8.64e15]) : this.#number();
  }

  /** Puts something else in the place of something that is somewhere in a value, or takes it away. */
  #spoil(value: Fields): void {
    const chance = this.#chance;
    let place: Fields = value;
    for (;;) {
      const names = Object.keys(place).slice(0, 30);
      const [first, ...others] = names;
      if (first === undefined) return;
      const name = chance.of([first, ...others]);
      const inner = place[name];
      const isOpen = typeof inner === 'object' && inner !== null && !ArrayBuffer.isView(inner);
      if (isOpen && !chance.once(4)) {
        place = inner as Fields;
        continue;
      }
      const way = chance.below(8);
      if (way === 0) Reflect.deleteProperty(place, name);
      else if (way === 1) Object.assign(place, { [this.#name().slice(0, 20)]: this.#anything() });
      else Reflect.defineProperty(place, name, plainly(this.#anything()));
      return;
    }
  }

  /** Whatever crosses a port, and some things that do not. */
  #anything(): unknown {
    const chance = this.#chance;
    const makers: readonly [() => unknown, ...(() => unknown)[]] = [
      () => undefined,
      () => null,
      () => chance.once(2),
      () => chance.of(NUMBERS),
      () => this.#name(),
      () => this.#text(),
      () => 10n ** 30n,
      () => ({}),
      () => [],
      () => Array<unknown>(chance.of([1, 1000, 100_000])),
      () => Object.assign(Array<unknown>(3), { length: 4_000_000_000 }),
      () => Object.assign([1, 2], { more: 'x' }),
      () => new Date(chance.of([0, NaN, 8.64e15])),
      () => /(a+)+$/g,
      () => new Map<unknown, unknown>([['kind', 'output']]),
      () => new Set(['recorded']),
      () => new RangeError('Maximum call stack size exceeded'),
      () => new ArrayBuffer(chance.of([0, 8, 100_000])),
      () => new Uint8Array(new ArrayBuffer(chance.once(20) ? 130_000_000 : 1_000_000), 0, 1),
      () => new Float64Array([NaN, Infinity]),
      () => new DataView(new ArrayBuffer(8)),
      () => new String('recorded'),
      () => new Number(NaN),
      () => cyclic(),
      () => nested(chance.of([10, 1000, 3000])),
      () => withOwn({}, '__proto__', { kind: 'output' }),
      () => ({
        get kind() {
          return 'output';
        },
      }),
      () => this.#event(),
      () => this.#wellShaped(),
      () => () => undefined,
      () => Symbol('recorded'),
      () => new WeakMap(),
    ];
    return chance.of(makers)();
  }
}

/** A property of its own, whatever it is called. */
function withOwn(record: Fields, name: string, value: unknown): Fields {
  return Object.defineProperty({ ...record }, name, plainly(value));
}

function plainly(value: unknown): PropertyDescriptor {
  return { value, configurable: true, enumerable: true, writable: true };
}

function cyclic(): unknown {
  const value: Fields = { type: 'recorded', run: 1, blobs: {} };
  value.events = [value];
  return value;
}

function nested(depth: number): unknown {
  let value: unknown = 'x';
  for (let level = 0; level < depth; level += 1) value = [value];
  return value;
}
