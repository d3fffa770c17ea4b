/** What collectors and queries make of a log: Loki's answers and downloads, pairs around each line, columns in a line's place. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { explain } from '../../../src/explain/explain.ts';
import type { Explanation } from '../../../src/explain/explanation.ts';
import { ERRORS } from './catalogue-keys.ts';

const ID = '8f5a2c1e-3b7d-4f60-9a12-6c5d4e3f2a1b';
const OTHER = '0c1d2e3f-4a5b-4c6d-8e7f-901a2b3c4d5e';
const STREAM = '2026/09/14/[$LATEST]6f1d0c2b3a495867968574635241302f';
const EVENTS = [
  `START RequestId: ${ID} Version: $LATEST`,
  'loading "eu" config',
  `[ERROR] KeyError: 'order_id'\nTraceback (most recent call last):\n  File "/var/task/app.py", line 3, in handler\n    event["order_id"]`,
  `END RequestId: ${ID}`,
  `REPORT RequestId: ${ID}\tDuration: 8.20 ms\tBilled Duration: 9 ms\tMemory Size: 256 MB\tMax Memory Used: 89 MB\t`,
];
const KINDS = ['start', 'your-output', 'error', 'traceback', 'frame', 'source', 'end', 'report'];
const AT = Date.UTC(2026, 8, 14, 8, 15, 2, 113);
const NS = `${String(AT)}000000`;
const ISO = '2026-09-14T08:15:02.113Z';

function read(text: string): Explanation {
  return explain(text, ERRORS);
}

function kindsOf({ lines }: Explanation): readonly string[] {
  return lines.flatMap(({ kind }) => (kind === 'wrapper' || kind === 'tool' ? [] : [kind]));
}

function json(value: unknown): string {
  return JSON.stringify(value);
}

/** As a cell of a table with commas. */
function cell(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}

const LOKI: Readonly<Record<string, string>> = {
  'an answer of its API': json({
    status: 'success',
    data: {
      resultType: 'streams',
      result: [{ stream: { job: 'f', log_stream: STREAM }, values: EVENTS.map((line) => [NS, `${line}\n`]) }],
      stats: { summary: { totalLinesProcessed: 5 } },
    },
  }),
  'a download as text': [
    'Common labels: {"__aws_cloudwatch_log_group":"/aws/lambda/f"}',
    'Line limit: "1000 (5 returned)"',
    'Total bytes processed: "1.2  kB"',
    '',
    ...EVENTS.map((line) => `${String(AT)}\t${ISO}\t${line}`),
  ].join('\n'),
  'a download as JSON': json(
    EVENTS.map((line) => ({ line, timestamp: NS, date: ISO, fields: { detected_level: 'unknown' } })),
  ),
  'a download as a table': [
    '"labels","Time","Line","tsNs","labelTypes","id"',
    ...EVENTS.map((line) => `${cell('{"job":"f"}')},${ISO},${cell(line)},${NS},"{}",${NS}_a`),
  ].join('\n'),
  'logcli’s lines': [
    '2026/09/14 10:20:00 http://localhost:3100/loki/api/v1/query_range?direction=BACKWARD&limit=30',
    '2026/09/14 10:20:00 Common labels: {job="f"}',
    ...EVENTS.map((line, index) => `${ISO} {level="${index === 2 ? 'error' : 'info'}"} ${line}`),
  ].join('\n'),
  'labels alone': EVENTS.map((line, index) => `{job="f", n="${String(index)}"} ${line}`).join('\n'),
  'lines of JSON': EVENTS.map((line) => json({ labels: { job: 'f' }, line, timestamp: ISO })).join('\n'),
  'pairs around each line': EVENTS.map(
    (line, index) =>
      `ts=${ISO} level=${index === 2 ? 'error' : 'info'} ${index === 1 ? 'n=1 ' : ''}msg=${json(line)} stream="${STREAM}"`,
  ).join('\n'),
  'pairs before each line': EVENTS.map((line, index) => `fn=f n=${String(index)} ${line}`).join('\n'),
};

describe('Loki’s lines are those of the log', () => {
  for (const [name, text] of Object.entries(LOKI))
    it(`in ${name}`, () => {
      const whole = read(text);
      assert.deepEqual(kindsOf(whole), KINDS);
      assert.deepEqual(
        whole.runs.map(({ requestId, start, outcome, billedMs }) => [requestId, start, outcome, billedMs]),
        [[ID, 'warm', 'error', 9]],
      );
      assert.ok(whole.lines.some(({ text: line }) => line === 'loading "eu" config'));
      const [error] = whole.lines.filter(({ kind }) => kind === 'error');
      assert.equal(whole.lines.filter(({ event }) => event === error?.event).length, 4);
    });

  it('with their times in nanoseconds, and their stream', () => {
    const [first] = read(LOKI['an answer of its API'] ?? '').lines.filter(({ kind }) => kind === 'start');
    assert.deepEqual([first?.time?.epoch, first?.stream], [AT, STREAM]);
  });

  it('unless the pairs are the program’s own', () => {
    assert.deepEqual(
      kindsOf(read(`${EVENTS[0] ?? ''}\nts=${ISO} level=error msg="no order" n=1\n${EVENTS[3] ?? ''}`)),
      ['start', 'your-log', 'end'],
    );
  });
});

