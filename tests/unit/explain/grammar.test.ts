/** Every row of the grammar reads its own example, and no row above it does. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  JSON_ROWS,
  KINDS,
  kindOwner,
  readJson,
  readText,
  rowFields,
  TEXT_ROWS,
  type Kind,
} from '../../../src/explain/grammar.ts';

TEXT_ROWS.forEach((row, index) => {
  test(`text: ${row.kind}: ${row.example.trim().slice(0, 60)}`, () => {
    const example = row.example.trim();
    assert.deepEqual(rowFields(row, example), row.gives);
    for (const above of TEXT_ROWS.slice(0, index)) {
      assert.equal(rowFields(above, example), null, `a row of ${above.kind} reads it first`);
    }
    assert.deepEqual(readText(example), { kind: row.kind, fields: row.gives });
    assert.notEqual(row.source, '');
    assert.ok(row.first?.includes(example.charAt(0)) ?? true, 'its first character');
  });
});

JSON_ROWS.forEach((row, index) => {
  test(`JSON: ${row.kind}: ${row.example.slice(0, 60)}`, () => {
    const example = JSON.parse(row.example) as Parameters<typeof row.read>[0];
    assert.deepEqual(row.read(example), row.gives);
    for (const above of JSON_ROWS.slice(0, index)) {
      assert.equal(above.read(example), null, `a row of ${above.kind} reads it first`);
    }
    assert.deepEqual(readJson(example), { kind: row.kind, fields: row.gives });
  });
});

/** Kinds that only the lines around a line can tell. */
const BY_CONTEXT: readonly Kind[] = [
  'cut-line',
  'torn-line',
  'error-text',
  'your-traceback',
  'source',
  'carets',
  'left-out-lines',
  'exception',
  'group-rule',
  'your-output',
  'not-known',
];

test('every kind has a row, or is told by the lines around it', () => {
  const inRows = new Set<Kind>([...TEXT_ROWS, ...JSON_ROWS].map(({ kind }) => kind));
  assert.deepEqual(
    KINDS.filter((kind) => !inRows.has(kind)),
    BY_CONTEXT,
  );
});

test('a kind has an owner', () => {
  assert.equal(kindOwner('report'), 'platform');
  assert.equal(kindOwner('error'), 'runtime');
  assert.equal(kindOwner('your-output'), 'yours');
  assert.equal(kindOwner('not-known'), 'unknown');
});

const LINES: readonly (readonly [
  line: string,
  kind: Kind,
  fields: Readonly<Record<string, string | number>>,
])[] = [
  // SnapStart.
  [
    'REPORT RequestId: c50d3dad-b5e4-4d8e-a088-f64781d58726\tDuration: 8.71 ms\tBilled Duration: 300 ms\tMemory Size: 512 MB\tMax Memory Used: 46 MB\tRestore Duration: 511.25 ms\tBilled Restore Duration: 291 ms\t',
    'report',
    {
      requestId: 'c50d3dad-b5e4-4d8e-a088-f64781d58726',
      durationMs: 8.71,
      billedMs: 300,
      restoreMs: 511.25,
      billedRestoreMs: 291,
      memoryMb: 512,
      usedMb: 46,
    },
  ],
  // Tabs lost, and fields glued.
  [
    'REPORT RequestId: ab590b44-766c-4c8d-a955-5827392ae436Duration: 200.11 msBilled Duration: 201 msMemory Size: 128 MBMax Memory Used: 93 MBStatus: errorError Type: Runtime.ExitError',
    'report',
    {
      requestId: 'ab590b44-766c-4c8d-a955-5827392ae436',
      durationMs: 200.11,
      billedMs: 201,
      memoryMb: 128,
      usedMb: 93,
      status: 'error',
      errorType: 'Runtime.ExitError',
    },
  ],
  [
    'RESTORE_REPORT Restore Duration: 10000.00 ms\tStatus: timeout',
    'restore-report',
    { restoreMs: 10000, status: 'timeout' },
  ],
  [
    'EXTENSION\tName: agent\tState: Ready\tEvents: []',
    'extension',
    { name: 'agent', state: 'Ready', events: '' },
  ],
  [
    'EXTENSION\tName: agent\tState: LaunchError\tEvents: []\tError Type: UnknownError',
    'extension',
    { name: 'agent', state: 'LaunchError', events: '', errorType: 'UnknownError' },
  ],
  [
    'LOGS\tName: agent\tState: Subscribed\tTypes: [Platform]',
    'telemetry',
    { name: 'agent', state: 'Subscribed', types: 'Platform' },
  ],
  [
    'RequestId: 77d18735-a340-4cea-82a5-5f0611936487 Process exited before completing request',
    'exited',
    { requestId: '77d18735-a340-4cea-82a5-5f0611936487' },
  ],
  [
    'RequestId: 77d18735-a340-4cea-82a5-5f0611936487 Error: Runtime exited without providing a reason',
    'exited',
    { requestId: '77d18735-a340-4cea-82a5-5f0611936487' },
  ],
  [
    'RequestId: 77d18735-a340-4cea-82a5-5f0611936487 Error: Runtime exited with error: exit status 127',
    'exited',
    { requestId: '77d18735-a340-4cea-82a5-5f0611936487', exitStatus: 127 },
  ],
  ['Task timed out after 3.00 seconds', 'timed-out', { seconds: 3 }],
  [
    'RequestId: 77d18735-a340-4cea-82a5-5f0611936487 Error: Task timed out after 120.00 seconds',
    'timed-out',
    { requestId: '77d18735-a340-4cea-82a5-5f0611936487', seconds: 120 },
  ],
  ['Sandbox.Timedout', 'error-type', { errorType: 'Sandbox.Timedout' }],
  [
    '[ERROR] [1763632800000] LAMBDA_RUNTIME Failed to post handler success response. Http response code: 413. {"errorMessage":"Exceeded maximum allowed payload size (6291556 bytes).","errorType":"RequestEntityTooLarge"}',
    'runtime-trouble',
    {
      level: 'ERROR',
      at: 1763632800000,
      message:
        'Failed to post handler success response. Http response code: 413. {"errorMessage":"Exceeded maximum allowed payload size (6291556 bytes).","errorType":"RequestEntityTooLarge"}',
    },
  ],
];

for (const [line, kind, fields] of LINES) {
  test(`reads ${line.slice(0, 50)}`, () => {
    assert.deepEqual(readText(line.trim()), { kind, fields });
  });
}
