/**
 * One execution environment in a worker (edge). The build bundles it, with the harness and the services,
 * into one classic script (`src/integrations/worker-bundle.ts`), which calls `startWorker`.
 */
import { ownValue } from '../trace/own-value.ts';
import type { CreateService } from '../platforms/service.ts';
import { removeGlobals } from './remove-globals.worker.ts';
import { Environment } from './environment.ts';
import { isFatal } from './interpreter.ts';
import { openPort, type EnvironmentPort } from './port.worker.ts';
import { limitMemory, MEMORY_LIMIT } from './memory-limit.ts';
import type { Files, LateFile, PageMessage } from './protocol.ts';
import { PythonLoader, type Lock } from './python-loader.worker.ts';
import { realWorld } from './world.ts';

const LIBRARY: LateFile = 'python_stdlib.zip';
const ZONES: LateFile = 'zoneinfo.bin';

/**
 * What the build adds: Pyodide's lock file without its packages, what Python's files are unpacked with, the harness's
 * files by name, and the services by the name that an `platform.json` gives.
 */
export interface WorkerParts {
  readonly lock: Lock;
  /** The size of the standard library's archive in bytes. */
  readonly librarySize: number;
  /** What unpacks Brotli: WebAssembly in Base64. */
  readonly decoder: string;
  readonly harness: Files;
  readonly services: Readonly<Record<string, { readonly createService: CreateService }>>;
}

/** Waits for the page's port, then answers its messages for as long as the environment lives. */
export function startWorker(parts: WorkerParts): void {
  removeGlobals();
  const start = ({ ports: [port] }: MessageEvent): void => {
    if (port === undefined) return;
    removeEventListener('message', start);
    const toPage = openPort(port);
    answer(toPage, parts);
  };
  addEventListener('message', start);
}

function answer(
  toPage: EnvironmentPort,
  { lock, librarySize, decoder, harness, services }: WorkerParts,
): void {
  const wasRefusedMemory = limitMemory(MEMORY_LIMIT);
  const loader = new PythonLoader(lock, librarySize, decoder);
  loader.library.awaited = () => {
    toPage.post({ type: 'awaits', file: LIBRARY });
  };
  let environment: Environment | null = null;
  const makeEnvironment = (mayWait: boolean): Environment => {
    const made = new Environment({
      post: toPage.post,
      world: realWorld(),
      wasRefusedMemory,
      loadPython: loader.load,
      library: loader.library,
      zones: () => {
        toPage.post({ type: 'awaits', file: ZONES });
        return loader.zones;
      },
      harness,
      loadService: (name) => {
        const service = ownValue(services, name);
        return service === undefined
          ? Promise.reject(new ReferenceError(`There is no service named ${name}.`))
          : Promise.resolve(service);
      },
      mayWait,
    });
    reportCrashes(made.crash);
    return made;
  };
  toPage.listen((message: PageMessage) => {
    if (message.type === 'python') {
      loader.take(message.file, message.bytes, message.packing);
      return;
    }
    environment ??= makeEnvironment(message.type !== 'boot' || message.mayWait);
    environment.receive(message);
  });
}

/**
 * After a fatal error of the interpreter no promise ever settles: these two events are the only sign. A rejection
 * that a reader's own JavaScript left behind is none, and breaks nothing.
 */
function reportCrashes(crash: (error: unknown) => void): void {
  const report = (event: Event, error: unknown): void => {
    event.preventDefault();
    if (isFatal(error)) crash(error);
  };
  addEventListener('unhandledrejection', (event) => {
    report(event, event.reason);
  });
  addEventListener('error', (event) => {
    report(event, event.error);
  });
}
