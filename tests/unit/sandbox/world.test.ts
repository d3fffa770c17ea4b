import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { realWorld, simulatedWorld } from '../../../src/sandbox/world.ts';

const VERSION_1 = /^[0-9a-f]{8}-[0-9a-f]{4}-1[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** As much of a process as the simulated world changes. */
function makeProcess() {
  return {
    Date: class extends Date {},
    performance: { now: () => 0 } as Performance,
    crypto: { getRandomValues: (array: Uint8Array) => array } as unknown as Crypto,
    setTimeout: Object.assign((wake: () => void) => {
      wake();
      return 0;
    }, setTimeout) as unknown as typeof setTimeout,
  };
}

describe('the real world', () => {
  it('gives request ids of the form of 2016, no two the same', () => {
    const { newRequestId } = realWorld();
    const ids = Array.from({ length: 1000 }, newRequestId);
    for (const id of ids) assert.match(id, VERSION_1);
    assert.equal(new Set(ids).size, ids.length);
  });

  it('has no alarm: time goes on by itself', () => {
    assert.equal(realWorld().alarm, null);
  });

  it('has its clocks and its chance taken when it is made: what is put in their places later counts for nothing', (context) => {
    const world = realWorld();
    context.mock.method(performance, 'now', () => NaN);
    context.mock.method(Date, 'now', () => NaN);
    context.mock.method(crypto, 'getRandomValues', () => {
      throw new Error('broken');
    });
    const [one, other] = [world.now(), world.now()];
    assert.ok(one > 1e12 && other >= one);
    assert.match(world.newRequestId(), VERSION_1);
  });

  it('rounds memory up to whole megabytes', () => {
    const { memoryUsed } = realWorld();
    assert.deepEqual([1, 1_048_576, 1_048_577].map(memoryUsed), [1, 1, 2]);
  });
});

describe('the simulated world', () => {
  it('is the same every time: clock, chance and ids', () => {
    const look = (): unknown => {
      const process = makeProcess();
      const world = simulatedWorld(process as unknown as typeof globalThis);
      const bytes = process.crypto.getRandomValues(new Uint8Array(8));
      return [
        world.now(),
        process.Date.now(),
        process.performance.now(),
        [...bytes],
        world.newRequestId(),
        world.newRequestId(),
      ];
    };
    assert.deepEqual(look(), look());
  });

  it('has another chance in each process that follows another', () => {
    const draw = (now: number | null): number[] => {
      const process = makeProcess();
      simulatedWorld(
        process as unknown as typeof globalThis,
        now === null ? null : { now, requests: 0 },
      ).booted();
      return [...process.crypto.getRandomValues(new Uint8Array(8))];
    };
    const began = Date.UTC(2016, 11, 14);
    assert.notDeepEqual(draw(null), draw(began));
    assert.notDeepEqual(draw(began), draw(began + 10_000));
    assert.deepEqual(draw(began), draw(began));
  });

  it('begins on the day of the post, and moves with every look at it', () => {
    const process = makeProcess();
    const world = simulatedWorld(process as unknown as typeof globalThis);
    assert.match(new Date(world.now()).toISOString(), /^2016-12-14T00:00:00/);
    assert.ok(world.now() < world.now());
  });

  it('rings an alarm at its time, whether somebody sleeps past it or only looks at the clock', () => {
    for (const [spend, looks] of [
      ['sleep', 1],
      ['look', 4000],
    ] as const) {
      const process = makeProcess();
      const world = simulatedWorld(process as unknown as typeof globalThis);
      const began = world.now();
      const rung: number[] = [];
      world.alarm?.(1000, () => rung.push(world.now() - began));
      for (let n = 1; n < looks; n += 1) process.performance.now();
      assert.deepEqual(rung, []);
      if (spend === 'sleep') process.setTimeout(() => undefined, 60_000);
      else process.Date.now();
      // The look at the clock in the alarm itself is one step more.
      assert.deepEqual(rung, [1000.25]);
      process.setTimeout(() => undefined, 60_000);
      assert.equal(rung.length, 1);
    }
  });

  it('has no alarm that was called off, and keeps one that came after it', () => {
    const process = makeProcess();
    const world = simulatedWorld(process as unknown as typeof globalThis);
    const rung: string[] = [];
    const callOff = world.alarm?.(1000, () => rung.push('first'));
    callOff?.();
    process.setTimeout(() => undefined, 2000);
    world.alarm?.(1000, () => rung.push('second'));
    callOff?.();
    process.setTimeout(() => undefined, 2000);
    assert.deepEqual(rung, ['second']);
  });

  it('lets whoever sleeps wake at once, later', () => {
    const process = makeProcess();
    const world = simulatedWorld(process as unknown as typeof globalThis);
    const before = world.now();
    let awake = false;
    process.setTimeout(() => (awake = true), 60_000);
    assert.equal(awake, true);
    assert.ok(world.now() - before >= 60_000);
  });
});
