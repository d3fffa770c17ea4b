/**
 * `sys.excepthook` while Pyodide hands an error over to JavaScript: to get the error's text it calls the hook, with a
 * standard error of its own. That hook may be the program's, and is to be called once, at the end of its process, by
 * `harness/process_end.py`. So another one stands in its place meanwhile.
 */

/** What is used of a Pyodide; its types leave it open. */
interface WrappingPython {
  readonly _api: { capture_stderr: () => void; restore_stderr: () => string };
  readonly _module: {
    readonly _PySys_GetObject: (name: number) => number;
    readonly _PySys_SetObject: (name: number, value: number) => number;
    readonly _Py_IncRef: (object: number) => void;
    readonly _Py_DecRef: (object: number) => void;
    stringToNewUTF8(text: string): number;
  };
}

/** Lets no error that is handed over call the program's hook; `silent` is the address of one that says nothing. */
export function keepExceptHook(pyodide: WrappingPython, silent: number): void {
  const { _api: api, _module: module } = pyodide;
  const { capture_stderr: capture, restore_stderr: restore } = api;
  const name = module.stringToNewUTF8('excepthook');
  /** Zero where the program has deleted its own. */
  const hooks: number[] = [];
  api.capture_stderr = () => {
    capture();
    const hook = module._PySys_GetObject(name);
    module._Py_IncRef(hook);
    hooks.push(hook);
    module._PySys_SetObject(name, silent);
  };
  api.restore_stderr = () => {
    const hook = hooks.pop() ?? 0;
    module._PySys_SetObject(name, hook);
    module._Py_DecRef(hook);
    return restore();
  };
}
