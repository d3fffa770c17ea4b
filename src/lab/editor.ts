/**
 * The editor that takes the place of a block of code once a reader wants to change it: CodeMirror, and the
 * only file that knows of it. Imported at the first focus, never with the page.
 */
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { json } from '@codemirror/lang-json';
import { python } from '@codemirror/lang-python';
import { HighlightStyle, indentUnit, syntaxHighlighting } from '@codemirror/language';
import { EditorState } from '@codemirror/state';
import { drawSelection, EditorView, keymap, lineNumbers } from '@codemirror/view';
import { tags } from '@lezer/highlight';

export interface EditorOptions {
  readonly text: string;
  readonly language: 'python' | 'json';
  readonly numbered: boolean;
  /** What it is called, and how one leaves it by keyboard, for people who do not see it. */
  readonly label: string;
  readonly description: string;
  readonly changed: (text: string) => void;
  readonly run: () => void;
}

export interface Editor {
  readonly text: string;
  setText(text: string): void;
  /** The offset at which a line, counted from 1, begins. */
  startOfLine(line: number): number;
  /** Puts the cursor where the pointer is, or at a place in the text, and takes the focus. */
  focus(at?: { readonly x: number; readonly y: number } | number): void;
}

/**
 * Opens an editor inside `host`. In a shadow tree, because there CodeMirror hands its styles over as style
 * sheets: as a style element in the page they would be against the page's policy.
 */
export function openEditor(host: HTMLElement, options: EditorOptions): Editor {
  const root = host.shadowRoot ?? host.attachShadow({ mode: 'open' });
  const { text, numbered, label, description, changed, run } = options;
  const running = (): boolean => {
    run();
    return true;
  };
  const view = new EditorView({
    root,
    parent: root,
    state: EditorState.create({
      doc: text,
      extensions: [
        numbered ? lineNumbers() : [],
        history(),
        drawSelection(),
        indentUnit.of('    '),
        options.language === 'python' ? python() : json(),
        syntaxHighlighting(COLOURS),
        LOOK,
        keymap.of([
          { key: 'Mod-Enter', run: running },
          { key: 'Shift-Enter', run: running },
          indentWithTab,
          ...defaultKeymap.filter(({ key }) => key !== 'Mod-Enter' && key !== 'Shift-Enter'),
          ...historyKeymap,
        ]),
        EditorView.contentAttributes.of({
          'aria-label': label,
          'aria-description': description,
          autocapitalize: 'off',
          autocorrect: 'off',
          spellcheck: 'false',
          translate: 'no',
        }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) changed(update.state.doc.toString());
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
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } });
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
        });
      }
      view.focus();
    },
  };
}

const COLOURS = HighlightStyle.define([
  { tag: tags.comment, color: 'var(--code-comment)' },
  {
    tag: [tags.keyword, tags.operatorKeyword, tags.definitionKeyword, tags.modifier],
    color: 'var(--code-keyword)',
  },
  { tag: [tags.string, tags.special(tags.string)], color: 'var(--code-string)' },
  { tag: [tags.number, tags.bool, tags.null, tags.self], color: 'var(--code-constant)' },
  {
    tag: [
      tags.function(tags.variableName),
      tags.function(tags.propertyName),
      tags.function(tags.definition(tags.variableName)),
    ],
    color: 'var(--code-function)',
  },
  { tag: [tags.punctuation, tags.operator, tags.bracket], color: 'var(--code-punctuation)' },
]);

/** The measures of the block of code that it replaces (`styles/code.css`): nothing may jump. */
const LOOK = EditorView.theme({
  '&': { backgroundColor: 'transparent', color: 'var(--code-ink)' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': {
    padding: 'var(--space-3) 0',
    fontFamily: 'var(--font-mono)',
    lineHeight: 'var(--leading-code)',
    overflowX: 'auto',
  },
  '.cm-content': { padding: '0', caretColor: 'var(--ink)' },
  '.cm-line': { padding: '0 var(--space-4)' },
  '.cm-gutters + .cm-content .cm-line': { paddingInlineStart: '0' },
  '.cm-gutters': { backgroundColor: 'transparent', border: 'none', color: 'var(--muted)' },
  '.cm-lineNumbers .cm-gutterElement': { padding: '0', minWidth: '5ch', marginInlineEnd: '2ch' },
  '.cm-cursor': { borderInlineStartColor: 'var(--ink)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    backgroundColor: 'var(--accent-soft)',
  },
});
