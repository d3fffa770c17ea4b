/**
 * WebKitGTK, driven by the driver that comes with it: the few commands of the WebDriver protocol that the smoke test needs.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';

/** How long the page may take for what is waited for, in milliseconds; far more than any step needs. */
const PATIENCE = 90_000;

/** How long the driver may take for one command, in milliseconds: the first page of a browser on a busy machine is the longest. */
const COMMAND_PATIENCE = 60_000;

/** The driver did not answer a command in its time: nothing is known of the page. */
class NoAnswer extends Error {}

/** The file of a program on the path; null when there is none. */
export function findProgram(name: string): string | null {
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter((folder) => path.isAbsolute(folder));
  return folders.map((folder) => path.join(folder, name)).find((file) => existsSync(file)) ?? null;
}

/** One session of the driver, by its own protocol. */
export class Session {
  readonly #address: string;

  private constructor(address: string) {
    this.#address = address;
  }

  /** Starts a browser. */
  static async open(driver: string): Promise<Session> {
    const { sessionId } = (await ask(`${driver}/session`, { capabilities: {} })) as {
      sessionId: string;
    };
    return new Session(`${driver}/session/${sessionId}`);
  }

  /** Opens a page and waits until it has loaded. */
  async go(url: string): Promise<void> {
    await ask(`${this.#address}/url`, { url });
  }

  /** From now on asks a frame of the page, by its place among them; null is the page itself. */
  async frame(id: number | null): Promise<void> {
    await ask(`${this.#address}/frame`, { id });
  }

  /** The body of a function that runs in the page. */
  run(script: string, ...args: readonly string[]): Promise<unknown> {
    return ask(`${this.#address}/execute/sync`, { script, args });
  }

  /** Asks the page again and again until the expression's text matches; says what it was when it never does. */
  async until(expression: string, pattern: RegExp): Promise<string> {
    const end = performance.now() + PATIENCE;
    for (;;) {
      const text = String(await this.run(`return ${expression};`));
      if (pattern.test(text)) return text;
      if (performance.now() > end)
        throw new Error(`${expression} is "${text}", and never ${String(pattern)}.`);
    }
  }
}

async function ask(url: string, body: object): Promise<unknown> {
  const signal = AbortSignal.timeout(COMMAND_PATIENCE);
  try {
    const response = await fetch(url, { method: 'POST', signal, body: JSON.stringify(body) });
    const { value } = (await response.json()) as { value: unknown };
    if (!response.ok) throw new Error(`${url}: ${JSON.stringify(value)}`);
    return value;
  } catch (error) {
    if (!signal.aborted) throw error;
    throw new NoAnswer(`${url}: no answer within ${String(COMMAND_PATIENCE / 1000)} s.`, { cause: error });
  }
}

/** Ends what it was given, and waits until it is over. */
async function endProcess(child: ChildProcess, kill: () => void): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  kill();
  await ended;
}

/** A screen for the browser: the one that is there, or one in memory, with the way to end it. Null when there is none. */
export async function openScreen(): Promise<{ display: string; close: () => Promise<void> } | null> {
  const { DISPLAY } = process.env;
  if (DISPLAY) return { display: DISPLAY, close: () => Promise.resolve() };
  const xvfb = findProgram('Xvfb');
  if (xvfb === null) return null;
  const child = spawn(xvfb, ['-displayfd', '3', '-screen', '0', '1200x900x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const channel = child.stdio[3];
  const first = channel === null || channel === undefined ? null : await once(channel, 'data');
  return { display: `:${String(first?.[0]).trim()}`, close: () => endProcess(child, () => child.kill()) };
}

/** A driver that answers, with the way to end it. */
interface Driver {
  readonly address: string;
  readonly end: () => Promise<void>;
}

/** Ports that a driver is tried on: between the moment that one is found free and the driver's, it may be taken. */
const PORTS_TRIED = 5;

/** Milliseconds in which a driver says whether it is ready; one that only listens is asked again. */
const STATUS_MILLISECONDS = 10_000;

/** Starts the driver, as soon as it answers. */
async function startDriver(program: string, display: string): Promise<Driver> {
  for (let tried = 1; ; tried += 1) {
    const started = await startOnFreePort(program, display);
    if (typeof started !== 'number') return started;
    if (tried === PORTS_TRIED) throw new Error(`WebKitWebDriver ended with ${String(started)}.`);
  }
}

/** Starts the driver on a port that is free now; gives the status that it ended with where it never answered. */
async function startOnFreePort(program: string, display: string): Promise<Driver | number> {
  const probe = createServer();
  await once(probe.listen(0, '127.0.0.1'), 'listening');
  const { port } = probe.address() as AddressInfo;
  await once(probe.close(), 'close');
  const child = spawn(program, [`--port=${String(port)}`], {
    stdio: 'ignore',
    // A group of its own: a browser that hangs does not end with its driver, nor when the driver asks it to.
    detached: true,
    env: { ...process.env, DISPLAY: display, NO_AT_BRIDGE: '1' },
  });
  const address = `http://127.0.0.1:${String(port)}`;
  const end = (): Promise<void> =>
    endProcess(child, () => {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    });
  for (;;) {
    if (child.exitCode !== null) return child.exitCode;
    const signal = AbortSignal.timeout(STATUS_MILLISECONDS);
    const answer = await fetch(`${address}/status`, { signal }).catch(() => null);
    if (answer?.ok === true) return { address, end };
    await new Promise((turn) => setImmediate(turn));
  }
}

/**
 * Takes the steps in a browser of their own, that ends with them. Where the driver stops answering nothing is known of the
 * page, so the steps are taken once more in a new one; a page that makes it hang does so again, and this throws.
 */
export async function inBrowser(
  program: string,
  display: string,
  steps: (session: Session) => Promise<void>,
): Promise<void> {
  const attempt = async (): Promise<void> => {
    const { address, end } = await startDriver(program, display);
    try {
      await steps(await Session.open(address));
    } finally {
      await end();
    }
  };
  try {
    await attempt();
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
    console.log(`${error.message} Once more, in a new browser.`);
    await attempt();
  }
}
