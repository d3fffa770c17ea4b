/**
 * How deep values may be nested that Python writes out (`repr`), compares, or lets go of. Python 3.14 measures the stack
 * that it keeps in WebAssembly's memory; the host's own, which each call takes from as well, is full long before, and
 * that breaks the interpreter. So the functions behind the containers' types count here how deep they are: the first
 * two raise then as Python 3.12 does, the last leaves what is inside for later, as it does where its stack is short.
 * The functions that count are WebAssembly: a frame of JavaScript's in between would keep Python from being suspended.
 */
import { ownValue } from '../trace/own-value.ts';

/** As deep as Python 3.12 goes. */
const NESTING_LIMIT = 1497;
/** Whatever keeps the stack short: nobody sees it. */
const DISPOSAL_LIMIT = 200;

const CONTAINERS = 'list, tuple, dict, deque, OrderedDict';
const KINDS = `${CONTAINERS}, set, frozenset, defaultdict, SimpleNamespace, MappingProxyType`;

/** Every class that Python's collector of garbage knows the objects of: only these hold others, in chains of any length. */
const HOLDERS = [
  '*(lambda walk: walk(walk, object))(lambda walk, kind: [*([kind] if kind.__flags__ >> 14 & 1 else ()),',
  '*(deeper for sub in type.__subclasses__(kind) for deeper in walk(walk, sub))])',
].join(' ');

/** Places in the type object of a 32-bit Python, in words of four bytes; the tests hold that they are there. */
const SLOTS = [
  { word: 6, kind: 'dispose', text: '', types: HOLDERS },
  {
    word: 11,
    kind: 'repr',
    text: 'maximum recursion depth exceeded while getting the repr of an object',
    types: KINDS,
  },
  { word: 25, kind: 'compare', text: 'maximum recursion depth exceeded in comparison', types: CONTAINERS },
] as const;

type Kind = (typeof SLOTS)[number]['kind'];

/** What is used of a Pyodide and of its module; its types leave these open. */
interface CountedPython {
  runPython(code: string): unknown;
  readonly _module: {
    readonly HEAPU32: Uint32Array;
    readonly wasmTable: WebAssembly.Table;
    readonly _PyExc_RecursionError: number;
    readonly _PyErr_SetString: (kind: number, text: number) => void;
    readonly _PyThreadState_Get: () => number;
    readonly _PyUnstable_ThreadState_SetStackProtection: (
      thread: number,
      start: number,
      size: number,
    ) => number;
    readonly _PyUnstable_ThreadState_ResetStackProtection: (thread: number) => void;
    stringToNewUTF8(text: string): number;
  };
}

/** One function of Python's, by its place in the table of functions, and where it will lie from now on. */
interface Counted {
  readonly kind: Kind;
  readonly place: number;
  readonly moved: number;
  readonly text: number;
}

/** Lets the containers' functions count. To be called once, when Python has booted. */
export function limitNesting(pyodide: CountedPython): void {
  const module = pyodide._module;
  const found = new Map<number, { readonly kind: Kind; readonly text: number }>();
  for (const { word, kind, text, types } of SLOTS) {
    const message = module.stringToNewUTF8(text);
    // Types may share a function.
    for (const id of idsOf(pyodide, types))
      found.set(module.HEAPU32[id / 4 + word] ?? 0, { kind, text: message });
  }
  const { wasmTable } = module;
  const first = wasmTable.grow(found.size);
  const counted = [...found].map(([place, { kind, text }], index): Counted => {
    wasmTable.set(first + index, wasmTable.get(place));
    return { kind, place, moved: first + index, text };
  });
  const error = module.HEAPU32[module._PyExc_RecursionError / 4] ?? 0;
  const bytes = writeModule(counted, error);
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes), {
    e: {
      t: wasmTable,
      f: module._PyErr_SetString,
      g: module._PyThreadState_Get,
      s: module._PyUnstable_ThreadState_SetStackProtection,
      r: module._PyUnstable_ThreadState_ResetStackProtection,
    },
  });
  counted.forEach(({ place }, index) => {
    wasmTable.set(place, ownValue(exports, String(index)));
  });
}

function idsOf(pyodide: CountedPython, types: string): number[] {
  const text = pyodide.runPython(`
    (lambda OrderedDict, defaultdict, deque, MappingProxyType, SimpleNamespace: ' '.join(
        str(id(kind)) for kind in [${types}]
    ))(
        *(getattr(__import__('collections'), name) for name in ('OrderedDict', 'defaultdict', 'deque')),
        *(getattr(__import__('types'), name) for name in ('MappingProxyType', 'SimpleNamespace')),
    )
  `) as string;
  return text.split(' ').map(Number);
}

