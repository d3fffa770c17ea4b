/**
 * The second layer of isolation: takes from the worker what reader code has no use for. The first layer
 * (the frame's opaque origin and its policy) holds without it; this one makes the walls plain to see.
 */

/** Ways out of the worker, to other places and to the page. */
const GLOBALS = [
  'BroadcastChannel',
  'EventSource',
  'FileReaderSync',
  'Notification',
  'SharedWorker',
  'WebSocket',
  'WebSocketStream',
  'WebTransport',
  'Worker',
  'XMLHttpRequest',
  'caches',
  'close',
  'importScripts',
  'indexedDB',
  'postMessage',
  'webkitRequestFileSystem',
  'webkitRequestFileSystemSync',
  'webkitResolveLocalFileSystemSyncURL',
  'webkitResolveLocalFileSystemURL',
] as const;

const NAVIGATOR_GLOBALS = [
  'gpu',
  'hid',
  'locks',
  'permissions',
  'sendBeacon',
  'serial',
  'serviceWorker',
  'storage',
  'usb',
];

/** Removes all of them but `fetch`, which Python's loader needs until Python has booted. */
export function removeGlobals(): void {
  for (const name of GLOBALS) remove(globalThis, name);
  for (const name of NAVIGATOR_GLOBALS) remove(navigator, name);
}

/** Removes a property wherever it lies on the prototype chain; what cannot be removed is shadowed. */
export function remove(from: object, name: string): void {
  for (
    let holder: object | null = from;
    holder !== null;
    holder = Object.getPrototypeOf(holder) as object | null
  ) {
    Reflect.deleteProperty(holder, name);
  }
  // eslint-disable-next-line names/own -- what a prototype still has is what is looked for
  if (name in from) Reflect.defineProperty(from, name, { value: undefined });
}
