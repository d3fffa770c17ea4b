/**
 * WebKitGTK, driven by the driver that comes with it: the few commands of the WebDriver protocol that the smoke test needs.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';

/** How long the page may take for what is waited for; far more than any step needs. */
const PATIENCE = 90_000;

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
    const { sessionId } = (await ask(`${driver}/session`, 'POST', { capabilities: {} })) as {
      sessionId: string;
    };
    return new Session(`${driver}/session/${sessionId}`);
  }

  /** Opens a page and waits until it has loaded. */
  async go(url: string): Promise<void> {
    await ask(`${this.#address}/url`, 'POST', { url });
  }

  /** From now on asks a frame of the page, by its place among them; null is the page itself. */
  async frame(id: number | null): Promise<void> {
    await ask(`${this.#address}/frame`, 'POST', { id });
  }

  /** The body of a function that runs in the page. */
  run(script: string, ...args: readonly string[]): Promise<unknown> {
    return ask(`${this.#address}/execute/sync`, 'POST', { script, args });
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

  /** Ends the browser. */
  async close(): Promise<void> {
    await ask(this.#address, 'DELETE');
  }
}

async function ask(url: string, method: 'POST' | 'DELETE', body?: object): Promise<unknown> {
  const response = await fetch(url, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const { value } = (await response.json()) as { value: unknown };
  if (!response.ok) throw new Error(`${method} ${url}: ${JSON.stringify(value)}`);
  return value;
}

/** Ends what it was given, and waits until it is over. */
export async function endProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill();
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
  return { display: `:${String(first?.[0]).trim()}`, close: () => endProcess(child) };
}

/** Starts the driver on a port that is free now, as soon as it answers. */
export async function startDriver(
  program: string,
  display: string,
): Promise<{ address: string; child: ChildProcess }> {
  const probe = createServer();
  await once(probe.listen(0, '127.0.0.1'), 'listening');
  const { port } = probe.address() as AddressInfo;
  await once(probe.close(), 'close');
  const child = spawn(program, [`--port=${String(port)}`], {
    stdio: 'ignore',
    env: { ...process.env, DISPLAY: display, NO_AT_BRIDGE: '1' },
  });
  const address = `http://127.0.0.1:${String(port)}`;
  for (;;) {
    if (child.exitCode !== null) throw new Error(`WebKitWebDriver ended with ${String(child.exitCode)}.`);
    const answer = await fetch(`${address}/status`).catch(() => null);
    if (answer?.ok === true) return { address, child };
    await new Promise((turn) => setImmediate(turn));
  }
}
