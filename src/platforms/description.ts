/**
 * What a platform's folder says of itself, `src/platforms/<platform>/platform.json`: types, and what every layer asks
 * of them. `description-schema.ts` checks the file; that is the build's work, and no part of a page.
 */
import { ownValue } from '../trace/own-value.ts';

export interface PlatformDescription {
  /** The folder's name. */
  readonly platform: string;
  /** What the pages call it, in each language. */
  readonly title?: { readonly en: string; readonly ja: string };
  /** What it is called where there is room for some 20 characters; its title where it has none. */
  readonly short?: { readonly en: string; readonly ja: string };
  /** The platform whose service plays this one, too; left out, `service.ts` in its own folder. */
  readonly service?: string;
  /** The script that the platform starts: it becomes `__main__`. */
  readonly entry: string;
  /** Whose that script is: left out, the runtime's. Where it is one of the function's own files, there is no runtime. */
  readonly entryOwner?: 'handler';
  /** There when a module is started in place of a script: `entry` is that module's file. */
  readonly start?: ModuleStart;
  /** Other ways in which the platform may start its process, by name; `chooseStart` takes one. */
  readonly starts?: Readonly<Record<string, OtherStart>>;
  /** What a handler is called there unless its owner says otherwise; left out, `lambda_function.lambda_handler`. */
  readonly handler?: string;
  /** The variable that tells the process the handler's name, where one does. */
  readonly handlerVariable?: string;
  /** The variable with the address of a server that the process connects to: `socket.exchange` plays it. */
  readonly connects?: string;
  /** The ways in which its runtime can be told to wait for invocations, the usual one first, where it has several. */
  readonly modes?: readonly string[];
  /** The variable with the number of the descriptor from which the platform takes log frames: `telemetry.write` plays it. */
  readonly telemetry?: string;
  /**
   * Folders that keep their files when the process is ended by an error or by the time limit: then the platform resets
   * the environment, and starts another process in it. Left out, the environment is given up.
   */
  readonly resets?: readonly string[];
  /**
   * How many processes an environment has that take its invocations in turn, and share the files of `directories`; left
   * out, one. What ends one of them leaves the others alone, and another takes its place.
   */
  readonly processes?: number;
  /** Whether the platform hands the process open sockets, by number: `socket.receive` and `socket.send` play them. */
  readonly passesSockets?: boolean;
  /**
   * The variable with the port that the process listens on, where it is itself the server: `socket.accept` (→ the
   * connection's descriptor) and `socket.close` play it beside the two calls above.
   */
  readonly listens?: string;
  /**
   * There where the process's file descriptors `in` and `out` are pipes whose other ends the platform holds.
   * `pipe.read` (descriptor, size → bytes, none at the end of the file) and `pipe.write` (descriptor, bytes) play them.
   */
  readonly pipes?: { readonly in: number; readonly out: number };
  /** Files of the function that the platform lays on its disk under another name, by the name that its owner gave. */
  readonly renames?: Readonly<Record<string, string>>;
  /** Folders of `shared/disk` that lie on this disk, too: their names there, and their paths here. */
  readonly shares?: Readonly<Record<string, string>>;
  /** Where the files of layers lie, where the platform has such: `/opt`. */
  readonly layers?: string;
  /** The path of Python itself, as the process's `sys.executable` names it. */
  readonly executable?: string;
  /**
   * Where Python itself is installed, as `/var/lang`: its library lies there in a folder of `lib`, and `packagesOf` beside it.
   * Left out, it lies where the sandbox's does.
   */
  readonly prefix?: string;
  readonly cwd: string;
  /** Where the function's own files lie. */
  readonly task: string;
  /** Folders that are there beside those that files lie in; all can be written to. */
  readonly directories: readonly string[];
  /** Folders that are there, too, and that nobody can write to; `directories` that lie in them can be. */
  readonly readOnly?: readonly string[];
  /** The locales that its disk has beside C, POSIX and C.UTF-8; left out, Python accepts every name. */
  readonly locales?: readonly string[];
  /**
   * Where the runtime's own code lies, files or folders (with a slash at their end); left out, the folder of `entry` below
   * the first of the disk's, as `/var/runtime/`. Where several keys name a place of code, the longest path decides.
   */
  readonly runtime?: readonly string[];
  /** Folders of the image whose code is passed over in a recording, as the standard library's is. */
  readonly library?: readonly string[];
  readonly variables: Readonly<Record<string, string>>;
  /** The platform's own lines around a first invocation, in their order; names in braces stand for what varies. */
  readonly log?: readonly string[];
  readonly native: readonly NativeModule[];
  /** There where the runtime is none of this site: somebody has brought its files. No `platform.json` has it. */
  readonly brought?: BroughtFiles;
}

