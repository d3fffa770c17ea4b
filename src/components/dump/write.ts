/** Writes sentences, paths and numbers of the page's language. */
import { textToNodes } from '../../lab/marks.ts';

/** A sentence as nodes: what's between backquotes is code. What is isolated in a sentence needs not be so in code. */
export function sentenceToNodes(sentence: string): readonly (Node | string)[] {
  return sentence
    .split(/(`[^`]+`)/)
    .map((piece) => (piece.startsWith('`') ? codeOf(piece.replaceAll(/[`\u2068\u2069]/g, '')) : piece));
}

/** A name as code. */
export function codeOf(text: string): HTMLElement {
  const code = document.createElement('code');
  code.translate = false;
  code.append(...textToNodes(text));
  return code;
}

/** A path as code, which is broken after a slash where it has to be. */
export function pathOf(path: string): HTMLElement {
  const code = codeOf('');
  for (const part of path.split(/(?<=\/)/)) code.append(part, document.createElement('wbr'));
  return code;
}

const formats = new Map<string, Intl.NumberFormat>();

/** One for all that is written alike: to make one takes longer than to write with it. */
function formatOf(language: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${language} ${options.unit ?? ''}`;
  const format = formats.get(key) ?? new Intl.NumberFormat(language, options);
  formats.set(key, format);
  return format;
}

/** A number as the language writes it. */
export function writeNumber(value: number, language: string): string {
  return formatOf(language, {}).format(value);
}

const UNITS = [
  ['megabyte', 1e6],
  ['kilobyte', 1000],
] as const;

/** A size in the unit that fits. */
export function writeSize(bytes: number, language: string): string {
  const [unit, size] = UNITS.find(([, least]) => bytes >= least) ?? (['byte', 1] as const);
  const unitDisplay = unit === 'byte' ? 'long' : 'short';
  return formatOf(language, { style: 'unit', unit, unitDisplay, maximumFractionDigits: 1 }).format(
    bytes / size,
  );
}

/** A button with words. */
export function buttonOf(className: string, words: string, act: () => unknown): HTMLButtonElement {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = className;
  button.textContent = words;
  button.addEventListener('click', act);
  return button;
}
