/**
 * Numbers of system errors. Python's C code here makes its errors with the numbers of WebAssembly's system interface, and
 * finds their classes by these; a program is to meet Linux's. So the function that makes an `OSError` is wrapped: what C
 * made tells Linux's number afterwards, and what a program makes of Linux's number gets the class that belongs to it.
 */
/** What C makes errors of, and what they are to tell: `changes` of `harness/error_numbers.py`. */
export type ErrorChange = readonly [number: number, text: string, shown: number, shownText: string];

/** Where a type has the function that makes its objects: in words of four bytes, in a 32-bit Python. */
const NEW = 39;
/** Where an object names its type. */
const TYPE = 1;

interface Module {
  readonly HEAPU32: Uint32Array;
  readonly wasmTable: WebAssembly.Table;
  UTF8ToString(address: number): string;
  stringToNewUTF8(text: string): number;
  _PyTuple_Size(tuple: number): number;
  _PyTuple_GetItem(tuple: number, index: number): number;
  _PyTuple_New(size: number): number;
  _PyTuple_SetItem(tuple: number, index: number, item: number): number;
  _PyLong_AsLong(number: number): number;
  _PyLong_FromLong(number: number): number;
  _PyErr_Clear(): void;
  _PyUnicode_AsUTF8(text: number): number;
  _PyUnicode_FromString(text: number): number;
  _PyObject_GetAttrString(object: number, name: number): number;
  _PyObject_SetAttrString(object: number, name: number, value: number): number;
  _Py_IncRef(object: number): void;
  _Py_DecRef(object: number): void;
}

/** What is used of a Pyodide; its types leave these open. */
interface FailingPython {
  runPython(code: string): unknown;
  readonly _module: Module;
}

type MakeObject = (type: number, args: number, keywords: number) => number;

/** Lets errors tell Linux's numbers. To be called once, when Python has booted. */
export function showLinuxErrors(python: FailingPython, changes: readonly ErrorChange[]): void {
  const module = python._module;
  const [osError = 0, int = 0, str = 0] = (
    python.runPython('" ".join(str(id(kind)) for kind in (OSError, int, str))') as string
  )
    .split(' ')
    .map(Number);
  const place = module.HEAPU32[osError / 4 + NEW] ?? 0;
  const make = module.wasmTable.get(place) as MakeObject;
  const made = new Map(changes.map((change) => [change[0], change]));
  const given = new Map(changes.map(([number, , shown]) => [shown, number]));
  const names = new Map(
    ['args', 'errno', 'strerror'].map((name) => [name, module.stringToNewUTF8(name)] as const),
  );
  const texts = new Map(changes.map(([, , shown, text]) => [shown, module.stringToNewUTF8(text)]));

  const typeOf = (object: number): number => module.HEAPU32[object / 4 + TYPE] ?? 0;
  /** A copy of a tuple with other items at its beginning, which it takes over. */
  const withItems = (tuple: number, items: readonly number[]): number => {
    const size = module._PyTuple_Size(tuple);
    const copy = module._PyTuple_New(size);
    for (let index = 0; index < size; index += 1) {
      const item = items[index] ?? module._PyTuple_GetItem(tuple, index);
      if (items[index] === undefined) module._Py_IncRef(item);
      module._PyTuple_SetItem(copy, index, item);
    }
    return copy;
  };
  const set = (error: number, name: string, value: number): void => {
    module._PyObject_SetAttrString(error, names.get(name) ?? 0, value);
    module._Py_DecRef(value);
  };
  /** Lets an error tell this number, and this text unless it is to keep its own. */
  const show = (error: number, number: number, text: number): void => {
    const args = module._PyObject_GetAttrString(error, names.get('args') ?? 0);
    const items = [
      module._PyLong_FromLong(number),
      ...(text === 0 ? [] : [module._PyUnicode_FromString(text)]),
    ];
    set(error, 'args', withItems(args, items));
    module._Py_DecRef(args);
    set(error, 'errno', module._PyLong_FromLong(number));
    if (text !== 0) set(error, 'strerror', module._PyUnicode_FromString(text));
  };

  const makeError: MakeObject = (type, args, keywords) => {
    const size = module._PyTuple_Size(args);
    const first = size >= 2 ? module._PyTuple_GetItem(args, 0) : 0;
    if (first === 0 || typeOf(first) !== int) return make(type, args, keywords);
    const number = module._PyLong_AsLong(first);
    // It does not fit, and is nobody's.
    if (number === -1) module._PyErr_Clear();
    const second = module._PyTuple_GetItem(args, 1);
    const change = made.get(number);
    // A program would have to say both in the words of C here.
    if (
      change !== undefined &&
      typeOf(second) === str &&
      module.UTF8ToString(module._PyUnicode_AsUTF8(second)) === change[1]
    ) {
      const error = make(type, args, keywords);
      if (error !== 0) show(error, change[2], texts.get(change[2]) ?? 0);
      return error;
    }
    const known = given.get(number);
    // Classes of errors that a program makes by their own names are as they are.
    if (type !== osError || known === number || (known === undefined && change === undefined))
      return make(type, args, keywords);
    // Where Linux has no such number, none decides of the class.
    const passed = withItems(args, [module._PyLong_FromLong(known ?? 0)]);
    const error = make(type, passed, keywords);
    module._Py_DecRef(passed);
    if (error !== 0) show(error, number, 0);
    return error;
  };
  module.wasmTable.set(place, asWasmFunction(makeError));
}

/** A function for Python's table of functions, which takes none of JavaScript's own. */
function asWasmFunction(makeObject: MakeObject): unknown {
  const I32 = 0x7f;
  const bytes = new Uint8Array([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    // The one type, (i32, i32, i32) → i32; an import of it, `e.f`; and its export as `f`.
    ...[1, 8, 1, 0x60, 3, I32, I32, I32, 1, I32],
    ...[2, 7, 1, 1, 0x65, 1, 0x66, 0, 0],
    ...[7, 5, 1, 1, 0x66, 0, 0],
  ]);
  return new WebAssembly.Instance(new WebAssembly.Module(bytes), { e: { f: makeObject } }).exports.f;
}
