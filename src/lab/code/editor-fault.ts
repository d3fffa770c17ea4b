/** The mark in an editor at the place where its text is at fault: the line, and the character in it. */
import { StateEffect, StateField } from '@codemirror/state';
import { Decoration, EditorView, type DecorationSet } from '@codemirror/view';

const setFault = StateEffect.define<number | null>();

const LINE = Decoration.line({ class: 'cm-fault-line' });
const CHARACTER = Decoration.mark({ class: 'cm-fault' });

/** Marks an offset of the text, or takes the mark away. */
export function markFault(view: EditorView, at: number | null): void {
  view.dispatch({ effects: setFault.of(at) });
}

/** Makes an editor able to show the mark; assistive technology hears that the text is invalid. */
export const faultMark = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marks, { changes, effects, state }) {
    let now = marks.map(changes);
    for (const effect of effects) {
      if (!effect.is(setFault)) continue;
      if (effect.value === null) {
        now = Decoration.none;
        continue;
      }
      const at = Math.min(effect.value, state.doc.length);
      const { from, to } = state.doc.lineAt(at);
      now = Decoration.set([LINE.range(from), ...(at < to ? [CHARACTER.range(at, at + 1)] : [])]);
    }
    return now;
  },
  provide: (field) => [
    EditorView.decorations.from(field),
    EditorView.contentAttributes.from(field, (marks) => ({ 'aria-invalid': String(marks.size > 0) })),
  ],
});
