/** Pastes in short: what tools, pages and older runtimes make of a log, and what it still says. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { explain } from '../../../src/explain/explain.ts';
import { ERRORS } from './catalogue-keys.ts';

const ID = '8f5a2c1e-3b7d-4f60-9a12-6c5d4e3f2a1b';
const START = `START RequestId: ${ID} Version: $LATEST`;
const END = `END RequestId: ${ID}`;
const REPORT = `REPORT RequestId: ${ID}\tDuration: 8.20 ms\tBilled Duration: 9 ms\tMemory Size: 256 MB\tMax Memory Used: 89 MB\t`;
const FRAME = '  File "/var/task/app.py", line 3, in handler';

function kindsOf(text: string): readonly string[] {
  return explain(text, ERRORS).lines.flatMap(({ kind }) => (kind === 'wrapper' ? [] : [kind]));
}

function findingsOf(text: string): readonly string[] {
  return explain(text, ERRORS).findings.map(({ id }) => id);
}

function json(value: unknown): string {
  return JSON.stringify(value);
}

/** Lines as pandas prints them, in columns of at most so many characters. */
function frameOf(lines: readonly string[], most: number): string {
  const cells = lines
    .map((line) => line.replaceAll('\n', '\\n').replaceAll('\t', '\\t'))
    .map((cell) => (cell.length > most ? `${cell.slice(0, most - 4)}...` : cell));
  const width = Math.max(...cells.map(({ length }) => length));
  const rows = cells.map((cell, at) => `${String(at)}  178937370211${String(at)}  ${cell.padStart(width)}`);
  return [`       timestamp  ${'message'.padStart(width)}`, ...rows].join('\n');
}

const RUN = ['start', 'end', 'report'];
const FAILED = ['start', 'error', 'traceback', 'frame', 'source', 'end', 'report'];

