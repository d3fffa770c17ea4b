/**
 * The editor that takes the place of a block of code once a reader wants to change it: CodeMirror, and the
 * `editor-*.ts` files beside it, the only ones that know of it. Imported at the first focus, never with the page.
 */
import { history } from '@codemirror/commands';
import { json } from '@codemirror/lang-json';
import { python } from '@codemirror/lang-python';
import { indentUnit } from '@codemirror/language';
import { EditorState, type Extension } from '@codemirror/state';
import { drawSelection, EditorView, gutters, lineNumbers } from '@codemirror/view';
import { faultMark, markFault } from './editor-fault.ts';
import { editorKeys } from './editor-keys.ts';
import { editorLook } from './editor-look.ts';
import { markLines, stepMarks, type LineMarks } from './editor-marks.ts';

export interface EditorOptions {
  readonly text: string;
  readonly language: 'python' | 'json' | 'text';
  readonly numbered: boolean;
  /** What it is called, and how one leaves it by keyboard, for people who do not see it. */
  readonly label: string;
  readonly description: string;
  /** Called when the reader has changed the text; not when `setText` has. */
  readonly changed: (text: string) => void;
  readonly run: () => void;
}

export interface Editor {
  readonly text: string;
  setText(text: string): void;
  /** Scrolls its host so far, once it stands in the page. */
  scrollHost(top: number): void;
  /** The offset at which a line, counted from 1, begins. */
  startOfLine(line: number): number;
  /** Puts the cursor where the pointer is, or at a place in the text, and takes the focus. */
  focus(at?: { readonly x: number; readonly y: number } | number): void;
  /** Marks the place, an offset, where the text is at fault; null when there is none. */
  markFault(at: number | null): void;
  /** Marks lines of a moment, and brings the one that is meant into sight; gently: only when it is not. */
  markLines(marks: LineMarks, isGentle: boolean): void;
}

/**
 * Opens an editor inside `host`. In a shadow tree, because there CodeMirror hands its styles over as style
 * sheets: as a style element in the page they would be against the page's policy.
 */
export function openEditor(host: HTMLElement, options: EditorOptions): Editor {
  const root = host.shadowRoot ?? host.attachShadow({ mode: 'open' });
  const { text, numbered, label, description, changed, run } = options;
  let setting = false;
  const view = new EditorView({
    root,
    parent: root,
    state: EditorState.create({
      doc: text,
      extensions: [
        // Numbers go along with a line that is scrolled sideways, as they do in the block.
        numbered ? [lineNumbers(), gutters({ fixed: false })] : [],
        history(),
        // Not for its looks: with the browser's own, Firefox types beside a selected line instead of over it.
        drawSelection(),
        indentUnit.of(options.language === 'json' ? '  ' : '    '),
        LANGUAGES[options.language](),
        editorKeys(run),
        editorLook(),
        faultMark,
        stepMarks,
        EditorView.contentAttributes.of({
          'aria-label': label,
          'aria-description': description,
          autocapitalize: 'off',
          autocorrect: 'off',
          spellcheck: 'false',
          translate: 'no',
        }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged && !setting) changed(update.state.doc.toString());
        }),
      ],
    }),
  });
  return {
    get text() {
      return view.state.doc.toString();
    },
    setText(text) {
      if (text === view.state.doc.toString()) return;
      setting = true;
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } });
      setting = false;
    },
    scrollHost(top) {
      // It has to know how high a line is: until then its lines, and what is in sight, have another place.
      view.coordsAtPos(0);
      host.scrollTop = top;
    },
    startOfLine(line) {
      return view.state.doc.line(Math.max(1, Math.min(line, view.state.doc.lines))).from;
    },
    focus(at) {
      const place = typeof at === 'object' ? view.posAtCoords(at, false) : at;
      if (place !== undefined) {
        view.dispatch({
          selection: { anchor: Math.min(place, view.state.doc.length) },
          scrollIntoView: true,
          ...(typeof at === 'object' ? { userEvent: 'select.pointer' } : {}),
        });
      }
      view.focus();
    },
    markFault(at) {
      markFault(view, at);
    },
    markLines(marks, isGentle) {
      markLines(view, marks);
      const meant = marks.looked ?? marks.current;
      if (meant === null) return;
      const { top, height } = view.lineBlockAt(
        view.state.doc.line(Math.max(1, Math.min(meant, view.state.doc.lines))).from,
      );
      const isSeen = top - height >= host.scrollTop && top + 2 * height <= host.scrollTop + host.clientHeight;
      // Not by CodeMirror's own way: that scrolls the page as well.
      if (!isGentle || !isSeen) host.scrollTop = top - host.clientHeight / 3;
    },
  };
}

const LANGUAGES = { python, json, text: (): Extension => [] } as const;