/** What has to be known of a brought runtime's files to let this Python run them. Paths are those of its disk. */
export interface BroughtFiles {
  /** Folders that Python looks for modules in when it has found them nowhere else. */
  readonly path: readonly string[];
  /** Modules of which there is machine code alone, by their names. */
  readonly native: Readonly<Record<string, string>>;
  /** Modules of which there are another Python's compiled files alone. */
  readonly compiled: Readonly<Record<string, string>>;
  /** The release of Python that it was made for (`3.9`); null where nothing tells. */
  readonly python: string | null;
  /** The runtime's own sources: each is compiled before the run, so that one that can't be is told. */
  readonly sources: readonly string[];
  /** The harness's modules that only a brought runtime needs: their sources by name, each behind those that it imports. */
  readonly harness: Readonly<Record<string, string>>;
}

/** `python -m MODULE ARGUMENT…` */
export interface ModuleStart {
  readonly module: string;
  /** The module's file. */
  readonly entry: string;
  /** The variables whose values are the arguments; one that is not set is no argument. */
  readonly arguments: readonly string[];
  /** The arguments themselves, where they are known and no variable's: a case of conformance has them. */
  readonly values?: readonly string[];
}

/** One of the other ways to start: a module or, where it names none, the usual script. */
export interface OtherStart extends Partial<ModuleStart> {
  /** Variables that the process has besides. */
  readonly variables?: Readonly<Record<string, string>>;
  /** The description's `processes`; an environment of several is not reset. */
  readonly processes?: number;
}

/** The same platform, started in another of its ways. Throws RangeError when there is none of that name. */
export function chooseStart(description: PlatformDescription, name: string): PlatformDescription {
  const start = ownValue(description.starts ?? {}, name);
  if (start === undefined) throw new RangeError(`${description.platform} has no start named ${name}`);
  const { module, entry, arguments: names, values, processes } = start;
  const { resets, ...others } = description;
  const chosen: PlatformDescription = {
    ...others,
    ...(processes === undefined ? (resets === undefined ? {} : { resets }) : { processes }),
    variables: { ...description.variables, ...start.variables },
  };
  if (module === undefined || entry === undefined) return chosen;
  const started: ModuleStart = {
    module,
    entry,
    arguments: names ?? [],
    ...(values === undefined ? {} : { values }),
  };
  return { ...chosen, start: started, entry };
}

/** Where the platform lays a file of the function, by the name that its owner gave. */
export function taskPath(
  { task, renames = {} }: Pick<PlatformDescription, 'task' | 'renames'>,
  name: string,
): string {
  return `${task}/${ownValue(renames, name) ?? name}`;
}

/** The folder of installed packages that Python has on its path, below the platform's `prefix`; null where it names none. */
export function packagesOf({
  prefix,
  executable = '',
}: Pick<PlatformDescription, 'prefix' | 'executable'>): string | null {
  const version = executable.slice(executable.lastIndexOf('/') + 1);
  return prefix === undefined ? null : `${prefix}/lib/${version}/site-packages`;
}

/** A module that is not Python: imported by name, played by the service. */
export interface NativeModule {
  readonly module: string;
  /** The file that stands for it on the disk, or null when there is none. */
  readonly origin: string | null;
  readonly functions: readonly string[];
  /** What a caller takes of a function's answer, by function: names of its parts, handed over as one more argument. */
  readonly asks?: Readonly<Record<string, readonly string[]>>;
  /** The function among them whose first argument is text for the log: past the cap its calls do not cross. */
  readonly output?: string;
}
