/**
 * One execution environment in a worker (edge). The build bundles it, with the harness and the services,
 * into one classic script (`src/integrations/worker-bundle.ts`), which calls `startWorker`.
 */
import type { CreateService } from '../services/service.ts';
import { closeDoors } from './doors.worker.ts';
import { Environment } from './environment.ts';
import { openLine, type Line } from './line.worker.ts';
import type { Files, PageMessage } from './protocol.ts';
import { PythonLoader, type Lock } from './python-loader.worker.ts';
import { realWorld } from './world.ts';

/**
 * What the build adds: Pyodide's lock file without its packages, the harness's files by name, and the
 * services by the name that an `image.json` gives.
 */
export interface WorkerParts {
  readonly lock: Lock;
  readonly harness: Files;
  readonly services: Readonly<Record<string, { readonly createService: CreateService }>>;
}

/** Waits for the page's port, then answers its messages for as long as the environment lives. */
export function startWorker(parts: WorkerParts): void {
  closeDoors();
  const start = ({ ports: [port] }: MessageEvent): void => {
    if (port === undefined) return;
    removeEventListener('message', start);
    const line = openLine(port);
    reportCrashes(line);
    answer(line, parts);
  };
  addEventListener('message', start);
}

function answer(line: Line, { lock, harness, services }: WorkerParts): void {
  const loader = new PythonLoader(lock);
  let environment: Environment | null = null;
  line.listen((message: PageMessage) => {
    if (message.type === 'python') {
      loader.take(message.file, message.bytes);
      return;
    }
    environment ??= new Environment({
      post: line.post,
      world: realWorld(),
      loadPython: loader.load,
      harness,
      loadService: (name) => {
        const service = services[name];
        return service === undefined
          ? Promise.reject(new ReferenceError(`There is no service named ${name}.`))
          : Promise.resolve(service);
      },
      mayWait: message.type !== 'start' || message.mayWait !== false,
    });
    // Whatever rejects in here ends as an unhandled rejection, on purpose: those are the crashes.
    void environment.receive(message);
  });
}

/** After a fatal error of the interpreter no promise ever settles: these two events are the only sign. */
function reportCrashes({ post }: Line): void {
  addEventListener('unhandledrejection', (event) => {
    event.preventDefault();
    post({ type: 'crashed', ...describeFailure(event.reason) });
  });
  addEventListener('error', (event) => {
    event.preventDefault();
    post({ type: 'crashed', ...describeFailure(event.error ?? event.message) });
  });
}

/** Some of Pyodide's failures are objects that are no `Error`. */
function describeFailure(failure: unknown): { name: string; message: string } {
  if (typeof failure !== 'object' || failure === null) return { name: 'Error', message: String(failure) };
  const { name, message } = failure as { name?: unknown; message?: unknown };
  return {
    name: typeof name === 'string' && name !== '' ? name : 'Error',
    message: typeof message === 'string' ? message : '',
  };
}
