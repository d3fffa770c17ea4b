/**
 * Handlers made at random, of every kind of fact that was measured on today's runtime. They prove that the ways in which
 * the same model may run are one, not that the model is right: nothing is known of what the real runtime does with them.
 */
import type { Case, CaseEvent } from './case.ts';
import { Chance } from './chance.ts';

/** What a kind of handler is made of; the rest of a case is as usual. */
type Made = Partial<Omit<Case, 'name' | 'handler_files'>> & { readonly source: string };

const ERRORS = ['ValueError', 'KeyError', 'LookupError', 'RuntimeError', 'OSError', 'ZeroDivisionError'];
const ODD = [
  '{1}',
  'b"x"',
  'object()',
  '1j',
  'ValueError("v")',
  '__import__("decimal").Decimal("1.5")',
  '[{2}]',
];
const JSON_LOGS = { AWS_LAMBDA_LOG_FORMAT: 'JSON' };
const SNAP_START = { AWS_LAMBDA_INITIALIZATION_TYPE: 'snap-start' };

/** A handler of these lines. */
function handler(lines: readonly string[], before: readonly string[] = []): string {
  const body = lines.map((line) => `    ${line}\n`).join('');
  return `${before.map((line) => `${line}\n`).join('')}\ndef lambda_handler(event, context):\n${body}`;
}

function text(chance: Chance): string {
  return `"${chance.word()}"`;
}

function logFormat(chance: Chance): Record<string, string> {
  const format = chance.of(['JSON', 'json', 'Json', 'Text', ' JSON', '']);
  const level = chance.of([null, 'DEBUG', 'trace', 'Info', 'WARN', 'fatal', 'NOTSET', 'bogus', ' INFO']);
  return { AWS_LAMBDA_LOG_FORMAT: format, ...(level === null ? {} : { AWS_LAMBDA_LOG_LEVEL: level }) };
}

function level(chance: Chance): number {
  return chance.of([1, 5, 9, 10, 15, 20, 25, 30, 35, 40, 45, 50, 60, 99, chance.below(70)]);
}

/** Events with these headers. */
function withHeaders(...headers: Readonly<Record<string, string | null>>[]): CaseEvent[] {
  return headers.map((one) => ({ body: '{"a": 1}', headers: one }));
}

function hook(chance: Chance, lines: readonly string[]): string {
  const name = chance.of(['register_before_snapshot', 'register_after_restore']);
  const body = lines.map((line) => `    ${line}\n`).join('');
  return `from snapshot_restore_py import ${name}\n@${name}\ndef hook():\n${body}${handler(['return 1'])}`;
}

