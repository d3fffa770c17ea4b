/**
 * The worker's end of the port to the page, closed to reader code: it may replace any built-in function
 * before a message comes, and would find the port through one that we call late.
 */
import type { PageMessage, WorkerMessage } from './protocol.ts';

export interface EnvironmentPort {
  readonly post: (message: WorkerMessage) => void;
  readonly listen: (handler: (message: PageMessage) => void) => void;
}

/** Takes what it needs of the port and of the built-ins now, before any reader code runs. */
export function openPort(port: MessagePort): EnvironmentPort {
  const { apply } = Reflect;
  // eslint-disable-next-line @typescript-eslint/unbound-method -- bound to each event below
  const dataOf = Object.getOwnPropertyDescriptor(MessageEvent.prototype, 'data')?.get;
  if (dataOf === undefined) throw new TypeError('MessageEvent has no data.');
  return {
    post: port.postMessage.bind(port),
    listen: (handler) => {
      port.onmessage = (event) => {
        // The page is the only one at the other end: its messages are trusted.
        handler(apply(dataOf, event, []) as PageMessage);
      };
    },
  };
}
