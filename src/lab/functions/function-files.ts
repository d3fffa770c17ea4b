/**
 * A function as files: those of a zip that AWS takes as it is, that `npm run invoke` runs once it is unpacked, and that
 * `pytest` tests. The function's own files are at the root, as they are on the platform's disk; what comes beside them never
 * has the name of one of them.
 */
import { isBelow, type CodeRecord } from '../link/code-record.ts';
import { LinkFault } from '../link/link-fault.ts';
import { fill, type FunctionWords } from '../words.ts';

/** What a zip says of the platform that its function is for. */
export interface FunctionPlatform {
  /** The name of its folder in `src/platforms`. */
  readonly name: string;
  readonly title: string;
  /** Where a function's files are on its disk. */
  readonly taskRoot: string;
  /** Where its layers are; null where it has none. */
  readonly layersRoot: string | null;
  /** What it calls where nothing is said. */
  readonly handler: string;
  /** The variable that tells a process how much memory the function has; null where none does. */
  readonly memoryVariable: string | null;
  /** Whether its functions can be uploaded to AWS. */
  readonly isLambda: boolean;
  /** Its `test_handler.py`, as it is before a function's own values are in it; null where it has none. */
  readonly test: string | null;
}

/** What goes into a zip. */
export interface FunctionToPack {
  readonly name: string;
  readonly record: CodeRecord;
  readonly platform: FunctionPlatform;
  /** The answer of its last run, as JSON; null where there is none. */
  readonly answer: string | null;
  /** The playground's address, which the manual names. */
  readonly address: string;
}

/** One file of the archive. */
export interface PackedText {
  readonly name: string;
  readonly text: string;
}

/** Milliseconds, where a function says nothing: Lambda's own. */
const TIMEOUT = 3000;

/** The files of the archive. Throws `LinkFault` for a file that is outside of the function's folders. */
export function functionToFiles(
  { name, record, platform, answer, address }: FunctionToPack,
  words: FunctionWords['readme'],
): readonly PackedText[] {
  const own = below(platform.taskRoot, record.files ?? {});
  const taken = new Set(own.flatMap(({ name: path }) => withFolders(path.toLowerCase())));
  const free = (wanted: string): string => freeName(wanted, taken);
  const layer = free('layer');
  const layers =
    platform.layersRoot === null
      ? []
      : below(platform.layersRoot, record.layers ?? {}).map((file) => ({
          ...file,
          name: `${layer}/${file.name}`,
        }));
  const event = free('event.json');
  const test = free('test_handler.py');
  const readme = free('README.md');
  const { handler = platform.handler, timeout = TIMEOUT, memory, variables = {} } = record;
  const told =
    memory === undefined || platform.memoryVariable === null
      ? {}
      : { [platform.memoryVariable]: String(memory) };
  const all = { ...record, handler, timeout, variables: { ...variables, ...told } };
  const command = invokeCommand(all, platform.name, {
    event,
    layer: layers.length > 0 ? layer : null,
  });
  const values = {
    HANDLER: handler,
    EVENT: event,
    TIMEOUT_IN_MS: timeout,
    ...(memory !== undefined && { MEMORY_IN_MB: memory }),
    VARIABLES: variables,
    LAYERS: layers.length > 0 ? [`${layer}/python`, layer] : [],
  };
  const beside = [event, ...(platform.test === null ? [] : [test]), readme];
  const manual = [
    `# ${name}`,
    fill(words.about, { platform: platform.title, address }),
    ...(platform.test === null ? [] : [fill(words.test, { test, event })]),
    fill(words.invoke, { command }),
    ...(platform.isLambda ? [fill(words.aws, { zip: zipName(name), handler })] : []),
    ...(platform.isLambda && layers.length > 0 ? [fill(words.layer, { layer })] : []),
    ...(Object.keys(variables).length > 0 && platform.test !== null
      ? [fill(words.variables, { names: Object.keys(variables).join('`, `'), test })]
      : []),
    fill(words.beside, { names: beside.join('`, `') }),
  ];
  return [
    ...own,
    ...layers,
    { name: event, text: record.event ?? '{}' },
    ...(platform.test === null
      ? []
      : [{ name: test, text: withAnswer(withValues(platform.test, values), answer) }]),
    { name: readme, text: `${manual.join('\n\n')}\n` },
  ];
}

/** The archive's own name: letters and digits of any script, with hyphens. */
export function zipName(name: string): string {
  const plain = name.replace(/[^\p{L}\p{N}._-]+/gu, '-').replace(/^[-.]+|[-.]+$/g, '');
  return `${plain === '' ? 'function' : plain}.zip`;
}

function below(root: string, files: Readonly<Record<string, string | null>>): PackedText[] {
  return Object.entries(files).flatMap(([path, text]) => {
    if (text === null) return [];
    if (!isBelow(root, path)) throw new LinkFault('path', path);
    return [{ name: path.slice(root.length + 1), text }];
  });
}

/** A path and all folders above it. */
function withFolders(path: string): string[] {
  const parts = path.split('/');
  return parts.map((_, at) => parts.slice(0, at + 1).join('/'));
}

/** Disks that don't tell capitals from small letters are common, so names that differ in these alone are the same. */
function freeName(wanted: string, taken: ReadonlySet<string>): string {
  const [stem = '', ending = ''] = wanted.split(/(?=\.[a-z]+$)/);
  for (let number = 1; ; number += 1) {
    // An underscore: a module's name has no hyphen.
    const name = number === 1 ? wanted : `${stem}_${String(number)}${ending}`;
    if (!taken.has(name.toLowerCase())) return name;
  }
}

/** Sets the constants at the top of a test. What a text of JSON says, Python reads alike. */
function withValues(test: string, values: Readonly<Record<string, unknown>>): string {
  return Object.entries(values).reduce(
    (text, [name, value]) =>
      text.replace(
        new RegExp(`^(${name}(?:: [^=\n]+)? = ).*$`, 'm'),
        (_, before: string) => before + JSON.stringify(value),
      ),
    test,
  );
}

const CALL = '    answer = call_handler()\n';

/** Writes what the page's run answered into the test, as a line that asks for the same: whoever wants that takes the `#` away. */
function withAnswer(test: string, answer: string | null): string {
  if (answer === null || !test.includes('json.loads(') || !isJson(answer)) return test;
  const line = `    # assert answer == json.loads(${JSON.stringify(answer)})\n`;
  return test.replace(CALL, () => CALL + line);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** What runs the function in a terminal; FOLDER is where the archive has been unpacked. */
function invokeCommand(
  { start, handler = '', timeout = TIMEOUT, variables = {} }: CodeRecord,
  platform: string,
  { event, layer }: { readonly event: string; readonly layer: string | null },
): string {
  const options = [
    `--platform ${platform}`,
    ...(start === undefined ? [] : [`--start ${start}`]),
    `--handler ${quote(handler)}`,
    `--timeout ${String(timeout / 1000)}`,
    ...Object.entries(variables).map(([name, value]) => `--env ${quote(`${name}=${value}`)}`),
    ...(layer === null ? [] : [`--layer FOLDER/${layer}`]),
    `--event FOLDER/${event}`,
  ];
  return `npm run invoke -- ${options.join(' ')} FOLDER`;
}

/** A word for a shell, as it is where it may be. */
function quote(word: string): string {
  return /^[\w./=:-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
