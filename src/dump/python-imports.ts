/** What a Python file imports, read from its text: any version's, whole or broken, since nothing compiles it here. */

/** One import statement's module. */
export interface Import {
  /** `os.path`; of `from . import a` the empty text. */
  readonly module: string;
  /** Dots before it: 0 for an absolute one. */
  readonly level: number;
  /** Names that are taken from it: they may be modules. Empty for a plain `import`. */
  readonly names: readonly string[];
  /** The statement's line, from 1. */
  readonly line: number;
}

/** The imports of a text in their order, those inside of functions and of `try` included. */
export function readImports(source: string): Import[] {
  const found: Import[] = [];
  for (const { text, line } of statements(source)) {
    const plain = /^import\s+(.+)$/s.exec(text);
    if (plain !== null) {
      for (const part of (plain[1] ?? '').split(',')) {
        const module = /^\s*([\w.]+)/.exec(part)?.[1];
        if (module !== undefined) found.push({ module, level: 0, names: [], line });
      }
      continue;
    }
    const from = /^from\s*(\.*)\s*([\w.]*)\s*\bimport\s*\(?([^)]*)\)?/s.exec(text);
    if (from === null) continue;
    const [, dots = '', module = '', list = ''] = from;
    const names = list.split(',').flatMap((name) => /^\s*(\w+|\*)/.exec(name)?.[1] ?? []);
    if (module !== '' || dots !== '') found.push({ module, level: dots.length, names, line });
  }
  return found;
}

interface Statement {
  readonly text: string;
  readonly line: number;
}

/** Words after which a statement may stand on the same line. */
const HEAD = /^(?:try|else|finally|if\b.*|with\b.*|except\b.*|elif\b.*|for\b.*|while\b.*)\s*:\s*(?=\S)/s;

/**
 * Simple statements, one each, without comments and with strings emptied; those of several lines are joined. Linear in the text.
 */
function* statements(source: string): Generator<Statement> {
  let text = '';
  let line = 1;
  let begin = 1;
  let depth = 0;
  const end = function* (): Generator<Statement> {
    let rest = text.trim();
    text = '';
    for (let head = HEAD.exec(rest); head !== null; head = HEAD.exec(rest)) rest = rest.slice(head[0].length);
    if (/^(?:import|from)\b/.test(rest)) yield { text: rest, line: begin };
  };
  // A token: a comment, a string (of three quotes, or of one up to its line's end), a joined line, a sign, or other characters.
  const token =
    /#[^\n]*|'''(?:[^\\]|\\[^])*?(?:'''|$)|"""(?:[^\\]|\\[^])*?(?:"""|$)|'(?:[^'\\\n]|\\[^])*(?:'|$|(?=\n))|"(?:[^"\\\n]|\\[^])*(?:"|$|(?=\n))|\\\r?\n|[()[\]{};\n]|[^#'"\\()[\]{};\n]+|\\/g;
  for (const [piece] of source.matchAll(token)) {
    const lines = piece.includes('\n') ? piece.split('\n').length - 1 : 0;
    if (piece === '\n' && depth === 0) {
      yield* end();
      begin = line + 1;
    } else if (piece === ';') {
      yield* end();
      begin = line;
    } else if (piece.startsWith('#')) {
      // A comment says nothing.
    } else if (piece.startsWith("'") || piece.startsWith('"')) {
      text += '""';
    } else if (piece === '\n' || piece.startsWith('\\')) {
      text += ' ';
    } else {
      if ('([{'.includes(piece)) depth += 1;
      if (')]}'.includes(piece)) depth = Math.max(0, depth - 1);
      // What is longer than any import's line is not one: the text would only grow.
      if (text.length < 20_000) text += piece;
    }
    line += lines;
  }
  yield* end();
}