/** What makes a handler of each kind. */
export const KINDS: Readonly<Record<string, (chance: Chance) => Made>> = {
  'frame-errors': (chance) => ({
    telemetry_fd: true,
    env: logFormat(chance),
    source: handler([
      chance.of([`raise ${chance.of(ERRORS)}(${text(chance)})`, 'return {1}', 'return object()']),
    ]),
  }),
  'frame-levels': (chance) => ({
    telemetry_fd: true,
    env: logFormat(chance),
    source: handler(
      [
        ...(chance.below(3) === 0
          ? ['logging.getLogger().handlers[0].setFormatter(logging.Formatter("%(message)s"))']
          : []),
        `for level in ${String(level(chance))}, ${String(level(chance))}: logging.log(level, ${text(chance)})`,
        `context.log(${text(chance)})`,
      ],
      ['import logging'],
    ),
  }),
  'json-level-names': (chance) => ({
    env: JSON_LOGS,
    source: handler(
      [
        'logging.getLogger().setLevel(1)',
        `logging.addLevelName(${String(chance.of([10, 30, 35, 40, 42]))}, "OWN")`,
        `for level in ${String(level(chance))}, ${String(level(chance))}: logging.log(level, ${text(chance)})`,
      ],
      ['import logging'],
    ),
  }),
  'json-key-order': (chance) => ({
    env: JSON_LOGS,
    source: handler(
      [
        'try:',
        `    raise ${chance.of(ERRORS)}(${text(chance)})`,
        'except Exception:',
        `    logging.getLogger("${chance.of(['a', 'a.b', 'root'])}").exception(${text(chance)}, extra={"n": ${String(chance.below(99))}})`,
      ],
      ['import logging'],
    ),
  }),
  'json-extra-odd': (chance) => ({
    env: JSON_LOGS,
    source: handler(
      [
        ...(chance.below(2) === 0
          ? [
              'try:',
              `    logging.warning("lost", extra={"odd": ${chance.of(ODD)}})`,
              'except TypeError as error:',
              '    return str(error)',
            ]
          : [`logging.warning("lost", extra={"odd": ${chance.of(ODD)}})`]),
      ],
      ['import logging'],
    ),
  }),
  'json-extra-null': (chance) => ({
    env: JSON_LOGS,
    source: handler(
      [
        `logging.error(${text(chance)}, extra={"gone": None, "kept": ${chance.of(['0', '""', '[]', 'False', 'float("nan")'])}})`,
      ],
      ['import logging'],
    ),
  }),
  'json-extra-names': (chance) => {
    const names = ['timestamp', 'level', 'logger', 'requestId', 'errorType', 'location', 'tenantId', 'own'];
    return {
      env: JSON_LOGS,
      source: handler(
        [`logging.error("x", extra={"${chance.of(names)}": ${text(chance)}, "${chance.of(names)}2": 1})`],
        ['import logging'],
      ),
    };
  },
  'json-exc-info-none': (chance) => ({
    env: chance.of([JSON_LOGS, {}]),
    source: handler(
      [`logging.warning(${text(chance)}, exc_info=${chance.of(['True', '(None, None, None)', 'False'])})`],
      ['import logging'],
    ),
  }),
  'handler-class-name': (chance) => ({
    env: logFormat(chance),
    source: handler(
      [
        'h = logging.getLogger().handlers',
        'return [len(h), type(h[0]).__name__, type(h[0].formatter).__name__]',
      ],
      ['import logging'],
    ),
  }),
  'settings-case': (chance) => ({
    env: logFormat(chance),
    source: handler(
      [
        `for level in ${String(level(chance))}, ${String(level(chance))}, 50: logging.log(level, ${text(chance)})`,
        'return logging.getLogger().level',
      ],
      ['import logging'],
    ),
  }),
  'settings-read-once': (chance) => ({
    env: { AWS_EXECUTION_ENV: `AWS_Lambda_python3.${String(9 + chance.below(8))}` },
    events: [{ body: '1' }, { body: '2' }],
    source: handler(
      [
        `os.environ["AWS_EXECUTION_ENV"] = "AWS_Lambda_python3.${String(9 + chance.below(8))}"`,
        'os.environ["AWS_LAMBDA_LOG_FORMAT"] = "JSON"',
        `logging.warning(${text(chance)})`,
        `return ${text(chance)}`,
      ],
      ['import logging, os'],
    ),
  }),
  'init-error-not-ascii': (chance) => ({
    env: chance.of([{}, JSON_LOGS, { AWS_EXECUTION_ENV: 'AWS_Lambda_python3.11' }]),
    source: chance.of([
      `raise ${chance.of(ERRORS)}(${text(chance)})\n`,
      `def load():\n    raise ${chance.of(ERRORS)}("x")  # ${chance.of(['設定', 'é', 'plain'])}\nload()\n`,
      `import missing_${chance.of(['é', '雪', 'x'])}\n`,
    ]),
  }),
  'snapstart-base-exceptions': (chance) => ({
    env: SNAP_START,
    source: hook(chance, [
      `raise ${chance.of(['SystemExit(3)', 'KeyboardInterrupt', `ValueError(${text(chance)})`, 'GeneratorExit'])}`,
    ]),
  }),
  'snapstart-api-refuses': (chance) => ({
    env: SNAP_START,
    server: {
      [chance.of(['init_error_status', 'restore_error_status', 'restore_next_status'])]: chance.of([
        403, 410, 500,
      ]),
    },
    source: hook(chance, [`raise ${chance.of(ERRORS)}("x")`]),
  }),
  'api-refuses': (chance) => {
    const request = chance.of(['next', 'response', 'error', 'init_error']);
    const statuses = request === 'next' ? [204, 400, 403, 410, 500] : [400, 403, 413, 500];
    return {
      server: { [`${request}_status`]: chance.of(statuses) },
      source:
        request === 'init_error'
          ? `raise ${chance.of(ERRORS)}("x")\n`
          : handler([request === 'error' ? 'raise ValueError("x")' : `return ${text(chance)}`]),
    };
  },
  'request-id-blanks': (chance) => ({
    events: withHeaders({
      'Lambda-Runtime-Aws-Request-Id': chance.of(['not a uuid', 'a b', 'whole', 'x-1']),
    }),
    source: handler([
      chance.of(['return context.aws_request_id', 'raise ValueError(context.aws_request_id)']),
    ]),
  }),
  'next-headers': (chance) => ({
    events: withHeaders({
      [chance.of([
        'Lambda-Runtime-Trace-Id',
        'Lambda-Runtime-Aws-Tenant-Id',
        'Lambda-Runtime-Invoked-Function-Arn',
        'Lambda-Runtime-Client-Context',
      ])]: chance.of(['', '  ', null, '  {"custom": 1}  ', '{}']),
    }),
    source: handler(
      [
        'return [context.tenant_id, context.invoked_function_arn, str(context.client_context), os.environ.get("_X_AMZN_TRACE_ID")]',
      ],
      ['import os'],
    ),
  }),
  'context-json': (chance) => ({
    events: withHeaders({
      [chance.of(['Lambda-Runtime-Client-Context', 'Lambda-Runtime-Cognito-Identity'])]: chance.of([
        ...['[1]', '5', '"text"', 'null', '{}', '[]', 'false', '{"custom": NaN}', '{"client": 5}', '{oops'],
        ...['{"client": {"app_title": "t"}}', '{"cognitoIdentityId": "i"}'],
      ]),
    }),
    source: handler(['return [repr(context.client_context), repr(context.identity)]']),
  }),
  'context-slots': (chance) => ({
    events: withHeaders({ 'Lambda-Runtime-Client-Context': '{"client": {}}' }),
    source: handler([
      `${chance.of(['context', 'context.identity', 'context.client_context', 'context.client_context.client'])}.${chance.of(['other', 'note'])} = 1`,
      'return 2',
    ]),
  }),
  'str-twice': (chance) => ({
    env: chance.of([{}, JSON_LOGS]),
    source: handler(
      ['raise Own'],
      [
        'class Own(Exception):',
        `    calls = ${String(chance.below(50))}`,
        '    def __str__(self):',
        '        Own.calls += 1',
        ...(chance.below(2) === 0 ? [`        print(${text(chance)})`] : []),
        '        return f"call {Own.calls}"',
      ],
    ),
  }),
  'str-subclass': (chance) => ({
    env: chance.of([{}, JSON_LOGS]),
    source: handler(
      ['raise Own'],
      [
        'class Text(str):',
        `    def ${chance.of(['__str__', '__repr__'])}(self): return "hidden"`,
        'class Own(Exception):',
        `    def __str__(self): return Text(${text(chance)})`,
      ],
    ),
  }),
  'frames-of-log-sink': (chance) => ({
    env: chance.of([{}, JSON_LOGS]),
    source: handler(
      [
        chance.of([
          'logging.warning("%d", "x")',
          'logging.warning("%s %s", 1)',
          'print("\\ud800")',
          'logging.error("\\ud800")',
          'raise ValueError("\\ud800")',
        ]),
      ],
      ['import logging'],
    ),
  }),
  'init-stack': (chance) => ({
    source: chance.of([
      'raise GeneratorExit\n',
      `class Base(BaseException): pass\nraise Base(${text(chance)})\n`,
      `def f(n): return f(n - 1) if n else {}["k"]\nf(${String(chance.below(30))})\n`,
      'class Mute(Exception):\n    def __str__(self): raise ValueError("no")\nraise Mute\n',
      'import sys\nsys.exit(3)\n',
    ]),
  }),
  'syntax-without-text': (chance) => ({
    source: chance.of([
      'raise SyntaxError("by hand")\n',
      `raise SyntaxError(${text(chance)}, ("f.py", ${String(chance.below(90))}, 1, None))\n`,
      'x = (\n',
      'x = 1 1\n',
    ]),
  }),
  'decode-errors': (chance) => {
    const bad = ['\\x41', '\\U0041', '\\q', '\\u12g4', '\\u00'];
    const body = chance.of([
      `"${chance.of(bad)}"`,
      `["é", "ab${chance.of(bad)}"]`,
      '[1,]',
      '{"a":1,}',
      'NaN',
      '{1: 2}',
      '[1 2]',
      '',
    ]);
    return { events: [{ body }, { body: '"fine"' }], source: handler(['return event']) };
  },
  'return-decimal': (chance) => ({
    source: handler(
      [
        `return ${chance.of([
          '{D("1.5"): 1}',
          '[D("NaN12")]',
          '[D("-NaN")]',
          '{"a": D("sNaN")}',
          'D("-Infinity")',
          `[D("${String(chance.below(1000))}.${String(chance.below(1000))}0"), D("1E+${String(chance.below(30))}")]`,
        ])}`,
      ],
      ['from decimal import Decimal as D'],
    ),
  }),
  'return-circular-asdict': (chance) => ({
    source: handler(
      ['return A()'],
      [
        'class A:',
        '    def _asdict(self):',
        `        return ${chance.of(['{"me": self}', '{"n": 1, "me": self}', '{"me": 1}', '[1]'])}`,
      ],
    ),
  }),
  'exit-status': (chance) => ({
    source: handler(
      [
        chance.of([
          `os._exit(${String(chance.below(700))})`,
          `sys.exit(${String(chance.below(700))})`,
          `sys.exit(${text(chance)})`,
          'raise type("K", (KeyboardInterrupt,), {})("sub")',
          'raise KeyboardInterrupt',
          'os.abort()',
        ]),
      ],
      ['import os, sys'],
    ),
  }),
  'stdout-wrapper': (chance) => ({
    source: handler(
      [
        `return [sys.stdout.write(${text(chance)}), sys.stderr.write(${text(chance)}), sys.stdout.writelines(["a", "b"]), sys.stdout.mode, sys.stderr.mode, sys.stdout.encoding]`,
      ],
      ['import sys'],
    ),
  }),
  'json-patched': (chance) => ({
    env: chance.of([{}, JSON_LOGS]),
    events: [{ body: '1' }, { body: '2' }],
    source: handler(
      [
        chance.of([
          'json.dumps = json.loads = None',
          'json.JSONEncoder = None',
          'traceback.print_exc = traceback.format_exc = None',
          'traceback.extract_tb = None',
          'builtins.print = None',
          'builtins.str = None',
        ]),
        chance.of(['return event', 'logging.warning("x")', `raise ValueError(${text(chance)})`]),
      ],
      ['import builtins, json, logging, traceback'],
    ),
  }),
  'small-modules': (chance) => ({
    source: handler(
      [
        chance.of([
          'return simplejson.dumps({"a": [1.5, None]})',
          'return simplejson.loads("[1, 2]")',
          'return ["snapshot_restore_py" in sys.modules, "simplejson" in sys.modules, sys.dont_write_bytecode]',
          'return simplejson.loads("{")',
          `return simplejson.dumps(${text(chance)}, ensure_ascii=False)`,
        ]),
      ],
      ['import simplejson, sys'],
    ),
  }),
  'telemetry-variable': (chance) => ({
    env: { _LAMBDA_TELEMETRY_LOG_FD: chance.of(['x', '99', '', '12.5', '-', '200']) },
    source: handler([`print(${text(chance)})`]),
  }),
  'socket-connects': (chance) => ({
    source: handler(
      [
        ...(chance.below(2) === 0
          ? [
              'try:',
              `    socket.create_connection(("127.0.0.1", ${String(1 + chance.below(8))}), 1)`,
              'except OSError as error:',
              '    return type(error).__name__',
            ]
          : [`socket.create_connection(("127.0.0.1", ${String(1 + chance.below(8))}), 1)`]),
      ],
      ['import socket'],
    ),
  }),
  'asyncio-ends': (chance) => ({
    source: handler(
      [
        'async def work():',
        `    await asyncio.sleep(${chance.of(['0', '0.001'])})`,
        `    ${chance.of([`sys.exit(${String(chance.below(99))})`, `raise ${chance.of(ERRORS)}("x")`, 'return 7'])}`,
        'return asyncio.run(work())',
      ],
      ['import asyncio, sys'],
    ),
  }),
  'nested-deep': (chance) => ({
    events: [{ body: '1' }, { body: '2' }],
    source: handler([
      `a = ${chance.of(['[]', '()', '{}'])}`,
      `for _ in range(${String(5000 + chance.below(90_000))}): a = ${chance.of(['[a]', '(a,)', '{1: a}'])}`,
      `return ${chance.of(['repr(a)', 'str(a)', 'f"{a}"'])}`,
    ]),
  }),
};

/** As many cases as asked for, of every kind in turn. */
export function makeCases(count: number, seed: number): Case[] {
  const kinds = Object.entries(KINDS);
  const chance = new Chance(seed);
  return Array.from({ length: count }, (_, index): Case => {
    const [kind, make] = kinds[index % kinds.length] ?? [];
    if (make === undefined) throw new RangeError('There is no kind.');
    const { source, ...made } = make(chance);
    return {
      name: `${String(kind)}-${String(Math.floor(index / kinds.length))}`,
      handler: 'lambda_function.lambda_handler',
      handler_files: { 'lambda_function.py': source },
      env: {},
      events: [{ body: '{"a": 1}' }],
      ...made,
    };
  });
}
