/** What stands around a log where people hand it on: chats, issues, jobs, pages. It's no program's, and it hides no line. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { explain } from '../../../src/explain/explain.ts';
import { ERRORS } from './catalogue-keys.ts';

const ID = '8f5a2c1e-3b7d-4f60-9a12-6c5d4e3f2a1b';
const START = `START RequestId: ${ID} Version: $LATEST`;
const END = `END RequestId: ${ID}`;
const ERROR = "[ERROR] KeyError: 'id'";
const HEAD = 'Traceback (most recent call last):';
const FRAME = '  File "/var/task/app.py", line 3, in handler';
const SOURCE = '    load(event["id"])';

function kindsOf(...lines: readonly string[]): readonly string[] {
  return explain(lines.join('\n'), ERRORS).lines.flatMap(({ kind }) => (kind === 'wrapper' ? [] : [kind]));
}

describe('words of people', () => {
  for (const head of [
    'Taro Yamada  10:15 AM',
    'Taro Yamada  10:15',
    '山田 太郎  午前10:15',
    '[9/14/2026 10:15 AM] Taro Yamada:',
  ])
    it(`in a chat are no program’s: ${head}`, () => {
      assert.deepEqual(kindsOf(head, 'it fails again', START, 'hello', END, head, 'looking'), [
        ...['tool', 'not-known', 'start', 'your-output', 'end'],
        ...['tool', 'not-known'],
      ]);
    });

  for (const [name, time] of [
    ['Taro Yamada', '  10:15 AM'],
    ['taro.yamada', '10:15'],
    ['山田 太郎', '  午前10:15'],
  ] as const)
    it(`in a chat with a name and a time above each message are no program’s: ${name}, ${time}`, () => {
      const said = [START, ERROR, HEAD, FRAME, SOURCE, END, 'what is it?'];
      const found = explain(said.flatMap((line) => [name, time, line]).join('\n'), ERRORS);
      assert.deepEqual(
        found.lines.flatMap(({ kind }) => (kind === 'tool' ? [] : [kind])),
        ['start', 'error', 'traceback', 'frame', 'source', 'end', 'not-known'],
      );
      assert.equal(found.lines.length, 3 * said.length);
      assert.deepEqual(
        found.runs.map(({ outcome }) => outcome),
        ['error'],
      );
    });

  it('are a program’s where no chat began before its lines', () => {
    assert.deepEqual(kindsOf(START, 'Started', '10:15', 'Ended', '10:16', END), [
      ...['start', 'your-output', 'your-output', 'your-output', 'your-output', 'end'],
    ]);
  });

  for (const [name, details] of Object.entries({
    'with tabs': [
      'Fields',
      '',
      '@log\t123456789012:/aws/lambda/f',
      '@timestamp\t1789373702113',
      '@ptr\tCmEK',
    ],
    'on two lines each': [
      ...['Fields', 'app', 'orders', 'logStream', '2026/09/14/[$LATEST]0123456789abcdef0123456789abcdef'],
      ...['@timestamp', '2026-09-14 08:15:02.113'],
    ],
    'of Loki': ['Log labels', 'app orders', 'detected_level unknown', 'Links'],
  }))
    it(`in Grafana’s details of a line are no program’s: ${name}`, () => {
      const found = explain(
        [START, ERROR, HEAD, FRAME, SOURCE, END].flatMap((line) => [line, ...details]).join('\n'),
        ERRORS,
      );
      assert.deepEqual(
        found.lines.flatMap(({ kind }) => (kind === 'tool' ? [] : [kind])),
        ['start', 'error', 'traceback', 'frame', 'source', 'end'],
      );
    });

  it('are a program’s where it prints “Fields” itself', () => {
    assert.deepEqual(kindsOf(START, 'Fields', 'name Taro', 'age 17', END), [
      ...['start', 'your-output', 'your-output', 'your-output', 'end'],
    ]);
  });

  it('around an error alone are no program’s', () => {
    assert.deepEqual(kindsOf('I have this function:', ERROR, HEAD, FRAME, SOURCE, '', 'What is wrong?'), [
      ...['not-known', 'error', 'traceback', 'frame', 'source', 'not-known'],
    ]);
  });

  it('can’t be told from a program’s within a run', () => {
    assert.deepEqual(kindsOf(START, 'Taro Yamada  10:15 AM', 'env:', 'Line limit: 5', END), [
      ...['start', 'your-output', 'your-output', 'your-output', 'end'],
    ]);
  });
});

describe('lines are found', () => {
  it('between fences that are glued to them', () => {
    assert.deepEqual(kindsOf(`\`\`\`${START}`, 'hello', `${END}\`\`\``), ['start', 'your-output', 'end']);
  });

  it('between Jira’s marks', () => {
    assert.deepEqual(kindsOf('{code:java}', START, END, '{code}'), ['start', 'end']);
  });

  it('below the step of a job', () => {
    assert.deepEqual(
      kindsOf('Run aws logs tail /aws/lambda/f', 'env:', '  AWS_REGION: eu-west-1', START, END),
      ['tool', 'tool', 'tool', 'start', 'end'],
    );
  });

  it('where a page made one blank of line ends and indents', () => {
    const flat = [START, ERROR, HEAD, FRAME.trim(), SOURCE.trim(), FRAME.trim(), SOURCE.trim(), END].join(
      ' ',
    );
    assert.deepEqual(kindsOf(flat), [
      ...['start', 'error', 'traceback', 'frame', 'source', 'frame', 'source', 'end'],
    ]);
  });

  it('with the id that START leaves out', () => {
    const { runs } = explain(
      `START\n2026-09-14 08:15:02.500 (+00:00)\t${ID}\tINFO\tloading\nEND Duration: 142.51 ms Memory Used: 88 MB`,
      ERRORS,
    );
    assert.deepEqual(
      runs.map(({ requestId, durationMs }) => [requestId, durationMs]),
      [[ID, 142.51]],
    );
  });
});

describe('a program’s own', () => {
  it('objects may have names with an @', () => {
    assert.deepEqual(
      kindsOf(
        START,
        '{"@timestamp": "2026-09-14T08:15:02.113Z", "@version": "1", "message": "a", "level": "INFO"}',
        '{"@timestamp": "2026-09-14T08:15:02.113Z", "log.level": "info", "message": "b"}',
        END,
      ),
      ['start', 'your-json', 'your-json', 'end'],
    );
  });

  it('lines may look like labels and pairs', () => {
    assert.deepEqual(kindsOf(START, '{a="1"} is no label', `level=info msg="${END}"`, 'c', END), [
      ...['start', 'your-output', 'your-log', 'your-output', 'end'],
    ]);
  });

  it('tracebacks are counted one by one', () => {
    const traceback = [HEAD, FRAME, SOURCE, "KeyError: 'id'"].join('\n');
    const { findings } = explain([START, traceback, traceback, END].join('\n'), ERRORS);
    assert.equal(findings.find(({ id }) => id === 'printed-traceback')?.values.count, 2);
  });

  it('exception may have more lines, up to the next one', () => {
    const text = [
      ...[START, HEAD, FRAME, SOURCE, 'psycopg2.OperationalError: no answer'],
      ...[
        '\tIs the server running?',
        '',
        'The above exception was the direct cause of the following exception:',
      ],
      ...['', HEAD, FRAME, SOURCE, 'RuntimeError: no orders', END],
    ];
    assert.deepEqual(kindsOf(...text), [
      ...['start', 'your-traceback', 'frame', 'source', 'exception', 'error-text', 'chain'],
      ...['your-traceback', 'frame', 'source', 'exception', 'end'],
    ]);
  });

  it('call over several lines is its frame’s source', () => {
    const call = [
      '    put(',
      '    ~~~^',
      '        Item={',
      '        ^^^^^^',
      '    ...<3 lines>...',
      '        },',
      '        ^^',
      '    )',
      '    ^',
    ];
    assert.deepEqual(
      explain([START, ERROR, HEAD, FRAME, ...call, END].join('\n'), ERRORS).lines.map(({ kind }) => kind),
      [
        ...['start', 'error', 'traceback', 'frame', 'source', 'carets', 'source', 'carets', 'left-out-lines'],
        ...['source', 'carets', 'source', 'carets', 'end'],
      ],
    );
  });
});

it('a number that the paste’s end cuts off is none', () => {
  const report = `{"time":"2026-09-14T08:15:02.623Z","type":"platform.report","record":{"requestId":"${ID}","metrics":{"durationMs":142.51,"billedDurationMs":512,"initDurationMs":369`;
  const [run] = explain(report, ERRORS).runs;
  assert.deepEqual([run?.durationMs, run?.billedMs, run?.initMs], [142.51, 512, null]);
});

it('an error of no attempt that is known leaves open how all ended', () => {
  const { findings } = explain([START, 'hello', END, 'Taro  10:15 AM', ERROR].join('\n'), ERRORS);
  assert.ok(!findings.some(({ id }) => id === 'all-succeeded'));
});
