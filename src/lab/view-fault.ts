/** A view that throws says so in its place, and the rest of the lab goes on. All that fills or draws a view is done here. */
import type { MomentPane, Shown } from './time/moment-pane.ts';

/** What is said; the page's own language brings it. */
let sentence = '';

/** Sets what a view says that could not be drawn. */
export function setFaultSentence(text: string): void {
  sentence = text;
}

/** Draws a view, or says in its place that it could not be drawn. What is drawn the next time takes the sentence away. */
export function guardView(view: HTMLElement, draw: () => void): void {
  if (!tryView(view, draw)) return;
  const place = placeIn(view);
  faultIn(place)?.remove();
  place.classList.remove('has-fault');
}

/**
 * Does something for a view that draws nothing yet, or says in its place that the view could not be drawn: false then. A
 * sentence that is there stays.
 */
export function tryView(view: HTMLElement, act: () => void): boolean {
  try {
    act();
    return true;
  } catch (error) {
    // It is a defect all the same: the browser's console and whoever listens for errors hear of it.
    reportError(error);
    const place = placeIn(view);
    if (faultIn(place) !== null) return false;
    const note = view.ownerDocument.createElement('p');
    note.className = 'sheet-note view-fault';
    note.textContent = sentence;
    place.prepend(note);
    place.classList.add('has-fault');
    return false;
  }
}

/** A pane whose faults end at its edge, and are told there. */
export function guardPane(pane: HTMLElement & MomentPane): MomentPane {
  return {
    show(shown: Shown | null): void {
      guardView(pane, () => {
        pane.show(shown);
      });
    },
  };
}

/** An element with several views tells of a fault in the first of them. */
function placeIn(view: HTMLElement): HTMLElement {
  return view.querySelector<HTMLElement>('.view-storage') ?? view;
}

function faultIn(place: HTMLElement): Element | null {
  return place.querySelector('.view-fault');
}
