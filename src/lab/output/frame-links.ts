/**
 * A printed frame, `  File "PATH", line N, in NAME`: whose code is it, and where can a reader see it? The
 * build asks for the recorded log, the element for that of the reader's run.
 */
import type { Owner } from '../../trace/format.ts';
import { ownValue } from '../../trace/own-value.ts';

/** What lies where on the disk of a lab, as far as readers can open it. */
export interface Places {
  /** The function's folder: what lies there is the reader's. */
  readonly taskRoot: string;
  /** The function's text files, each with the id that its lines' ids begin with. */
  readonly task: Readonly<Record<string, string>>;
  /** The platform's text files, each with the address of its page. */
  readonly image: Readonly<Record<string, string>>;
  /** Names that compiled files go by; nothing lies there. */
  readonly compiledNames: readonly string[];
}

/** A line of a log taken apart around what a link may stand on: the file's name and the line's number. */
export interface FrameLine {
  readonly before: string;
  readonly text: string;
  readonly after: string;
  readonly file: string;
  readonly line: number;
}

/**
 * Where a frame leads: `task` into the lab's own code, `image` to the file's page, `nowhere` to no file at all,
 * `library` to a file of Python's that the site does not show.
 */
export interface FramePlace {
  readonly owner: Owner;
  readonly kind: 'task' | 'image' | 'nowhere' | 'library';
  /** For `task` and `image`: the address of the line. */
  readonly href: string | null;
}

/**
 * Null when the line is no frame of a stack. No file has a line of more than nine digits: who prints one has no place to
 * lead to.
 */
export function readFrameLine(line: string): FrameLine | null {
  const [, before, text, file, number, after] =
    /^(\s*)(File "([^"\n]+)", line (\d{1,9}))((?:, in .+)?\n?)$/.exec(line) ?? [];
  if (before === undefined || text === undefined || file === undefined) return null;
  return { before, text, after: after ?? '', file, line: Number(number) };
}

/** Whose frame it is and where it leads. */
export function placeOfFrame({ file, line }: FrameLine, places: Places): FramePlace {
  const page = ownValue(places.image, file);
  if (page !== undefined) return { owner: 'runtime', kind: 'image', href: `${page}#L${String(line)}` };
  const code = ownValue(places.task, file);
  if (code !== undefined) return { owner: 'handler', kind: 'task', href: `#${code}-L${String(line)}` };
  if (file.startsWith(`${places.taskRoot}/`) || places.compiledNames.includes(file)) {
    return { owner: 'handler', kind: 'nowhere', href: null };
  }
  return { owner: 'library', kind: 'library', href: null };
}

/** What stands in words behind a frame: whose it is, and that there is nothing to open where that is so. */
export function frameToLabel(
  { owner, kind }: FramePlace,
  owners: Readonly<Record<Owner, string>>,
  noFile: string,
): string {
  return kind === 'nowhere' ? `${owners[owner]} · ${noFile}` : owners[owner];
}