const I32 = 0x7f;
/** A stack that begins far above everything: what is on it seems to be past its end. */
const ELSEWHERE = [0x7000_0000, 0x0080_0000] as const;

/** The types of these functions: their parameters, and whether they give something back. */
const TYPES: Readonly<Record<Kind, { readonly index: number; readonly parameters: number }>> = {
  repr: { index: 0, parameters: 1 },
  compare: { index: 1, parameters: 3 },
  dispose: { index: 2, parameters: 1 },
};

/** A module that exports a function for each of these, by number. */
function writeModule(counted: readonly Counted[], error: number): Uint8Array<ArrayBuffer> {
  const section = (id: number, items: readonly number[][]): number[] => {
    const content = [...unsigned(items.length), ...items.flat()];
    return [id, ...unsigned(content.length), ...content];
  };
  return new Uint8Array([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    // Types: those three, and those of Python's functions.
    ...section(1, [
      [0x60, 1, I32, 1, I32],
      [0x60, 3, I32, I32, I32, 1, I32],
      [0x60, 1, I32, 0],
      [0x60, 2, I32, I32, 0],
      [0x60, 0, 1, I32],
    ]),
    // Imports: Python's table of functions, and four of its functions.
    ...section(2, [
      [...name('e'), ...name('t'), 0x01, 0x70, 0x00, 0x00],
      [...name('e'), ...name('f'), 0x00, 3],
      [...name('e'), ...name('g'), 0x00, 4],
      [...name('e'), ...name('s'), 0x00, 1],
      [...name('e'), ...name('r'), 0x00, 2],
    ]),
    ...section(
      3,
      counted.map(({ kind }) => [TYPES[kind].index]),
    ),
    // Two counts: of what is nested, and of what is let go of.
    ...section(6, [
      [I32, 0x01, 0x41, 0x00, 0x0b],
      [I32, 0x01, 0x41, 0x00, 0x0b],
    ]),
    ...section(
      7,
      counted.map((_, index) => [...name(String(index)), 0x00, ...unsigned(index + 4)]),
    ),
    ...section(
      10,
      counted.map((one) => {
        const body = one.kind === 'dispose' ? writeDisposal(one) : writeNesting(one, error);
        return [...unsigned(body.length), ...body];
      }),
    ),
  ]);
}

/** Adds 1 (0x6a) to a count or takes it away (0x6b). */
function count(global: number, instruction: 0x6a | 0x6b): number[] {
  return [0x23, global, 0x41, 0x01, instruction, 0x24, global];
}

function isAtLimit(global: number, limit: number): number[] {
  return [0x23, global, 0x41, ...signed(limit), 0x4e, 0x04, 0x40];
}

function callOriginal({ kind, moved }: Counted): number[] {
  const { index, parameters } = TYPES[kind];
  const got = Array.from({ length: parameters }, (_, parameter) => [0x20, parameter]).flat();
  return [...got, 0x41, ...signed(moved), 0x11, index, 0x00];
}

/** At the limit it sets the error and gives back null. */
function writeNesting(one: Counted, error: number): number[] {
  const { parameters } = TYPES[one.kind];
  return [
    ...[0x01, 0x01, I32],
    ...isAtLimit(0, NESTING_LIMIT),
    ...[0x41, ...signed(error), 0x41, ...signed(one.text), 0x10, 0x00, 0x41, 0x00, 0x0f, 0x0b],
    ...count(0, 0x6a),
    ...callOriginal(one),
    ...[0x21, parameters],
    ...count(0, 0x6b),
    ...[0x20, parameters, 0x0b],
  ];
}

/** At the limit the thread's stack seems to be at its end meanwhile: then Python puts what is inside off. */
function writeDisposal(one: Counted): number[] {
  const [start, size] = ELSEWHERE;
  return [
    0x00,
    ...isAtLimit(1, DISPOSAL_LIMIT),
    ...[0x10, 0x01, 0x41, ...signed(start), 0x41, ...signed(size), 0x10, 0x02, 0x1a],
    ...callOriginal(one),
    ...[0x10, 0x01, 0x10, 0x03, 0x0f, 0x0b],
    ...count(1, 0x6a),
    ...callOriginal(one),
    ...count(1, 0x6b),
    0x0b,
  ];
}

function name(text: string): number[] {
  return [text.length, ...new TextEncoder().encode(text)];
}

/** LEB128, as WebAssembly writes numbers. */
function unsigned(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...unsigned(value >>> 7)];
}

function signed(value: number): number[] {
  const rest = value >> 7;
  const last = value & 0x7f;
  const isDone = (rest === 0 && (last & 0x40) === 0) || (rest === -1 && (last & 0x40) !== 0);
  return isDone ? [last] : [last | 0x80, ...signed(rest)];
}
