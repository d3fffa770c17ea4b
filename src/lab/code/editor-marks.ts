/** The marks of a moment in an open editor: the line that is about to run, those that wait, and those that never run. */
import { StateEffect, StateField } from '@codemirror/state';
import { Decoration, EditorView, type DecorationSet } from '@codemirror/view';

/** Lines by their numbers, which count from 1. */
export interface LineMarks {
  readonly current: number | null;
  readonly waiting: readonly number[];
  readonly looked: number | null;
  /** Lines that are faded. */
  readonly unrun: readonly number[];
}

const setMarks = StateEffect.define<LineMarks>();

const LINES = {
  current: Decoration.line({ class: 'cm-here' }),
  waiting: Decoration.line({ class: 'cm-waiting' }),
  looked: Decoration.line({ class: 'cm-looked' }),
  unrun: Decoration.line({ class: 'cm-unrun' }),
} as const;

/** Sets the marks, in the place of those that were there. */
export function markLines(view: EditorView, marks: LineMarks): void {
  view.dispatch({ effects: setMarks.of(marks) });
}

/** Makes an editor able to show them. They move along with the text. */
export const stepMarks = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marks, { changes, effects, state }) {
    let now = marks.map(changes);
    for (const effect of effects) {
      if (!effect.is(setMarks)) continue;
      const { current, waiting, looked, unrun } = effect.value;
      const named = [
        ...unrun.map((line) => [line, LINES.unrun] as const),
        ...waiting.map((line) => [line, LINES.waiting] as const),
        ...(current === null ? [] : [[current, LINES.current] as const]),
        ...(looked === null ? [] : [[looked, LINES.looked] as const]),
      ].filter(([line]) => line >= 1 && line <= state.doc.lines);
      now = Decoration.set(
        named.map(([line, mark]) => mark.range(state.doc.line(line).from)),
        true,
      );
    }
    return now;
  },
  provide: (field) => EditorView.decorations.from(field),
});
