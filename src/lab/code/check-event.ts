/** Where and why a text is no JSON; `line` and `column` count from 1, null where the browser does not say. */
export interface EventFault {
  readonly message: string;
  readonly line: number | null;
  readonly column: number | null;
  /** The same place as an offset in the text. */
  readonly offset: number | null;
}

/** Null when the text is JSON. The words are the browser's own: they are about JSON, in the browser's language. */
export function checkEvent(text: string): EventFault | null {
  try {
    JSON.parse(text);
    return null;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const [, line, column] = /line (\d+) column (\d+)/.exec(message) ?? [];
    if (line !== undefined && column !== undefined) {
      const place = { line: Number(line), column: Number(column) };
      return { message, ...place, offset: offsetOf(text, place.line, place.column) };
    }
    const position = /position (\d+)/.exec(message)?.[1];
    // What ends too early is at fault at its end.
    const offset = position ?? (/\b(?:end|EOF|Unterminated)\b/.test(message) ? text.length : null);
    if (offset === null) return { message, line: null, column: null, offset };
    return { message, ...placeOf(text, Number(offset)), offset: Number(offset) };
  }
}

function placeOf(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

function offsetOf(text: string, line: number, column: number): number {
  const before = text.split('\n').slice(0, line - 1);
  return before.reduce((sum, one) => sum + one.length + 1, 0) + column - 1;
}
