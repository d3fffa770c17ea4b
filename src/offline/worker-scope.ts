/** What a service worker finds around itself: the types of the page's world have none of it. */

interface ExtendableEvent extends Event {
  waitUntil(work: Promise<unknown>): void;
}

interface FetchEvent extends ExtendableEvent {
  readonly request: Request;
  readonly clientId: string;
  /** Of a page that the reader goes to. */
  readonly resultingClientId: string;
  respondWith(response: Promise<Response>): void;
}

/** An open page. */
export interface PageClient {
  readonly id: string;
  readonly url: string;
  postMessage(message: unknown): void;
}

interface WorkerMessage extends ExtendableEvent {
  readonly data: unknown;
  readonly source: PageClient | null;
  readonly ports: readonly MessagePort[];
}

interface WorkerEvents {
  readonly install: ExtendableEvent;
  readonly activate: ExtendableEvent;
  readonly fetch: FetchEvent;
  readonly message: WorkerMessage;
}

export interface WorkerScope {
  readonly caches: CacheStorage;
  readonly location: Location;
  readonly registration: ServiceWorkerRegistration;
  readonly clients: {
    claim(): Promise<void>;
    matchAll(options: { includeUncontrolled: boolean }): Promise<readonly PageClient[]>;
  };
  skipWaiting(): Promise<void>;
  addEventListener<Name extends keyof WorkerEvents>(
    name: Name,
    listener: (event: WorkerEvents[Name]) => void,
  ): void;
}

/** The worker's own global object. */
export const scope = globalThis as unknown as WorkerScope;