describe('the lines of a run are found', () => {
  const forms: Readonly<Record<string, readonly [text: string, kinds: readonly string[]]>> = {
    'in a container’s log file': [
      [START, END, REPORT]
        .map((log) => json({ log: `${log}\n`, stream: 'stderr', time: '2026-09-14T08:15:02.11Z' }))
        .join('\n'),
      RUN,
    ],
    'in nested objects': [
      json([START, END, REPORT].map((message) => ({ id: 'AgAA', content: { service: 'f', message } }))),
      RUN,
    ],
    'in a log tool’s objects with levels': [
      [START, END, REPORT]
        .map((message) => json({ level: 'info', timestamp: '2018-05-17T14:46:28+08:00', message }))
        .join('\n'),
      RUN,
    ],
    'in an answer as YAML': [
      `events:\n- message: '${START}\n\n    '\n  timestamp: 1789373702113\n- message: "[ERROR] KeyError: 'x'\\nTraceback (most recent call last):\\n\\_\\_File \\"/var/task/app.py\\", line 3, in handler\\n\\_\\_\\_\\_event['x']"\n  timestamp: 1789373702120\n- message: '${END}\n\n    '\n  timestamp: 1789373702213\n- message: "${REPORT.replaceAll('\t', '\\t')}\\n"\n  timestamp: 1789373702213\nnextToken: a`,
      FAILED,
    ],
    'in a query’s answer as YAML': [
      `results:\n- - field: '@timestamp'\n    value: '2026-09-14 08:15:02.113'\n  - field: '@message'\n    value: '${START}\n\n      '\n  - field: '@ptr'\n    value: CmEK\n- - field: '@timestamp'\n    value: '2026-09-14 08:15:02.120'\n  - field: '@message'\n    value: "[ERROR] KeyError: 'x'\\nTraceback (most recent call last):\\n\\_\\_File \\"/var/task/app.py\\"\\\n      , line 3, in handler\\n\\_\\_\\_\\_event['x']"\n- - field: '@message'\n    value: '${END}\n\n      '\n- - field: '@message'\n    value: "${REPORT.replaceAll('\t', '\\t')}\\n"\nstatistics:\n  recordsMatched: 4.0\nstatus: Complete`,
      FAILED,
    ],
    'in a list of an answer’s messages as YAML': [
      `- '${START}\n\n  '\n- "[ERROR] KeyError: 'x'\\nTraceback (most recent call last):\\n\\_\\_File \\"/var/task/app.py\\"\\\n  , line 3, in handler\\n\\_\\_\\_\\_event['x']"\n- '${END}\n\n  '\n- "${REPORT.replaceAll('\t', '\\t')}\\n"`,
      FAILED,
    ],
    'in Fluent Bit’s own output': [
      [
        START,
        `[ERROR] KeyError: 'x'\nTraceback (most recent call last):\n${FRAME}\n    event['x']`,
        END,
        REPORT,
      ]
        .map((line, at) => `[${String(at)}] lambda.log: [[1700000000.0, {}], {"log"=>"${line}", "at"=>1}]`)
        .join('\n'),
      FAILED,
    ],
    'in the output of an older Fluent Bit, with escapes': [
      `[0] f: [1700000000.123456789, {"stream"=>"stdout", "log"=>"${START}\n"}]\n[1] f: [1700000000.2, {"log"=>"${END}"}]\n[2] f: [1700000000.3, {"log"=>"${REPORT.replaceAll('\t', '\\t')}"}]`,
      RUN,
    ],
    'in a DataFrame’s rows': [
      frameOf(
        [
          START,
          `[ERROR] KeyError: 'x'\nTraceback (most recent call last):\n${FRAME}\n    event['x']`,
          END,
          REPORT,
        ],
        200,
      ),
      FAILED,
    ],
    'in a table of a spreadsheet': [
      [
        'timestamp\tmessage\tlogStreamName',
        ...[START, END, REPORT.replaceAll('\t', '  ')].map(
          (line) => `1789373702113\t${line}\t2026/09/14/[$LATEST]6f1d`,
        ),
      ].join('\n'),
      RUN,
    ],
    'in Python’s words': [
      `{'events': [{'timestamp': 1789373702113, 'message': '${START}\\n'}, {'timestamp': 1789373702120, 'message': "[ERROR] KeyError: 'x'\\nTraceback (most recent call last):\\n\\xa0\\xa0File \\"/var/task/app.py\\", line 3, in handler\\n\\xa0\\xa0\\xa0\\xa0event['x']"}, {'timestamp': 1789373702213, 'message': '${END}\\n'}, {'timestamp': 1789373702213, 'message': '${REPORT.replaceAll('\t', '\\t')}\\n'}]}`,
      FAILED,
    ],
    'in a page’s source': [
      [`<pre><code>${START}<br>`, `${END}<br/>`, `${REPORT}<br />`, '</code></pre>'].join('\n'),
      RUN,
    ],
    'in a page’s table': [
      [
        '<table>',
        ...[START, END, REPORT].map((line) => `<tr><td>2026-09-14 08:15:02.001</td><td>${line}</td></tr>`),
        '</table>',
      ].join('\n'),
      RUN,
    ],
    'in Markdown’s source': [
      [
        START,
        "\\[ERROR\\] KeyError: 'order\\_id'",
        'Traceback (most recent call last):',
        FRAME,
        "    event\\['order\\_id'\\]",
        END,
        REPORT,
      ].join('\n'),
      FAILED,
    ],
    'behind LocalStack’s own words': [
      [
        START,
        "[ERROR] KeyError: 'x'",
        'Traceback (most recent call last):',
        FRAME,
        "    event['x']",
        END,
        REPORT,
      ]
        .map(
          (line) =>
            `2026-09-14T08:15:05.213 DEBUG --- [et.reactor-1] l.s.l.i.version_manager    : [f-${ID}] ${line}`,
        )
        .join('\n'),
      FAILED.flatMap((kind) => ['emulator', kind]),
    ],
    'in a mail, whose lines end between words': [
      [START, END, REPORT.replaceAll('\t', ' ').replace('Memory Size', 'Memory\nSize')].join('\n'),
      RUN,
    ],
    'in the Serverless Framework’s short words': [
      "START\n[ERROR] KeyError: 'x'\nTraceback (most recent call last):\n  File \"/var/task/app.py\", line 3, in handler\n    event['x']END Duration: 8.20 ms (init: 301.10 ms) Memory Used: 89 MB",
      ['start', 'error', 'traceback', 'frame', 'source', 'report'],
    ],
    'in a row and its preview, without a blank line between': [
      `2026-09-14T08:15:02.001Z\n${START}\n${START}\n2026-09-14T08:15:02.120Z\n${END}\n${END}`,
      ['console', 'start', 'start', 'console', 'end', 'end'],
    ],
  };
  for (const [name, [text, kinds]] of Object.entries(forms)) {
    it(name, () => {
      assert.deepEqual(kindsOf(text), kinds);
      assert.equal(explain(text, ERRORS).runs.length, 1);
      assert.ok(!findingsOf(text).includes('printed-traceback'));
    });
  }
});

