/** Writes sentences, paths and numbers of the page's language. */

/** A sentence as nodes: what's between backquotes is code. */
export function sentenceToNodes(sentence: string): readonly (Node | string)[] {
  return sentence
    .split(/(`[^`]+`)/)
    .map((piece) => (piece.startsWith('`') ? codeOf(piece.slice(1, -1)) : piece));
}

/** A name as code. */
export function codeOf(text: string): HTMLElement {
  const code = document.createElement('code');
  code.translate = false;
  code.textContent = text;
  return code;
}

/** A path as code, which is broken after a slash where it has to be. */
export function pathOf(path: string): HTMLElement {
  const code = codeOf('');
  for (const part of path.split(/(?<=\/)/)) code.append(part, document.createElement('wbr'));
  return code;
}

/** A number as the language writes it. */
export function writeNumber(value: number, language: string): string {
  return new Intl.NumberFormat(language).format(value);
}

/** A size in the unit that fits. */
export function writeSize(bytes: number, language: string): string {
  const [unit, size] =
    bytes < 1000 ? ['byte', 1] : bytes < 1e6 ? ['kilobyte', 1000] : (['megabyte', 1e6] as const);
  return new Intl.NumberFormat(language, {
    style: 'unit',
    unit: String(unit),
    unitDisplay: unit === 'byte' ? 'long' : 'short',
    maximumFractionDigits: unit === 'byte' ? 0 : 1,
  }).format(bytes / Number(size));
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
