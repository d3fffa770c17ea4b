/**
 * How embeds on one page share room for environments. Each is a document of its own, and under a sandbox of an opaque origin,
 * where neither locks nor channels reach the others. What remains are the frames of the page around them: any window may
 * count those, and post to them. The page around needs no script for it, and has no say in it.
 */
import { MAX_ENVIRONMENTS, type Neighbours } from './environment-pool.ts';

/** What embeds post to one another, and nothing else. */
const MESSAGE = 'behind-the-handler:environment';

/** A page may hold any number of frames: past so many, they are not asked. */
const MAX_FRAMES = 500;

/** The embeds beside this window. */
export function neighboursOf(view: Window): Neighbours {
  /** Who has used an environment since this window told of its own. */
  const since = new Set<MessageEventSource>();
  return {
    tell() {
      since.clear();
      for (const frame of framesBelow(view.top)) {
        if (frame !== view && !isAround(frame, view)) frame.postMessage({ type: MESSAGE, version: 1 }, '*');
      }
    },
    onCrowded(callback) {
      view.addEventListener('message', ({ data, source, origin }: MessageEvent<unknown>) => {
        if (source === null || !isMessage(data) || !isSender(source, origin, view)) return;
        since.add(source);
        if (since.size >= MAX_ENVIRONMENTS) callback();
      });
    },
  };
}

/** Not the pages around this window: an embed is of the site's own origin, or of an opaque one. */
function isSender(source: MessageEventSource, origin: string, view: Window): boolean {
  if (source === view || isAround(source, view)) return false;
  return origin === 'null' || origin === new URL(view.location.href).origin;
}

function isAround(other: MessageEventSource, view: Window): boolean {
  for (let around: Window = view; around !== around.parent; around = around.parent)
    if (other === around.parent) return true;
  return false;
}

function isMessage(data: unknown): boolean {
  return typeof data === 'object' && data !== null && 'type' in data && data.type === MESSAGE;
}

function framesBelow(top: Window | null): readonly Window[] {
  const found: Window[] = top === null ? [] : [top];
  for (let at = 0; at < found.length && found.length < MAX_FRAMES; at += 1) {
    const frames = found[at];
    if (frames === undefined) break;
    for (let index = 0; index < frames.length && found.length < MAX_FRAMES; index += 1) {
      const frame = frames[index];
      if (frame !== undefined) found.push(frame);
    }
  }
  return found;
}
