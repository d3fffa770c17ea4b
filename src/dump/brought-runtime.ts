/** A brought runtime as a platform: the model's disk with the dump's files in the place of the model's own. */
import { packagesOf, type NativeModule, type PlatformDescription } from '../platforms/description.ts';
import type { Files } from '../sandbox/protocol.ts';
import { flatModules, isFlat, type FoundRuntime } from './find-runtime.ts';
import { isNative, moduleStem } from './import-graph.ts';
import { receivedNames, reportedFunctions } from './native-calls.ts';

/** What somebody has to know of how a brought runtime is run; the names of the sentences (`dump.notes`). */
export type BroughtKey =
  /** It is made for another Python than the sandbox's (`made`, `runs`). */
  | 'python'
  /** Its native module `module` is played by the platform's service; the dump's file of it is `file`, or it has none. */
  | 'played'
  | 'playedNoFile'
  /** `count` files of machine code are not loaded. */
  | 'machineCode'
  /** `count` compiled files of another Python are left out. */
  | 'bytecode'
  /** `package` and what lies beside it come to lie in `to`: the dump names no place of the service's disk. */
  | 'placed'
  /** The dump has no `module`: it is the model's, and no other's. */
  | 'ours'
  /** The dump's `module` reaches a network, so the lab's stand-in is there in its place. */
  | 'noNetwork'
  /** Files of Python's own library of `made` are left out. */
  | 'library';

export interface BroughtNote {
  readonly key: BroughtKey;
  readonly values: Readonly<Record<string, string>>;
}

/** Why a runtime is not run. `python2`: no Python of 3 compiles it. */
export type NotRunKey = 'python2';

export type BroughtPlatform =
  | {
      readonly runs: true;
      readonly platform: PlatformDescription;
      readonly image: Files;
      readonly notes: readonly BroughtNote[];
    }
  | { readonly runs: false; readonly reason: NotRunKey };

/** The platform whose disk and service a runtime runs on. */
export function platformOf(found: FoundRuntime): 'lambda-today' | 'lambda-2016' {
  return found.form === 'awslambda' ? 'lambda-2016' : 'lambda-today';
}

/** The model's disk, of which the brought runtime takes over what is its own. */
export interface Base {
  readonly description: PlatformDescription;
  readonly files: Files;
  /** `BroughtFiles.harness`. */
  readonly harness: Readonly<Record<string, string>>;
}

/** Packages that would reach a network: the model's disk has stand-ins that reach the lab's buckets. */
const NETWORKED = new Set(['boto3', 'botocore', 's3transfer']);
/** The model's own packages that a runtime needs, and may bring. */
const SHARED = ['simplejson', 'snapshot_restore_py'] as const;
/** Modules that a runtime calls and that are not Python, by its form. */
const NATIVE = { awslambdaric: 'runtime_client', awslambda: 'runtime' } as const;

/** `base` is the platform of `platformOf`. */
export function broughtPlatform(
  files: ReadonlyMap<string, Uint8Array>,
  found: FoundRuntime,
  base: Base,
): BroughtPlatform {
  if (found.python?.startsWith('2.') === true) return { runs: false, reason: 'python2' };
  const disk = layOut(files, found, base.description);
  const notes = notesOf(found, disk);
  const image = { ...ownOfBase(found, base, disk), ...disk.files };
  const platform = found.form === 'awslambda' ? of2018(files, found, base, disk) : today(found, base, disk);
  return { runs: true, platform, image, notes };
}

/** Where the dump's files come to lie. */
interface Disk {
  readonly files: Record<string, Uint8Array>;
  /** The package's folder. */
  readonly folder: string;
  /** Where it lies: Python's modules are looked for there. */
  readonly root: string;
  readonly script: string | null;
  readonly from: string;
  readonly native: Record<string, string>;
  readonly compiled: Record<string, string>;
  readonly counts: { machineCode: number; bytecode: number; library: number };
  readonly networked: ReadonlySet<string>;
  /** Packages and modules that Python finds, the runtime's own among them: a folder with a slash at its end, or a file. */
  readonly beside: ReadonlyMap<string, string>;
  /** Folders in which modules lie, the package's first. */
  readonly roots: readonly string[];
  /** Where the runtime's own files lie: a folder with a slash at its end, or a file. */
  readonly own: readonly string[];
  /** Whether Python can start the package as a module. */
  readonly isStartable: boolean;
}

/** A folder of the dump in which modules lie, and where it comes to lie. */
interface Root {
  readonly from: string;
  readonly to: string;
}

