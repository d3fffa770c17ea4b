/** A view that throws says so in its place, and the rest of the lab goes on. */
import type { MomentPane, Shown } from './time/moment-pane.ts';

/** What is said; the page's own language brings it. */
let sentence = '';

/** Sets what a view says that could not be drawn. */
export function setFaultSentence(text: string): void {
  sentence = text;
}

/** Draws a view, or says in its place that it could not be drawn. What is drawn the next time takes the sentence away. */
export function guardView(view: HTMLElement, draw: () => void): void {
  const said = view.querySelector('.view-fault');
  try {
    draw();
    if (said === null) return;
    said.remove();
    view.classList.remove('has-fault');
  } catch (error) {
    // It is a defect all the same: the browser's console and whoever listens for errors hear of it.
    reportError(error);
    if (said !== null) return;
    const note = view.ownerDocument.createElement('p');
    note.className = 'sheet-note view-fault';
    note.textContent = sentence;
    view.prepend(note);
    view.classList.add('has-fault');
  }
}

/** A pane whose faults end at its edge, and are told there or in a part of it. */
export function guardPane(pane: HTMLElement & MomentPane): MomentPane {
  return {
    show(shown: Shown | null): void {
      guardView(pane.querySelector<HTMLElement>('.view-storage') ?? pane, () => {
        pane.show(shown);
      });
    },
  };
}
