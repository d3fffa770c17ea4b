/** What keys do in the editor. */
import { defaultKeymap, historyKeymap, indentLess, indentMore } from '@codemirror/commands';
import type { Extension } from '@codemirror/state';
import { EditorView, keymap } from '@codemirror/view';

/** The keys that run, Tab, and those that every editor has. */
export function editorKeys(run: () => void): Extension {
  const running = ['Mod-Enter', 'Ctrl-Enter', 'Shift-Enter'].map((key) => ({
    key,
    run: () => {
      run();
      return true;
    },
  }));
  // The first binding of a key wins; CodeMirror's own of these would break the line.
  return [tabKey(), keymap.of([...running, ...defaultKeymap, ...historyKeymap])];
}

/**
 * Tab indents for a reader who is editing. A reader who only passes by with the Tab key, or has pressed
 * Escape, goes on to what comes next, with no time limit (CodeMirror's own Escape gives two seconds).
 */
function tabKey(): Extension {
  let editing = false;
  return [
    EditorView.domEventObservers({
      keydown({ key }) {
        if (key === 'Escape') editing = false;
        else if (!PASSING_KEYS.has(key)) editing = true;
      },
      pointerdown() {
        editing = true;
      },
      blur() {
        editing = false;
      },
    }),
    EditorView.updateListener.of(({ transactions }) => {
      // The click that opened it, and input that has no keys.
      if (transactions.some((one) => one.isUserEvent('input') || one.isUserEvent('select.pointer'))) {
        editing = true;
      }
    }),
    keymap.of([
      {
        key: 'Tab',
        run: (view) => editing && indentMore(view),
        shift: (view) => editing && indentLess(view),
      },
    ]),
  ];
}

const PASSING_KEYS: ReadonlySet<string> = new Set(['Tab', 'Shift', 'Control', 'Alt', 'Meta', 'CapsLock']);
