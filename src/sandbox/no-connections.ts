/**
 * Connections that are refused. Emscripten makes a WebSocket of each, which says that it is connected before it is; a
 * sandbox has no network, and a process is to hear of it as it would of a port where nobody listens.
 */

/** "Connection refused", in the numbers of WebAssembly's system interface. */
const ECONNREFUSED = 14;

/** What is used of a Pyodide; its types leave it open. */
interface ConnectingPython {
  readonly FS: unknown;
  readonly _module: unknown;
}

/** Refuses every connection of Python's own sockets. */
export function refuseConnections(pyodide: ConnectingPython): void {
  const { ErrnoError } = pyodide.FS as { readonly ErrnoError: new (errno: number) => Error };
  const { SOCKFS } = pyodide._module as { readonly SOCKFS: { websocket_sock_ops: Record<string, unknown> } };
  SOCKFS.websocket_sock_ops.connect = (): never => {
    throw new ErrnoError(ECONNREFUSED);
  };
}