describe('a quoted mail whose broken lines lost their sign', () => {
  const error =
    "[ERROR] Runtime.ImportModuleError: Unable to import module 'app': No module named 'requests' of mine";
  const lines = [START, error, END, REPORT.trimEnd().replaceAll('\t', ' ')];
  for (const [name, pattern] of [
    ['between words', /(?=.{71})(.{1,70}) /g],
    ['anywhere', /(.{70})(?=.)/g],
  ] as const)
    it(`is read as it was, where it broke ${name}`, () => {
      const mail = ['On Monday Jane wrote:', ...lines.map((line) => `> ${line.replaceAll(pattern, '$1\n')}`)];
      const found = explain(mail.join('\n'), ERRORS);
      assert.deepEqual(
        found.lines.map(({ kind, text }) => [kind, text.trim()]),
        [
          ['wrapper', 'On Monday Jane wrote:'],
          ...lines.map((line, index) => [['start', 'error', 'end', 'report'][index], line]),
        ],
      );
    });

  it('keeps what is answered between', () => {
    const mail = [`> ${START}`, `> ${END}`, `> ${REPORT.trim().replaceAll('\t', ' ')}`, 'Where is the rest?'];
    assert.deepEqual(kindsOf(mail.join('\n')), ['start', 'end', 'report', 'your-output']);
  });
});

describe('a printed DataFrame', () => {
  const error =
    "[ERROR] Runtime.ImportModuleError: Unable to import module 'app': No module named 'requests'";

  it('says that its cells are cut, and concludes nothing from what they have lost', () => {
    assert.deepEqual(
      explain(frameOf([START, END, REPORT], 50), ERRORS).runs.map(({ outcome, start }) => [outcome, start]),
      [['unknown', 'unknown']],
    );
    assert.deepEqual(findingsOf(frameOf([START, END, REPORT], 50)).slice(0, 2), ['ended', 'cells-cut']);
    const { runs, findings } = explain(frameOf([START, error, END, REPORT], 50), ERRORS);
    assert.deepEqual(
      runs.map(({ outcome, errorType }) => [outcome, errorType]),
      [['error', 'Runtime.ImportModuleError']],
    );
    assert.deepEqual(findings.find(({ id }) => id === 'cells-cut')?.values, { count: 4 });
  });

  it('of which rows are left out may have had an error there', () => {
    const [head, ...rows] = frameOf([START, END, REPORT], 200).split('\n');
    const text = [head, rows[0], `..           ...  ${'...'.padStart(100)}`, ...rows.slice(1)].join('\n');
    assert.deepEqual(
      explain(text, ERRORS).runs.map(({ outcome }) => outcome),
      ['unknown'],
    );
  });

  it('that a program printed is the program’s', () => {
    assert.deepEqual(kindsOf([START, '   id  message', '0   1    START', END].join('\n')), [
      ...['start', 'your-output', 'your-output', 'end'],
    ]);
  });
});

describe('no wrong sentence', () => {
  it('of a traceback behind a message of several lines: it is the runtime’s', () => {
    const text = `${START}\n[ERROR] Runtime.ImportModuleError: Unable to import module 'index': no pq wrapper available.\nAttempts made:\n- couldn't import psycopg 'c' implementation: No module named 'psycopg_c'\nTraceback (most recent call last):\n${END}\n${REPORT}`;
    assert.deepEqual(kindsOf(text), [
      'start',
      'error',
      'error-text',
      'error-text',
      'traceback',
      'end',
      'report',
    ]);
    assert.ok(!findingsOf(text).includes('printed-traceback'));
  });

  it('of an error in the words of 2.7 and 3.6: nothing caught it', () => {
    const text = `${START}\n'Records': KeyError\nTraceback (most recent call last):\n${FRAME}\n    event['Records']\nKeyError: 'Records'\n\n${END}\n${REPORT}`;
    const { runs, findings } = explain(text, ERRORS);
    assert.deepEqual(
      runs.map(({ outcome, errorType }) => [outcome, errorType]),
      [['error', 'KeyError']],
    );
    assert.deepEqual(findings[0]?.values, { error: "KeyError: 'Records'", count: 1 });
  });

  it('of a logged exception: its words are the other way round', () => {
    const text = `${START}\nfailed: Timeout\nTraceback (most recent call last):\n${FRAME}\n    event['Records']\nKeyError: 'Records'\n${END}\n${REPORT}`;
    assert.equal(explain(text, ERRORS).runs[0]?.outcome, 'success');
  });

  it('of a second attempt where the newest line is on top', () => {
    const { runs } = explain(
      [END, REPORT, START, "[ERROR] KeyError: 'x'", 'Traceback (most recent call last):'].join('\n'),
      ERRORS,
    );
    assert.deepEqual(
      runs.map(({ attempt, outcome }) => [attempt, outcome]),
      [[1, 'error']],
    );
  });

  it('of environments, by an id that only the program wrote', () => {
    const text = `INIT_START Runtime Version: python:3.12.v16\n${START}\n[INFO]\t2023-09-01T00:05:22.464Z\t9315ab6b-354a-486e-884a-2fb2972b7d84\thello\n${END}\n${REPORT}`;
    assert.ok(!findingsOf(text).includes('environments'));
  });

  it('of a module that was loaded twice, by lines before START alone', () => {
    const line = '/var/task/bootstrap: line 3: ./app: cannot execute binary file';
    const text = `${line}\n${line}\n${START}\nRequestId: ${ID} Error: Runtime exited with error: exit status 126\nRuntime.ExitError\n${END}\n${REPORT}`;
    assert.ok(!findingsOf(text).includes('loaded-twice'));
  });

  it('of billing, of a container that Docker Compose ran', () => {
    const text = `Attaching to app_lambda_1\nlambda_1  | ${START}\nlambda_1  | ${END}\nlambda_1  | REPORT RequestId: ${ID} Duration: 9 ms Billed Duration: 100 ms Memory Size: 1536 MB Max Memory Used: 19 MB`;
    assert.deepEqual(
      explain(text, ERRORS).runs.map(({ isEmulated }) => isEmulated),
      [true],
    );
  });

  it('of what Terraform was answered: the answer says it', () => {
    const answer = json({
      errorMessage: "Unable to import module 'app': No module named 'app'",
      errorType: 'Runtime.ImportModuleError',
      requestId: '',
      stackTrace: [],
    });
    const text = `module.f.aws_lambda_invocation.this: Creating...\n╷\n│ Error: invoking Lambda Function (f): Unhandled: ${answer}\n│ \n│   with aws_lambda_invocation.this,\n╵`;
    assert.equal(explain(text, ERRORS).findings[0]?.id, 'handler-module-missing');
  });
});

