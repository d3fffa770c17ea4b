/** How the editor looks: as the block of code does whose place it takes (`styles/parts/code.css`). Nothing may jump. */
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { codeOf } from '../../trace/unseen.ts';
import type { Extension } from '@codemirror/state';
import { EditorView, highlightSpecialChars } from '@codemirror/view';
import { tags } from '@lezer/highlight';

/** Colours, measures, and characters that would not be seen. */
export function editorLook(): Extension {
  return [
    syntaxHighlighting(COLOURS),
    MEASURES,
    highlightSpecialChars({ render: renderSpecial, addSpecialChars: /[\u202a-\u202e\u2066-\u2069]/g }),
  ];
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

const MEASURES = EditorView.theme({
  '&': { backgroundColor: 'transparent', color: 'var(--code-ink)' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': {
    padding: 'var(--space-2) 0',
    fontFamily: 'var(--font-mono)',
    lineHeight: 'var(--leading-code)',
    overflowX: 'auto',
  },
  '.cm-content': { padding: '0', caretColor: 'var(--ink)' },
  '.cm-line': { padding: '0 var(--space-3)' },
  '.cm-gutters + .cm-content .cm-line': { paddingInlineStart: '0' },
  '.cm-gutters': { backgroundColor: 'transparent', border: 'none', color: 'var(--muted)' },
  '.cm-lineNumbers .cm-gutterElement': { padding: '0', minWidth: '4.5ch', marginInlineEnd: '2ch' },
  '.cm-cursor': { borderInlineStartColor: 'var(--ink)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    backgroundColor: 'var(--accent-soft)',
  },
  // What is drawn is no selection to the browser, whose forced colours would leave nothing of it.
  '@media (forced-colors: active)': {
    '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
      backgroundColor: 'Highlight',
      forcedColorAdjust: 'none',
      opacity: '0.5',
    },
  },
  '.cm-specialChar': { color: 'var(--error)' },
  '.cm-here': {
    backgroundColor: 'color-mix(in srgb, var(--marked) 80%, transparent)',
    boxShadow: 'inset 3px 0 0 var(--marked-edge)',
  },
  '.cm-looked': {
    backgroundColor: 'color-mix(in srgb, var(--accent-soft) 80%, transparent)',
    boxShadow: 'inset 3px 0 0 var(--accent)',
  },
  '.cm-waiting': { boxShadow: 'inset 3px 0 0 var(--edge)' },
  '.cm-unrun, .cm-unrun *': { color: 'var(--muted)' },
  // The selection is drawn beneath the lines, and has to be seen through.
  '.cm-fault-line': { backgroundColor: 'color-mix(in srgb, var(--error) 12%, transparent)' },
  '.cm-fault': { textDecoration: 'underline wavy var(--error)' },
});

/** Control characters and those that turn the direction of writing: by number, for eye and ear, in any language. */
function renderSpecial(code: number, _description: string | null, placeholder: string): HTMLElement {
  const span = document.createElement('span');
  span.className = 'cm-specialChar';
  span.title = codeOf(String.fromCodePoint(code));
  // A control has a picture; others would all be one and the same dot.
  span.textContent = code < 0xa0 ? placeholder : span.title;
  span.setAttribute('aria-label', span.title);
  return span;
}
