/** What Python and its loggers write of an exception, in every form that a log shows it. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { explain } from '../../../src/explain/explain.ts';
import { ERRORS } from './catalogue-keys.ts';

const ID = '8f5a2c1e-3b7d-4f60-9a12-6c5d4e3f2a1b';
const START = `START RequestId: ${ID} Version: $LATEST`;
const END = `END RequestId: ${ID}`;
const REPORT = `REPORT RequestId: ${ID}\tDuration: 8.20 ms\tBilled Duration: 9 ms\tMemory Size: 256 MB\tMax Memory Used: 89 MB\t`;
const TRACEBACK =
  'Traceback (most recent call last):\n  File "/var/task/app.py", line 3, in handler\n    load(event["id"])\n    ~~~~^^^^^^^^^^^^^\nKeyError: \'id\'';
const TRACED = ['your-traceback', 'frame', 'source', 'carets', 'exception'];

function linesOf(text: string): readonly string[] {
  return explain(text, ERRORS).lines.map(({ kind }) => kind);
}

function idsOf(text: string): readonly string[] {
  return explain(text, ERRORS)
    .findings.filter(({ isShown }) => isShown)
    .map(({ id }) => id);
}

function json(value: unknown): string {
  return JSON.stringify(value);
}

describe('an exception that a logger wrote', () => {
  const frames = [{ file: '/var/task/app.py', line: 3, function: 'handler', statement: 'load(event["id"])' }];
  const forms: Readonly<Record<string, readonly [line: string, kinds: readonly string[]]>> = {
    'structlog’s console': [
      `2026-09-14T08:15:02.113456Z [error    ] no order                       id=17\n${TRACEBACK}`,
      ['your-log', ...TRACED],
    ],
    'structlog’s console without times': [
      `[error    ] no order                       id=17\n${TRACEBACK}`,
      ['your-log', ...TRACED],
    ],
    'structlog’s console with rich': [
      [
        '2026-09-14 08:15:02 [error    ] no order                       id=17',
        `╭${'─'.repeat(20)} Traceback (most recent call last) ${'─'.repeat(20)}╮`,
        `│ /var/task/app.py:3 in handler${' '.repeat(40)}│`,
        `│${' '.repeat(70)}│`,
        `│   2 │   log.info("start")${' '.repeat(40)}│`,
        `│ ❱ 3 │   load(event["id"])${' '.repeat(40)}│`,
        `╰${'─'.repeat(70)}╯`,
        "KeyError: 'id'",
      ].join('\n'),
      ['your-log', 'your-traceback', 'frame', 'source', 'source', 'source', 'carets', 'exception'],
    ],
    'structlog’s objects': [
      json({ event: 'no order', level: 'error', exception: TRACEBACK }),
      ['your-json', ...TRACED],
    ],
    'structlog’s objects with parts': [
      json({
        event: 'no order',
        level: 'error',
        exception: [
          {
            exc_type: 'KeyError',
            exc_value: "'id'",
            frames: [{ filename: '/var/task/app.py', lineno: 3, name: 'handler' }],
          },
        ],
      }),
      ['your-json', 'frame', 'exception'],
    ],
    'Powertools’ objects': [
      json({
        level: 'ERROR',
        location: 'handler:3',
        message: 'no order',
        cold_start: true,
        exception: TRACEBACK,
        exception_name: 'KeyError',
        stack_trace: { type: 'KeyError', value: "'id'", module: 'builtins', frames },
      }),
      ['your-json', ...TRACED],
    ],
    'python-json-logger’s objects': [
      json({ levelname: 'ERROR', message: 'no order', exc_info: TRACEBACK }),
      ['your-json', ...TRACED],
    ],
    'python-json-logger’s lists': [
      json({ message: 'no order', exc_info: TRACEBACK.split('\n'), taskName: null }),
      ['your-json', ...TRACED],
    ],
    'loguru’s lines, with the values of names': [
      [
        "2026-09-14 08:15:02.500 | ERROR    | app:handler:3 - An error has been caught in function 'handler', process 'MainProcess' (8), thread 'MainThread' (1):",
        'Traceback (most recent call last):',
        '',
        '> File "/var/task/app.py", line 3, in handler',
        '    load(event["id"])',
        '    │    └ {}',
        '    └ <function load at 0x7f1b2c3d4e51>',
        '',
        "KeyError: 'id'",
      ].join('\n'),
      ['your-log', 'your-traceback', 'frame', 'source', 'carets', 'carets', 'exception'],
    ],
    'loguru’s objects': [
      json({
        text: `2026-09-14 08:15:02.500 | ERROR    | app:handler:3 - no order\n${TRACEBACK}\n`,
        record: { exception: { type: 'KeyError' }, level: { name: 'ERROR' }, message: 'no order' },
      }),
      ['your-json', ...TRACED],
    ],
    'a format of logging': [
      `2026-09-14 08:15:02,500 - orders - ERROR - no order\n${TRACEBACK}`,
      ['your-log', ...TRACED],
    ],
    'logging’s first format': [`ERROR:root:no order\n${TRACEBACK}`, ['your-log', ...TRACED]],
    pairs: [`level=error event="no order" id=17\n${TRACEBACK}`, ['your-log', ...TRACED]],
  };
  for (const [name, [text, kinds]] of Object.entries(forms)) {
    it(`is logged, and not printed: ${name}`, () => {
      const log = [START, text, END, REPORT].join('\n');
      assert.deepEqual(linesOf(log), ['start', ...kinds, 'end', 'report']);
      assert.deepEqual(
        idsOf(log).filter((id) => id !== 'frames'),
        ['logged-exception', 'all-succeeded', 'warm'],
      );
    });
    it(`is known without Lambda’s lines: ${name}`, () => {
      assert.deepEqual(
        linesOf(text),
        kinds.map((kind) => (kind === 'payload' ? 'your-json' : kind)),
      );
    });
  }

  it('is the program’s where a tool’s time stands before its own', () => {
    const stream = '2026/09/14/[$LATEST]6f1d0c2b3a495867968574635241302f';
    const tail = [START, '2026-09-14 08:15:02 [info     ] loaded                         id=17', END]
      .map((line) => `2026-09-14T08:15:02.480000+00:00 ${stream} ${line}`)
      .join('\n');
    const [, own] = explain(tail, ERRORS).lines;
    assert.deepEqual([own?.kind, own?.fields.message], ['your-log', 'loaded']);
  });

  it('is the runtime’s where a tool’s time stands before its level', () => {
    assert.deepEqual(
      linesOf(`2026-09-14T08:15:02.480Z [ERROR] KeyError: 'id'\n2026-09-14T08:15:02.480Z ${END}`),
      ['error', 'end'],
    );
  });
});

describe('a group of exceptions', () => {
  const group = [
    '  + Exception Group Traceback (most recent call last):',
    '  |   File "/var/task/app.py", line 12, in handler',
    '  |     asyncio.run(main())',
    '  |     ~~~~~~~~~~~^^^^^^^^',
    '  | ExceptionGroup: unhandled errors in a TaskGroup (2 sub-exceptions)',
    '  | a note of the group',
    '  +-+---------------- 1 ----------------',
    '    | Traceback (most recent call last):',
    '    |   File "/var/task/app.py", line 3, in fetch',
    '    |     raise ValueError(url)',
    '    | ValueError: https://example.com/a',
    '    | a note',
    '    +---------------- 2 ----------------',
    '    | Exception Group Traceback (most recent call last):',
    '    |   File "/var/task/app.py", line 4, in two',
    '    |     raise ExceptionGroup("inner", [KeyError("b")])',
    '    | ExceptionGroup: inner (1 sub-exception)',
    '    +-+---------------- 1 ----------------',
    "      | KeyError: 'b'",
    '      +------------------------------------',
  ];
  const kinds = [
    ...['your-traceback', 'frame', 'source', 'carets', 'exception', 'error-text', 'group-rule'],
    ...['your-traceback', 'frame', 'source', 'exception', 'error-text', 'group-rule'],
    ...['your-traceback', 'frame', 'source', 'exception', 'group-rule', 'exception', 'group-rule'],
  ];
  const forms: Readonly<Record<string, string>> = {
    alone: group.join('\n'),
    'behind a tool’s times': group.map((line) => `2026-09-14T08:15:02.500Z ${line}`).join('\n'),
    'within a quotation': group.map((line) => `> ${line}`).join('\n'),
  };
  for (const [name, text] of Object.entries(forms))
    it(`is one traceback: ${name}`, () => {
      const whole = explain(text, ERRORS);
      assert.deepEqual(
        whole.lines.map(({ kind }) => kind),
        kinds,
      );
      const [printed] = whole.findings.filter(({ id }) => id === 'printed-traceback');
      assert.equal(printed?.values.count, 1);
    });

  it('ends where its bars end', () => {
    assert.deepEqual(linesOf(`${START}\n${group.join('\n')}\nnext\n${END}`), [
      'start',
      ...kinds,
      'your-output',
      'end',
    ]);
  });
});

describe('what follows an exception', () => {
  it('is its notes where it is of its event', () => {
    const stream = '2026/09/14/[$LATEST]6f1d0c2b3a495867968574635241302f';
    const at = `2026-09-14T08:15:02.480000+00:00 ${stream} `;
    const text = `${at}[ERROR]\t2026-09-14T08:15:02.480Z\t${ID}\tfailed\n${TRACEBACK}\nin row 17\nof orders.csv\n${at}next\n${at}${END}`;
    assert.deepEqual(linesOf(text), [
      'your-log',
      ...TRACED,
      'error-text',
      'error-text',
      'your-output',
      'end',
    ]);
  });

  it('may be the program’s where nothing tells its event', () => {
    assert.deepEqual(linesOf(`${START}\n${TRACEBACK}\nin row 17\n${END}`), [
      'start',
      ...TRACED,
      'your-output',
      'end',
    ]);
  });
});

describe('a traceback is read', () => {
  const head = "[ERROR] KeyError: 'id'";
  const frame = '  File "/var/task/app.py", line 3, in handler';
  const kinds = ['error', 'traceback', 'frame', 'source'];
  for (const [name, glue] of Object.entries({
    'escapes of line feeds': String.raw`\n`,
    'escapes of carriage returns': String.raw`\r`,
    'carriage returns': '\r',
  }))
    it(`with ${name}`, () => {
      assert.deepEqual(
        linesOf([head, 'Traceback (most recent call last):', frame, '    load(event)'].join(glue)),
        kinds,
      );
    });

  it('with a syntax error’s place, which is no call', () => {
    const text =
      'Traceback (most recent call last):\n  File "/var/task/app.py", line 3, in handler\n    import rules\n  File "/var/task/rules.py", line 4\n    if x = 3:\n       ^^^^^\nSyntaxError: invalid syntax';
    const whole = explain(text, ERRORS);
    assert.deepEqual(
      whole.lines.map(({ kind }) => kind),
      ['your-traceback', 'frame', 'source', 'frame', 'source', 'carets', 'exception'],
    );
    assert.equal(whole.findings.find(({ id }) => id === 'frames')?.values.yours, 1);
  });

  it('with the frames that Python leaves out', () => {
    const again = `${frame}\n    load(event)\n`.repeat(3);
    assert.deepEqual(
      linesOf(
        `${head}\nTraceback (most recent call last):\n${again}  [Previous line repeated 978 more times]\n${END}`,
      ),
      [
        'error',
        'traceback',
        ...Array.from({ length: 3 }, () => ['frame', 'source']).flat(),
        'left-out-lines',
        'end',
      ],
    );
  });
});

describe('an error that a logger wrote without an exception', () => {
  const forms: Readonly<Record<string, string>> = {
    'the runtime’s form': `[ERROR]\t2026-09-14T08:15:02.113Z\t${ID}\tcould not write the order`,
    'JSON of the runtime': json({
      timestamp: '2026-09-14T08:15:02Z',
      level: 'ERROR',
      message: 'could not write the order',
      logger: 'root',
      requestId: ID,
    }),
    'structlog’s console': '2026-09-14 08:15:02 [error    ] no order                       id=17',
  };
  for (const [name, line] of Object.entries(forms))
    it(`stands beside the success: ${name}`, () => {
      const ids = idsOf([START, line, END, REPORT].join('\n'));
      assert.deepEqual(ids.slice(0, 2), ['all-succeeded', 'logged-error']);
    });

  it('is no error of the program where a runtime of JavaScript wrote it', () => {
    const line = `2026-09-14T08:15:02.113Z\t${ID}\tERROR\tInvoke Error \t{"errorType":"Error","errorMessage":"no order","stack":["Error: no order"]}`;
    const { runs, findings } = explain([START, line, END, REPORT].join('\n'), ERRORS);
    assert.equal(runs[0]?.outcome, 'error');
    assert.ok(findings.every(({ id }) => id !== 'all-succeeded' && id !== 'logged-error'));
  });
});