/** The package's own folder, the script's, and every `site-packages` of the service's Python. */
function rootsOf(
  files: ReadonlyMap<string, Uint8Array>,
  main: Root,
  found: FoundRuntime,
  packages: string | null,
): Root[] {
  const { script, form } = found;
  const roots = [main];
  const add = (from: string, usual: string): void => {
    if (!roots.some((root) => root.from === from)) roots.push({ from, to: absoluteOf(from) ?? usual });
  };
  if (form === 'awslambda') return roots;
  // What a script beside it brings in lies in the folder above.
  if (isFlat(found) && /(?:^|\/)awslambda$/.test(main.from)) add(parentOf(main.from), parentOf(main.to));
  if (script !== null) add(parentOf(script), '/var/runtime');
  for (const path of files.keys()) {
    const folder = /^((?:(?:.*\/)?lib\/python3\.\d+\/)?site-packages)\//.exec(path)?.[1];
    // The system's own tools have a Python, too, and a function its packages.
    if (folder !== undefined && !/^(?:usr\/lib|var\/task)\//.test(folder)) add(folder, packages ?? main.to);
  }
  return roots;
}

function layOut(
  files: ReadonlyMap<string, Uint8Array>,
  found: FoundRuntime,
  description: PlatformDescription,
): Disk {
  const from = isFlat(found) ? found.folder : parentOf(found.folder);
  const script = found.script;
  const root = rootOf(from, script, found, description);
  const roots = rootsOf(files, { from, to: root }, found, packagesOf(description));
  // A folder of modules may lie within another one.
  const deepest = roots.toSorted((one, other) => other.from.length - one.from.length);
  const laid = new Map<string, Uint8Array>();
  const native = new Map<string, string>();
  const compiled = new Map<string, string>();
  const counts = { machineCode: 0, bytecode: 0, library: 0 };
  const networked = new Set<string>();
  const beside = new Map<string, string>();
  for (const [path, bytes] of files) {
    const home = deepest.find((one) => pathBelow(path, one.from) !== null);
    const name = home === undefined ? null : pathBelow(path, home.from);
    if (home === undefined || name === null || isElsewhere(name, home.from)) {
      if (/(?:^|\/)lib\/python3\.\d+\/(?!site-packages\/)/.test(path)) counts.library += 1;
      continue;
    }
    const place = `${home.to}/${name}`;
    const [top = ''] = name.split('/');
    if (NETWORKED.has(top)) {
      if (top !== 's3transfer') networked.add(top);
      continue;
    }
    if (isNative(name)) {
      counts.machineCode += 1;
      const module = moduleOf(name);
      if (module !== null) native.set(module, place);
      continue;
    }
    if (name.endsWith('.pyc') || name.endsWith('.pyo')) {
      counts.bytecode += 1;
      const module = moduleOf(name);
      if (module !== null && !name.includes('__pycache__/') && !files.has(path.replace(/\.py[co]$/, '.py')))
        compiled.set(module, place);
      continue;
    }
    laid.set(place, bytes);
    const stem = name.includes('/') ? top : /^(\w+)\.py$/.exec(name)?.[1];
    if (stem !== undefined && !beside.has(stem))
      beside.set(stem, name.includes('/') ? `${home.to}/${top}/` : place);
  }
  const packages = found.form === 'awslambdaric' ? ['awslambdaric', 'snapshot_restore_py'] : ['awslambda'];
  const at = packagesOf(description) ?? root;
  const own = isFlat(found)
    ? flatModules(found, files).flatMap((path) => placeOf(path, deepest) ?? [])
    : packages.map((name) => beside.get(name) ?? `${at}/${name}/`);
  return {
    own,
    isStartable: files.has(`${found.folder}/__main__.py`),
    files: Object.fromEntries(laid),
    folder: isFlat(found) ? root : `${root}/${found.folder.slice(found.folder.lastIndexOf('/') + 1)}`,
    root,
    script: script === null ? null : placeOf(script, deepest),
    from,
    native: Object.fromEntries(native),
    compiled: Object.fromEntries(compiled),
    counts,
    networked,
    beside,
    roots: [...new Set(roots.map(({ to }) => to))],
  };
}

function placeOf(path: string, deepest: readonly Root[]): string | null {
  const home = deepest.find(({ from }) => pathBelow(path, from) !== null);
  return home === undefined ? null : `${home.to}/${pathBelow(path, home.from) ?? ''}`;
}

/** Where Python finds the package: its own place where the dump tells it, else the model's. */
function rootOf(
  from: string,
  script: string | null,
  found: FoundRuntime,
  description: PlatformDescription,
): string {
  const own = absoluteOf(from);
  if (own !== null) return own;
  const isBeside = script !== null && parentOf(script) === from;
  if (found.form === 'awslambda' || isBeside) return '/var/runtime';
  return packagesOf(description) ?? '/var/runtime';
}

/** A path of the dump that names its place on the service's disk, whatever folder it was dropped in; null for any other. */
function absoluteOf(path: string): string | null {
  const found = /(?:^|\/)(var\/(?:runtime|lang)(?:\/.*)?)$/.exec(path) ?? /^((?:usr|opt)\/.+)$/.exec(path);
  return found?.[1] === undefined ? null : `/${found[1]}`;
}

/** In a dump of a whole disk whose package lies at its top, what names another place of that disk. */
function isElsewhere(below: string, from: string): boolean {
  return from === '' && /^(?:bin|dev|etc|home|lib64|opt|proc|root|sbin|sys|tmp|usr|var)\//.test(below);
}

function parentOf(path: string): string {
  return path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
}

function pathBelow(path: string, folder: string): string | null {
  if (folder === '') return path;
  return path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : null;
}

/** `simplejson/_speedups.cpython-312-x86_64-linux-gnu.so` → `simplejson._speedups`. */
function moduleOf(name: string): string | null {
  const stem = moduleStem(name);
  if (stem === null) return null;
  const folder = parentOf(name);
  const whole = [...(folder === '' ? [] : folder.split('/')), ...(stem === '__init__' ? [] : [stem])].join(
    '.',
  );
  return /^\w+(?:\.\w+)*$/.test(whole) ? whole : null;
}

/** What stays of the model's disk: nothing of its runtime, and no package that the dump has itself. */
function ownOfBase(found: FoundRuntime, { description, files }: Base, disk: Disk): Files {
  const packages = packagesOf(description);
  const gone =
    found.form === 'awslambda'
      ? ['/var/runtime/awslambda/']
      : [
          '/var/runtime/bootstrap.py',
          `${packages ?? ''}/awslambdaric/`,
          `${packages ?? ''}/runtime_client.`,
          ...SHARED.filter((name) => disk.beside.has(name)).map((name) => `${packages ?? ''}/${name}/`),
        ];
  return Object.fromEntries(
    Object.entries(files).filter(([path]) => !gone.some((place) => path.startsWith(place))),
  );
}

function today(found: FoundRuntime, { description, harness }: Base, disk: Disk): PlatformDescription {
  // eslint-disable-next-line @typescript-eslint/no-unused-vars -- the model's own ways to start
  const { starts, start, ...others } = description;
  const entry = `${disk.folder}/__main__.py`;
  const asModule = { module: 'awslambdaric', entry, arguments: ['_HANDLER'] };
  const variables = { PYTHONPATH: '/var/runtime' };
  const version = found.python;
  return {
    ...others,
    ...(disk.script === null
      ? { entry, start: asModule, variables: { ...description.variables, ...variables } }
      : { entry: disk.script }),
    ...(disk.isStartable ? { starts: { image: { ...asModule, variables } } } : {}),
    ...placesOf(description, disk),
    // It is there, whatever lies in it.
    readOnly: [...(description.readOnly ?? []), '/var/runtime'],
    native: nativeOf(description, disk, 'runtime_client', {}),
    brought: broughtFiles(found, disk, harness),
    ...(version === null
      ? {}
      : {
          variables: {
            ...description.variables,
            ...(disk.script === null ? variables : {}),
            AWS_EXECUTION_ENV: `AWS_Lambda_python${version}`,
          },
        }),
  };
}

/** The variables that were renamed with an underscore early in 2017. */
const DESCRIPTORS = /^LAMBDA_(?=(?:CONTROL_SOCKET|CONSOLE_SOCKET|SHARED_MEM_FD|LOG_FD|RUNTIME_LOAD_TIME)$)/;

/** `awslambda` of 3.6 and 3.7: the native module `runtime` of then on the service of 2016. */
function of2018(
  files: ReadonlyMap<string, Uint8Array>,
  found: FoundRuntime,
  { description, harness }: Base,
  disk: Disk,
): PlatformDescription {
  const source = new TextDecoder().decode(files.get(found.script ?? ''));
  const version = found.python;
  // One that reads the names of 2016 gets them.
  const isOf2016 = /(?<!_)\bLAMBDA_CONTROL_SOCKET\b/.test(source);
  const own = Object.entries(description.variables).map(([name, value]) => [
    isOf2016 ? name : name.replace(DESCRIPTORS, '_LAMBDA_'),
    value,
  ]);
  return {
    ...description,
    entry: disk.script ?? description.entry,
    ...(version === null ? {} : { executable: `/var/lang/bin/python${version}` }),
    handlerVariable: '_HANDLER',
    variables: {
      ...(Object.fromEntries(own) as Record<string, string>),
      LANG: 'en_US.UTF-8',
      ...(version === null ? {} : { TZ: ':UTC', AWS_EXECUTION_ENV: `AWS_Lambda_python${version}` }),
      ...(isOf2016 ? {} : { _LAMBDA_SB_ID: '7' }),
    },
    ...placesOf(description, disk),
    native: nativeOf(description, disk, 'runtime', {
      functions: reportedFunctions(source),
      asks: receivedNames(source),
    }),
    brought: broughtFiles(found, disk, harness),
  };
}

/** Whose code lies where: the runtime's own packages and its script; what lies beside them is libraries. */
function placesOf(
  description: PlatformDescription,
  disk: Disk,
): Pick<PlatformDescription, 'runtime' | 'library'> {
  const runtime = [...new Set([...disk.own, ...(disk.script === null ? [] : [disk.script])])];
  const others = [...disk.beside.values()].filter((place) => !runtime.includes(place));
  return { runtime, library: [...(description.library ?? []), ...others] };
}

function nativeOf(
  description: PlatformDescription,
  disk: Disk,
  name: string,
  more: { readonly functions?: readonly string[]; readonly asks?: NativeModule['asks'] },
): readonly NativeModule[] {
  return description.native.flatMap((native) => {
    if (native.module !== name) return [native];
    // One that is Python's is the dump's own.
    if (isOwnSource(name, disk)) return [];
    const { asks, functions = [] } = more;
    const played: NativeModule = {
      ...native,
      functions: [...new Set([...native.functions, ...functions])],
      ...(asks === undefined ? {} : { asks }),
    };
    // A package may have it within itself, too, whether its file is there or not.
    const inside = `${disk.folder.slice(disk.folder.lastIndexOf('/') + 1)}.${name}`;
    const places = Object.entries({ [inside]: native.origin ?? '', ...disk.native }).filter(
      ([module]) => module === name || module.endsWith(`.${name}`),
    );
    const beside = places.find(([module]) => module === name);
    return [
      { ...played, origin: beside?.[1] ?? native.origin },
      ...places
        .filter(([module]) => module !== name)
        .map(([module, origin]) => ({ ...played, module, origin })),
    ];
  });
}

/** Whether the dump has the source of a module that is machine code elsewhere. */
function isOwnSource(name: string, disk: Disk): boolean {
  return disk.beside.has(name) || Object.hasOwn(disk.files, `${disk.folder}/${name}.py`);
}

function broughtFiles(
  { python }: FoundRuntime,
  disk: Disk,
  harness: Base['harness'],
): NonNullable<PlatformDescription['brought']> {
  const sources = Object.keys(disk.files).filter(
    (path) =>
      path === disk.script || (path.endsWith('.py') && disk.own.some((place) => path.startsWith(place))),
  );
  const { native, compiled } = disk;
  return { path: disk.roots, native, compiled, python, sources, harness };
}

function notesOf(found: FoundRuntime, disk: Disk): BroughtNote[] {
  const notes: BroughtNote[] = [];
  const add = (key: BroughtKey, values: Readonly<Record<string, string>> = {}): void => {
    notes.push({ key, values });
  };
  if (found.python !== null && found.python !== SANDBOX) add('python', { made: found.python, runs: SANDBOX });
  const module = NATIVE[found.form];
  const file = Object.entries(disk.native).find(
    ([name]) => name === module || name.endsWith(`.${module}`),
  )?.[1];
  if (!isOwnSource(module, disk))
    add(file === undefined ? 'playedNoFile' : 'played', { module, file: file ?? '' });
  const others = disk.counts.machineCode - (file === undefined ? 0 : 1);
  if (others > 0) add('machineCode', { count: String(others) });
  if (disk.counts.bytecode > 0) add('bytecode', { count: String(disk.counts.bytecode) });
  if (absoluteOf(disk.from) === null) {
    const name = isFlat(found) ? found.script?.replace(/^.*\//, '') : null;
    add('placed', { package: name ?? found.form, to: disk.root });
  }
  if (found.form !== 'awslambda')
    for (const name of SHARED) if (!disk.beside.has(name)) add('ours', { module: name });
  for (const name of [...disk.networked].sort()) add('noNetwork', { module: name });
  if (disk.counts.library > 0) add('library', { made: found.python ?? '3' });
  return notes;
}

/** The sandbox's Python. */
const SANDBOX = '3.14';
