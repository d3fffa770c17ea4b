/** A service of IronFunctions without any Python: a program that reads and writes as the test says. */
import assert from 'node:assert/strict';
import { bytesFromJson, bytesToJson } from '../../../src/platforms/shared/border.ts';
import type { Answer, CreateService, Invocation, Json, Service } from '../../../src/platforms/service.ts';
import type { FunctionSetup } from '../../../src/trace/recording.ts';
import { FakeWorld } from './fake-world.ts';

const SETUP: FunctionSetup = { handler: 'func.py', suppressInit: false, timeout: 3000, variables: {} };

/** A container with its world and a hand on its pipes. */
export class Container {
  readonly world: FakeWorld;
  readonly service: Service;
  readonly environment: Readonly<Record<string, string>>;

  /** One that has just been started for the first of these events; the calls are named `request-1` and so on. */
  constructor(createService: CreateService, events: readonly string[], setup: Partial<FunctionSetup> = {}) {
    const calls = events.map((event, at): Invocation => ({ request: `request-${String(at + 1)}`, event }));
    this.world = new FakeWorld(...calls);
    this.service = createService({ ...SETUP, ...setup }, this.world);
    const begun = this.service.begin?.();
    assert.ok(typeof begun === 'object', 'the process is not started');
    this.environment = begun;
  }

  /** What the program reads; it asks for `size` bytes once. Null when there is nothing and the process ends there. */
  read(size = 8192): string | null {
    const answer = this.ask(size);
    if ('end' in answer || 'exit' in answer) return null;
    assert.ok('value' in answer);
    return new TextDecoder().decode(bytesFromJson(answer.value) ?? assert.fail('no bytes came'));
  }

  /** The same, with all that the platform says. */
  ask(size = 8192): Answer {
    const answer = this.service.call('pipe', 'read', [0, size]);
    assert.ok(!(answer instanceof Promise));
    return answer;
  }

  /** What the platform says when the program writes this. */
  write(text: string | Uint8Array): Answer {
    const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
    return this.cross('write', 1, bytesToJson(bytes));
  }

  cross(name: string, ...args: Json[]): Answer {
    const answer = this.service.call('pipe', name, args);
    assert.ok(!(answer instanceof Promise));
    return answer;
  }

  /** How each call ended: its number, the status, what the caller got. */
  get endings(): readonly (readonly [string, string, string | undefined])[] {
    return this.world.outcomes.map(([request, outcome]) => [
      request,
      outcome.status,
      'payload' in outcome ? outcome.payload : undefined,
    ]);
  }
}

/** What the caller gets in place of an answer. */
export function error(message: string, request = 'request-1'): string {
  return JSON.stringify({ request_id: request, error: { message } });
}
