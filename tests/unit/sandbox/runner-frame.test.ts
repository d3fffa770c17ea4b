/** What the page makes of what the runner's frame says, in a page that is no more than that. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openRunnerIn, type Runner } from '../../../src/sandbox/runner-frame.ts';
import { until } from './fakes.ts';

/** A frame's window that keeps what it is sent. */
class FrameWindow {
  port: MessagePort | null = null;

  postMessage(_data: unknown, { transfer: [port] }: { readonly transfer: readonly MessagePort[] }): void {
    this.port = port ?? null;
  }
}

interface Opened {
  readonly runner: Runner;
  /** The names of the errors that the page was told, and what came through the port. */
  readonly told: string[];
  readonly say: (data: string) => void;
  readonly inside: FrameWindow;
}

function open(): Opened {
  const inside = new FrameWindow();
  const told: string[] = [];
  const window = new EventTarget();
  const frame = Object.assign(new EventTarget(), {
    sandbox: { add: () => undefined },
    contentWindow: inside,
    remove: () => undefined,
  });
  const page = { createElement: () => frame, defaultView: window, body: { append: () => undefined } };
  const runner = openRunnerIn(page as unknown as Document)('<frame>', 'worker()', {
    message: (value) => told.push(String(value)),
    blocked: ({ name }) => told.push(name),
  });
  const say = (data: string): void => {
    window.dispatchEvent(Object.assign(new Event('message'), { data, source: inside, origin: 'null' }));
  };
  return { runner, told, say, inside };
}

test('a worker that fails before it has said anything is kept from starting', () => {
  const { runner, told, say } = open();
  say('frame-ready');
  say('worker-failed');
  assert.deepEqual(told, ['RunnerBlocked']);
  runner.remove();
});

test('what fails in a worker that has spoken is a crash of its environment', async () => {
  const { runner, told, say, inside } = open();
  say('frame-ready');
  inside.port?.postMessage('hello');
  await until(() => (told.length > 0 ? true : null));
  say('worker-failed');
  assert.deepEqual(told, ['hello', 'EnvironmentCrashed']);
  runner.remove();
  inside.port?.close();
});