/** Two invocations as a query's columns: a cold one, and one of which nothing tells how it began. */
const COLUMNS = [
  '@timestamp',
  '@requestId',
  '@duration',
  '@billedDuration',
  '@memorySize',
  '@maxMemoryUsed',
  '@initDuration',
];
const ROWS = [
  ['2026-09-14 08:15:02.623', ID, '142.51', '512.0', '2.56E8', '88000000', '369.27'],
  ['2026-09-14 08:16:02.623', OTHER, '8.2', '9', '256000000', '8.9E7', ''],
];

function padded(row: readonly string[], glue: string): string {
  return row.map((text, column) => text.padEnd(column === 1 ? 36 : 23)).join(glue);
}

const QUERIES: Readonly<Record<string, string>> = {
  'a table with commas': [COLUMNS, ...ROWS].map((row) => row.join(',')).join('\n'),
  'a table with tabs': [['#', ...COLUMNS], ...ROWS.map((row, index) => [String(index + 1), ...row])]
    .map((row) => row.join('\t'))
    .join('\n'),
  'a table of Markdown, below its query': [
    '**CloudWatch Logs Insights**',
    'query-string:',
    '```',
    'filter @type = "REPORT"',
    '```',
    '---',
    ...[COLUMNS, COLUMNS.map(() => '---'), ...ROWS].map((row) => `| ${row.join(' | ')} |`),
    '---',
  ].join('\n'),
  'an aligned table': [COLUMNS, ...ROWS].map((row) => padded(row, '  ').trimEnd()).join('\n'),
  'an aligned table with bars': [
    '-'.repeat(120),
    `|${padded(COLUMNS, '|')}|`,
    `|${COLUMNS.map(() => '---').join('|')}|`,
    ...ROWS.map((row) => `|${padded(row, '|')}|`),
  ].join('\n'),
  objects: json(
    ROWS.map((row) => Object.fromEntries(row.map((text, column) => [COLUMNS[column] ?? '', text]))),
  ),
  'an answer of get-query-results': JSON.stringify(
    {
      results: ROWS.map((row) => [
        ...row.flatMap((value, column) => (value === '' ? [] : [{ field: COLUMNS[column], value }])),
        { field: '@ptr', value: 'CmEKJgoiNDgx' },
      ]),
      statistics: { recordsMatched: 2 },
      status: 'Complete',
    },
    null,
    4,
  ),
};

describe('columns of a query tell what they hold, and no more', () => {
  for (const [name, text] of Object.entries(QUERIES))
    it(`in ${name}`, () => {
      const { runs, findings, lines } = read(text);
      assert.deepEqual(
        runs.map((run) => [run.requestId, run.start, run.outcome, run.durationMs, run.billedMs]),
        [
          [ID, 'cold', 'unknown', 142.51, 512],
          [OTHER, 'unknown', 'unknown', 8.2, 9],
        ],
      );
      // 1024 MB are 1024000000 in such a column.
      assert.deepEqual(
        runs.map(({ memoryMb, usedMb, initMs }) => [memoryMb, usedMb, initMs]),
        [
          [256, 88, 369.27],
          [256, 89, null],
        ],
      );
      assert.deepEqual(
        findings.filter(({ isShown }) => isShown).map(({ id }) => id),
        ['cold', 'init-billed'],
      );
      assert.ok(!lines.some(({ kind }) => kind === 'not-known'));
    });

  it('where an init wasn’t asked for', () => {
    const { findings } = read('@timestamp,@duration,@billedDuration\n2026-09-14 08:15:02.623,142.51,512.0');
    assert.deepEqual(
      findings.filter(({ isShown }) => isShown).map(({ id }) => id),
      ['measured'],
    );
  });

  it('where lines of other types are there, and none of the program', () => {
    const rows = ['START', 'END', 'REPORT'].map((type) => ({
      '@type': type,
      '@requestId': ID,
      ...(type === 'REPORT' ? { '@duration': '8.2', '@billedDuration': '9.0' } : {}),
    }));
    const { runs, lines, findings } = read(json(rows));
    assert.deepEqual(
      lines.flatMap(({ kind }) => (kind === 'wrapper' ? [] : [kind])),
      ['start', 'end', 'report'],
    );
    assert.deepEqual(
      runs.map(({ start, outcome }) => [start, outcome]),
      [['unknown', 'unknown']],
    );
    assert.ok(!findings.some(({ id }) => id === 'all-succeeded' || id === 'warm'));
  });

  it('of the JSON log format', () => {
    const { runs } = read(
      `@timestamp,record.requestId,record.status,record.metrics.durationMs,record.metrics.billedDurationMs\n2026-09-14 08:15:02.623,${ID},timeout,3000,3000`,
    );
    assert.deepEqual(
      runs.map(({ requestId, outcome, durationMs }) => [requestId, outcome, durationMs]),
      [[ID, 'timeout', 3000]],
    );
  });

  it('one below the other have the line among them', () => {
    const report = EVENTS[4] ?? '';
    const { lines } = read(
      ['@ingestionTime\t1789373702700', `@message\t${report}`, '@duration\t8.2', `@requestId\t${ID}`].join(
        '\n',
      ),
    );
    assert.deepEqual(
      lines.map(({ kind }) => kind),
      ['console', 'report', 'console', 'console'],
    );
  });

  it('that count and sum tell of no run', () => {
    const { runs, lines, findings } = read(
      'bin(5m),avg(@duration),max(@duration),count(*)\n2026-09-14 08:15:00.000,75.355,142.51,2',
    );
    assert.deepEqual([runs.length, lines.map(({ kind }) => kind)], [0, ['wrapper', 'console']]);
    assert.deepEqual(
      findings.map(({ id }) => id),
      ['open-nothing'],
    );
  });
});
