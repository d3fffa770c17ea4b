/**
 * How much stack Python may take. It measures the one that it keeps in WebAssembly's memory, ten megabytes; each call takes
 * from the host's own as well, of which a browser's worker has one, and to be past its end breaks the interpreter. So Python's
 * is said to be as short as the host's can carry: what calls itself through C meets a RecursionError, whatever
 * `sys.setrecursionlimit` was told, and what is let go of in a chain is put off in time.
 */

/**
 * Bytes. Functions that WebAssembly has not optimized yet take most of the host's stack: of the recursions that were tried, the
 * first one broke Python at 270,000 (`json.dumps` of what is nested), most others at some 500,000.
 */
export const STACK_BYTES = 192 * 1024;

/** What is used of a Pyodide; its types leave it open. */
interface StackedPython {
  readonly _module: {
    readonly _emscripten_stack_get_base: () => number;
    readonly _emscripten_stack_set_limits: (base: number, end: number) => void;
    readonly _PyThreadState_Get: () => number;
    readonly _PyUnstable_ThreadState_ResetStackProtection: (thread: number) => void;
  };
}

/** Keeps Python to that stack. To be called once, when Python has booted. */
export function limitStack({ _module: module }: StackedPython): void {
  const base = module._emscripten_stack_get_base();
  module._emscripten_stack_set_limits(base, base - STACK_BYTES);
  // Threads measure the stack as they begin, of which each call that may be suspended is one.
  module._PyUnstable_ThreadState_ResetStackProtection(module._PyThreadState_Get());
}
