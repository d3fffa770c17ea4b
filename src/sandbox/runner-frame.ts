/**
 * The frame that an environment lives in: an opaque origin with a policy of its own, which holds without
 * any header of the host's. Removing the frame is how an environment ends, even one in a busy loop.
 */
import { EnvironmentCrashed, RunnerBlocked } from './errors.ts';
import type { PageMessage } from './protocol.ts';

/** What the frame says to the page (`frame.ts`), and all that it ever says. */
export type FrameMessage = 'frame-ready' | 'worker-failed';

/** What the page sends once, with the port. */
export interface FrameStart {
  readonly code: string;
}

/** A place that an environment lives in. Tests have one without a browser. */
export interface Runner {
  post(message: PageMessage): void;
  remove(): void;
}

export interface RunnerObserver {
  /** Something came from inside; reader code may have made it. */
  message(value: unknown): void;
  blocked(error: RunnerBlocked | EnvironmentCrashed): void;
}

/** `document` is the frame's document, `code` the worker's script. */
export type OpenRunner = (document: string, code: string, observer: RunnerObserver) => Runner;

/** Long enough for a slow phone; a frame that is allowed to start does so in milliseconds. */
const FRAME_MILLISECONDS = 20_000;

/**
 * A frame whose document is whole has run its script; what that says comes by another way than that it is whole, and where
 * all processes of a browser share a busy core it may come more than a second later.
 */
const LOADED_MILLISECONDS = 5000;

/** The real runner, in this page. */
export function openRunnerIn(page: Document): OpenRunner {
  return (document, code, observer) => new RunnerFrame(page, document, code, observer);
}

class RunnerFrame implements Runner {
  readonly #frame: HTMLIFrameElement;
  readonly #port: MessagePort;
  readonly #removed = new AbortController();

  constructor(page: Document, document: string, code: string, observer: RunnerObserver) {
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    // A worker that has spoken has started: what fails in it later keeps nothing from starting.
    let hasStarted = false;
    port1.onmessage = ({ data }) => {
      hasStarted = true;
      observer.message(data);
    };
    // What cannot be read was none of the lab's: it is a message that is nothing.
    port1.onmessageerror = () => {
      observer.message(null);
    };
    const blocked = (): void => {
      observer.blocked(new RunnerBlocked('frame'));
    };
    let late = setTimeout(blocked, FRAME_MILLISECONDS);
    let isReady = false;
    this.#removed.signal.addEventListener('abort', () => {
      clearTimeout(late);
    });

    const frame = (this.#frame = page.createElement('iframe'));
    frame.sandbox.add('allow-scripts');
    frame.hidden = true;
    frame.title = 'Python runner';
    frame.srcdoc = document;
    frame.addEventListener('load', () => {
      clearTimeout(late);
      if (!isReady && frame.isConnected) late = setTimeout(blocked, LOADED_MILLISECONDS);
    });
    const listen = (event: MessageEvent): void => {
      if (event.source === null || event.source !== frame.contentWindow || event.origin !== 'null') return;
      switch (event.data as FrameMessage) {
        case 'frame-ready':
          isReady = true;
          clearTimeout(late);
          // The frame's origin is opaque: there is no name to address it by.
          event.source.postMessage({ code } satisfies FrameStart, { targetOrigin: '*', transfer: [port2] });
          break;
        case 'worker-failed':
          observer.blocked(
            hasStarted
              ? new EnvironmentCrashed(
                  'Error',
                  'Something failed in its worker that nothing there has caught.',
                )
              : new RunnerBlocked('worker'),
          );
          break;
      }
    };
    page.defaultView?.addEventListener('message', listen, { signal: this.#removed.signal });
    page.body.append(frame);
  }

  post(message: PageMessage): void {
    this.#port.postMessage(message);
  }

  remove(): void {
    this.#removed.abort();
    this.#port.onmessage = this.#port.onmessageerror = null;
    this.#port.close();
    this.#frame.remove();
  }
}
