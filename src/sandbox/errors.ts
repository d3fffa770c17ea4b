/**
 * What can go wrong between a click on Run and an outcome, each with a name that the page has words for
 * in the reader's language. `message` is for developers; the fields are what the page's words are filled with.
 */

/** A file that Python needs did not come: `status` is the host's answer, null when there was no answer at all. */
export class PythonFileMissing extends Error {
  override readonly name = 'PythonFileMissing';
  readonly file: string;
  readonly status: number | null;

  constructor(file: string, status: number | null, cause?: unknown) {
    super(`${file} could not be fetched (${status === null ? 'no answer' : `HTTP ${status}`}).`, { cause });
    this.file = file;
    this.status = status;
  }
}

/** A file came, but not as it was built: cut short, changed, or another file altogether. */
export class PythonFileDamaged extends Error {
  override readonly name = 'PythonFileDamaged';
  readonly file: string;
  /** True for a web page in its place, as networks send it that want one to sign in. */
  readonly isPage: boolean;

  constructor(file: string, isPage: boolean, cause?: unknown) {
    super(`${file} did not arrive as it was built.`, { cause });
    this.file = file;
    this.isPage = isPage;
  }
}

/** A file stopped coming: not a byte for `seconds`. */
export class PythonFileStalled extends Error {
  override readonly name = 'PythonFileStalled';
  readonly file: string;
  readonly seconds: number;

  constructor(file: string, seconds: number) {
    super(`${file} stopped coming: nothing for ${seconds} seconds.`);
    this.file = file;
    this.seconds = seconds;
  }
}

/** The page was opened by an address that browsers do not trust (http, and not this machine): files cannot be verified. */
export class InsecureOrigin extends Error {
  override readonly name = 'InsecureOrigin';
  readonly origin: string;

  constructor(origin: string) {
    super(`${origin} is not a secure origin: open the page by https or as localhost.`);
    this.origin = origin;
  }
}

/** The browser runs no WebAssembly: a setting of it (as in a phone's lockdown), or a policy, has taken it away. */
export class WebAssemblyMissing extends Error {
  override readonly name = 'WebAssemblyMissing';

  constructor() {
    super('There is no WebAssembly in this browser.');
  }
}

/** The browser, an extension or an embedding page keeps the runner's frame or its worker from starting. */
export class RunnerBlocked extends Error {
  override readonly name = 'RunnerBlocked';
  readonly part: 'frame' | 'worker';

  constructor(part: 'frame' | 'worker') {
    super(`The ${part} that Python runs in could not start.`);
    this.part = part;
  }
}

/** A policy that is not the page's own, of the host or of an extension, refuses what an environment needs. */
export class PolicyRefuses extends Error {
  override readonly name = 'PolicyRefuses';
  /** What a policy has to allow, as one is written: `script-src blob: 'wasm-unsafe-eval'; connect-src 'self'`. */
  readonly lacking: string;

  constructor(lacking: string, cause: unknown) {
    super(`A policy does not allow ${lacking}.`, { cause });
    this.lacking = lacking;
  }
}

/** Python was handed all its files and did not start within `seconds`. */
export class BootStalled extends Error {
  override readonly name = 'BootStalled';
  readonly seconds: number;

  constructor(seconds: number) {
    super(`Python did not start within ${seconds} seconds.`);
    this.seconds = seconds;
  }
}

/** Python itself failed and took the environment with it; the next run starts a new one. */
export class EnvironmentCrashed extends Error {
  override readonly name = 'EnvironmentCrashed';
  /** What the browser called the failure, for example `RangeError`. */
  readonly failure: string;
  /** The browser's own words. */
  readonly detail: string;

  constructor(failure: string, detail: string) {
    super(`The environment crashed: ${failure}: ${detail}`);
    this.failure = failure;
    this.detail = detail;
  }
}

/** The reader (or a newer run) ended this run. */
export class SandboxStopped extends Error {
  override readonly name = 'SandboxStopped';

  constructor() {
    super('The run was stopped.');
  }
}

/**
 * Everything that `Sandbox.run` rejects with.
 *
 * @public a promise's type cannot say it
 */
export type SandboxError =
  | PythonFileMissing
  | PythonFileDamaged
  | PythonFileStalled
  | InsecureOrigin
  | WebAssemblyMissing
  | RunnerBlocked
  | PolicyRefuses
  | BootStalled
  | EnvironmentCrashed
  | SandboxStopped;
