/**
 * What a run may throw at the page, far beyond what an honest one does: reader code shares its worker with what writes the
 * messages, so any of them may be forged. Here they are forged where they arrive, in front of the page's own check.
 */
import type { Page } from '@playwright/test';

/**
 * What the page takes: no more than one run may send (`sandbox/bounds.ts`). Each is called in the page, and can use nothing
 * from here.
 */
export const THROWN = {
  '1 million newlines': () => ({
    events: [{ kind: 'output', stream: 'stdout', text: '\n'.repeat(1_000_000) }],
  }),
  '8 million newlines': () => ({
    events: [{ kind: 'output', stream: 'stdout', text: '\n'.repeat(8_000_000) }],
  }),
  'one line of 8 MB': () => ({
    events: [{ kind: 'output', stream: 'stdout', text: `${'x'.repeat(8_000_000)}\n` }],
  }),
  '2 million carriage returns': () => ({
    events: [{ kind: 'output', stream: 'stdout', text: `${'\r'.repeat(2_000_000)}\n` }],
  }),
  '30,000 warnings': () => ({
    events: Array.from({ length: 30_000 }, (_, index) => ({
      kind: 'output',
      stream: 'stderr',
      text: `/var/task/lambda_function.py:3: UserWarning: number ${String(index)}\n  File "/var/task/lambda_function.py", line 3, in f\n`,
    })),
  }),
  '19,000 files': () => ({
    events: Array.from({ length: 19_000 }, (_, index) => ({
      kind: 'file',
      path: `/tmp/file-${String(index).padStart(5, '0')}`,
      size: index,
      blob: null,
    })),
  }),
  '45,000 objects': () => ({
    events: Array.from({ length: 45_000 }, (_, index) => ({
      kind: 'object',
      bucket: 'many',
      key: `key-${String(44_999 - index).padStart(5, '0')}`,
      size: index,
      blob: 'none',
      about: { modified: 1_500_000_000_000, etag: 'e', type: 't', metadata: {} },
    })),
  }),
  '9,000 buckets': () => ({
    events: Array.from({ length: 9000 }, (_, index) => ({
      kind: 'bucket',
      bucket: `bucket-${String(index)}`,
      created: 1,
    })),
  }),
  '3,500 nested folders': () => {
    let path = '/tmp';
    return {
      events: Array.from({ length: 3500 }, (_, index) => ({
        kind: 'file',
        path: `${(path += '/d')}/file-${String(index)}`,
        size: 1,
        blob: null,
      })),
    };
  },
  'an answer of 5.9 MB': () => ({
    events: [],
    outcome: { status: 'returned', payload: JSON.stringify('x'.repeat(5_900_000)) },
  }),
  'an error of 5.9 MB': () => ({
    events: [],
    outcome: { status: 'raised', payload: JSON.stringify({ errorMessage: 'x'.repeat(5_900_000) }) },
  }),
  '100 frames with 10,000 locals': () => {
    const locals = Object.fromEntries(
      Array.from({ length: 10_000 }, (_, index) => [`name_${String(index)}`, 'value']),
    );
    return {
      events: Array.from({ length: 100 }, (_, index) => ({
        kind: 'call',
        frame: 1000 + index,
        caller: index === 0 ? null : 999 + index,
        source: '/var/task/lambda_function.py',
        line: 1,
        name: 'work',
        owner: 'handler',
        locals,
      })),
    };
  },
  'a message of 8 MB': () => ({
    events: [
      { kind: 'message', from: 'service', to: 'bootstrap', what: 'next', body: 'x'.repeat(8_000_000) },
    ],
  }),
  'a line of two streams in turns': () => ({
    events: Array.from({ length: 60_000 }, (_, index) => ({
      kind: 'output',
      stream: index % 2 === 0 ? 'stdout' : 'stderr',
      text: 'x',
    })),
  }),
  '24,000 frames, and events of none of them': () => ({
    events: Array.from({ length: 48_000 }, (_, index) =>
      index < 24_000
        ? {
            kind: 'call',
            frame: 1000 + index,
            caller: index === 0 ? null : 999 + index,
            source: '/var/task/lambda_function.py',
            line: 1,
            name: 'work',
            owner: 'handler',
            locals: {},
          }
        : { kind: 'line', frame: 7, line: 1 },
    ),
  }),
} as const satisfies Readonly<Record<string, () => unknown>>;

/** What ends the run at the page's border, each with a sentence of its own. Called like those above. */
export const REFUSED = {
  '90,000 files': () => ({
    events: Array.from({ length: 90_000 }, (_, index) => ({
      kind: 'file',
      path: `/tmp/file-${String(index)}`,
      size: index,
      blob: null,
    })),
  }),
  'a path of 500,000 levels': () => ({
    events: [{ kind: 'file', path: '/d'.repeat(500_000), size: 1, blob: null }],
  }),
  '5,000 nested folders': () => ({
    events: [{ kind: 'file', path: '/d'.repeat(5000), size: 1, blob: null }],
  }),
  '200 MB in all': () => ({
    events: Array.from({ length: 25 }, () => ({ kind: 'return', frame: 1, value: 'x'.repeat(8_000_000) })),
  }),
  'a date out of range': () => ({
    events: [
      {
        kind: 'object',
        bucket: 'old',
        key: 'date',
        size: 1,
        blob: 'none',
        about: { modified: Number.MAX_SAFE_INTEGER, etag: 'e', type: 't', metadata: {} },
      },
    ],
  }),
} as const satisfies Readonly<Record<string, () => unknown>>;

/** The name of one of them. */
export type ThrownName = keyof typeof THROWN | keyof typeof REFUSED;

/** Lets the page be thrown at: call it before it is opened. */
export async function prepareToThrow(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const own = Object.getOwnPropertyDescriptor(MessageEvent.prototype, 'data');
    Object.defineProperty(MessageEvent.prototype, 'data', {
      configurable: true,
      get(this: MessageEvent): unknown {
        const data: unknown = own?.get?.call(this);
        const ready = globalThis as { thrown?: { events: unknown[]; outcome?: unknown } };
        const { thrown } = ready;
        if (thrown === undefined || typeof data !== 'object' || data === null) return data;
        if ('events' in data && thrown.events.length > 0) {
          const events = [...thrown.events, ...(data.events as unknown[])];
          thrown.events = [];
          return { ...data, events };
        }
        return 'outcome' in data && thrown.outcome !== undefined
          ? { ...data, outcome: thrown.outcome }
          : data;
      },
    });
  });
}

/** Throws at the run that comes next; null at none from now on. */
export async function throwNext(page: Page, name: ThrownName | null): Promise<void> {
  const set = (thrown: unknown): void => {
    Object.assign(globalThis, { thrown });
  };
  if (name === null) await page.evaluate(set, undefined);
  else await page.evaluate(`globalThis.thrown = (${{ ...THROWN, ...REFUSED }[name].toString()})()`);
}
