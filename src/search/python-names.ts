/** The names that a Python file defines at its top level and in its classes, and its docstrings: what a file is found by. */
export interface PythonNames {
  readonly names: readonly string[];
  readonly docstrings: readonly string[];
}

const DEFINITION = /^(?: {4})?(?:async )?(?:def|class) (\w+)/;
const VARIABLE = /^(\w+)(?:: [^=]+)? = /;

/** Reads a file's text. Comments and what functions hold are left out. */
export function namesIn(source: string): PythonNames {
  const names = source.split('\n').flatMap((line) => {
    const name = (DEFINITION.exec(line) ?? VARIABLE.exec(line))?.[1];
    return name === undefined ? [] : [name];
  });
  const docstrings = Array.from(
    source.matchAll(/(?<=^|:\n|^(?:#.*|\s*)\n) *[rR]?"""([^]*?)"""/gm),
    ([, text = '']) => text.replaceAll(/\s+/g, ' ').trim(),
  );
  return { names: [...new Set(names)], docstrings };
}
