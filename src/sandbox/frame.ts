/**
 * The runner frame's only script (inline, classic; `src/integrations/runner-document.ts` puts it into the
 * document and computes its hash). It makes the worker inside the frame's opaque origin and hands it the
 * page's port. It relays nothing: page and worker talk over that port alone.
 */
import type { FrameMessage, FrameStart } from './runner-frame.ts';

function tellPage(message: FrameMessage): void {
  // The page's origin is not known in here, and the message holds nothing worth hiding.
  parent.postMessage(message, '*');
}

function start(event: MessageEvent<FrameStart>): void {
  const port = event.ports[0];
  if (event.source !== parent || port === undefined) return;
  removeEventListener('message', start);
  try {
    const code = new Blob([event.data.code], { type: 'text/javascript' });
    const worker = new Worker(URL.createObjectURL(code));
    // A policy that forbids the worker shows as an error event without a message.
    worker.onerror = () => {
      tellPage('worker-failed');
    };
    worker.postMessage(null, [port]);
  } catch {
    tellPage('worker-failed');
  }
}

// A page tries the script as well, to hear whether a policy refuses it (`host-policy.ts`); there it does nothing.
if (location.href === 'about:srcdoc') {
  addEventListener('message', start);
  tellPage('frame-ready');
}