describe('an attempt’s last words that a width broke', () => {
  const ends: Readonly<Record<string, string>> = {
    [`2017-03-22T10:11:12.345Z ${ID} Task timed out after 3.00 seconds`]: 'timeout',
    [`RequestId: ${ID} Process exited before completing request`]: 'exit',
    [`RequestId: ${ID} Error: Runtime exited with error: signal: segmentation fault (core dumped)`]: 'crash',
    [`RequestId: ${ID} Error: Runtime exited with error: signal: killed`]: 'killed',
    [`RequestId: ${ID} Error: Runtime exited with error: exit status 1`]: 'exit',
    [`RequestId: ${ID} Error: Runtime exited without providing a reason`]: 'exit',
    "Unable to import module 'lambda_function': No module named 'a_package_of_mine'": 'error',
    "[ERROR] Runtime.ImportModuleError: Unable to import module 'app': No module named 'requests'": 'error',
  };
  const outcomes = (text: string): readonly string[] =>
    explain(text, ERRORS).runs.map(({ outcome }) => outcome);
  const hard = (text: string, width: number): string =>
    text.replaceAll(new RegExp(`.{${String(width)}}(?=.)`, 'g'), '$&\n');
  const soft = (text: string, width: number): string =>
    text.replaceAll(new RegExp(`(?=.{${String(width)}}.)(.{1,${String(width)}}) `, 'g'), '$1\n');

  for (const [line, outcome] of Object.entries(ends))
    it(`are joined: ${line}`, () => {
      for (let width = 60; width <= 100; width += 3)
        for (const wrapped of [
          hard(line, width),
          soft(line, width),
          hard(line, width).replaceAll(/ +$/gm, ''),
        ])
          assert.deepEqual(outcomes([START, wrapped, END, REPORT].join('\n')), [outcome], wrapped);
    });

  it('are joined in a paste all of whose lines are broken', () => {
    for (const [line, outcome] of Object.entries(ends))
      for (let width = 72; width <= 100; width += 5)
        assert.deepEqual(
          outcomes(hard([START, line, END, REPORT].join('\n'), width)),
          [outcome],
          `${line} at ${String(width)}`,
        );
  });

  it('are no success where a stranger’s line is between the pieces, or one of them is missing', () => {
    for (const line of Object.keys(ends).filter((one) => one.includes(ID)))
      for (const width of [50, 64, 72, 82]) {
        const [head = '', rest] = hard(line, width).split('\n');
        if (rest === undefined) continue;
        for (const text of [
          [START, head, 'frobnicate: 17 widgets left', rest, END, REPORT],
          [START, END, REPORT, head],
        ])
          assert.ok(!outcomes(text.join('\n')).includes('success'), text.join('\n'));
      }
    assert.deepEqual(outcomes([START, END, REPORT, 'imed out after 3.00 seconds'].join('\n')), ['unknown']);
  });

  it('are not what a program says that is like them', () => {
    for (const own of [
      `RequestId: ${ID}`,
      'Connection timed out after 3.00 seconds',
      `2017-03-22T10:11:12.345Z ${ID} Task finished`,
      'completed the request',
    ])
      assert.deepEqual(outcomes([START, own, END, REPORT].join('\n')), ['success'], own);
  });
});
