import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Expectation } from '../../../scripts/conformance/case.ts';
import { compare } from '../../../scripts/conformance/compare.ts';
import { unify } from '../../../scripts/conformance/differences.ts';
import { parseFrames } from '../../../scripts/conformance/frames.ts';
import { reasonSeen, reasonToSkip } from '../../../scripts/conformance/skip-reasons.ts';
import { maskJson, maskText } from '../../../scripts/conformance/mask.ts';

const POST = {
  path: '/2018-06-01/runtime/invocation/1/response',
  headers: { 'content-type': 'application/json', 'content-length': '8' },
  body: '{"a": 1}',
};
const SAME: Expectation = {
  traffic: ['GET /next', `POST ${POST.path}`],
  responses: [POST],
  log: 'one\n',
  stdout: 'one\n',
  stderr: '',
  exit: 'waiting',
};

describe('what was observed', () => {
  it('is compared with itself without a difference', () => {
    assert.deepEqual(compare(SAME, SAME), []);
  });

  const changes: readonly (readonly [string, Partial<Expectation>])[] = [
    ['exit', { exit: 1 }],
    ['traffic', { traffic: [...SAME.traffic].reverse() }],
    ['log', { log: 'one\ntwo\n' }],
    ['stdout', { stdout: '' }],
    ['stderr', { stderr: 'x' }],
    ['frames', { frames: [{ type: '0xa55a0003', length: 1, message: 'x' }] }],
    [`POST ${POST.path}`, { responses: [] }],
    [`POST ${POST.path}`, { responses: [{ ...POST, body: '{"a":1}' }] }],
    [`POST ${POST.path}`, { responses: [{ ...POST, body: { base64: 'AA==' } }] }],
    [`POST ${POST.path}`, { responses: [{ ...POST, headers: { ...POST.headers, more: '1' } }] }],
    [`POST ${POST.path}`, { responses: [{ ...POST, headers: { ...POST.headers, 'content-length': '9' } }] }],
  ];
  for (const [field, change] of changes) {
    it(`differs in its ${field}, and the difference says so: ${JSON.stringify(change)}`, () => {
      const differences = compare(SAME, { ...SAME, ...change });
      assert.deepEqual(
        differences.map((difference) => difference.slice(0, field.length + 1)),
        [`${field}:`],
      );
      assert.match(differences[0] ?? '', /\n[-+] /);
    });
  }

  it('may hold one more POST than was measured: that is a difference of the traffic', () => {
    const traffic = [...SAME.traffic, 'POST /more'];
    assert.equal(compare(SAME, { ...SAME, traffic, responses: [POST, POST] }).length, 1);
  });

  it('of several processes is compared in any order', () => {
    const traffic = [...SAME.traffic].reverse();
    assert.deepEqual(compare(SAME, { ...SAME, traffic }, true), []);
  });

  it('has the paths of X-Ray’s cause as a set, and all else of it in order', () => {
    const withCause = (paths: string, stack = '[1, 2]'): Expectation => {
      const cause = `{"exceptions": [{"stack": ${stack}}], "paths": [${paths}]}`;
      const headers = { 'lambda-runtime-function-xray-error-cause': cause };
      return { ...SAME, responses: [{ ...POST, headers }] };
    };
    assert.deepEqual(compare(withCause('"/b", "/a, \\"x", "/c"'), withCause('"/c", "/b", "/a, \\"x"')), []);
    assert.equal(compare(withCause('"/b", "/a"'), withCause('"/b", "/b"')).length, 1);
    assert.equal(compare(withCause('"/a"'), withCause('"/a"', '[2, 1]')).length, 1);
    const other = { ...SAME, responses: [{ ...POST, headers: { other: '"paths": ["/a", "/b"]}' } }] };
    const turned = { ...SAME, responses: [{ ...POST, headers: { other: '"paths": ["/b", "/a"]}' } }] };
    assert.equal(compare(other, turned).length, 1);
  });

  it('has an error sent as Latin-1 masked like any other, and its text compared', () => {
    const withBody = (folder: string, line: number, message: string): Expectation => {
      const file = `${folder}/importlib/__init__.py`;
      const text = `{"errorMessage": "${message}", "stackTrace": ["  File \\"${file}\\", line ${String(line)}, in x\\n"]}`;
      const body = { base64: Buffer.from(text, 'latin1').toString('base64') };
      const headers = { 'content-length': String(text.length) };
      return { ...SAME, responses: [{ ...POST, headers, body }] };
    };
    const measured = withBody('/var/lang/lib/python3.12', 90, 'é');
    assert.deepEqual(compare(measured, withBody('/lib/python314.zip', 8, 'é')), []);
    assert.equal(compare(measured, withBody('/lib/python314.zip', 8, 'è')).length, 1);
  });

  it('has frames whose length counts where nothing in them is masked', () => {
    const withFrame = (message: string, length: number): Expectation => ({
      ...SAME,
      frames: [{ type: '0xa55a0013', length, message }],
    });
    const warning = 'LAMBDA_WARNING: Unhandled exception. ';
    assert.deepEqual(compare(withFrame(`${warning}<ADVICE>\r`, 300), withFrame(`${warning}Ours.\r`, 45)), []);
    assert.equal(compare(withFrame('plain', 5), withFrame('plain', 6)).length, 1);
    const time = '2026-01-02T03:04:05Z';
    assert.equal(compare(withFrame(time, 20), withFrame(time, 21)).length, 1);
  });

  it('of long texts is compared by what is known of them', () => {
    const long = { ...POST, headers: {}, body: 'x'.repeat(1000) };
    const sha256 = '44f8354494a5ba03ba1792a8d3e9c534c47a9181980fde7a3f44b06ef2ae7c7f';
    const body = { length: 1000, sha256, starts: 'xxx', ends: 'xxx' };
    const expected = { ...SAME, responses: [{ ...long, body }] };
    const other = { ...long, body: 'y'.repeat(1000) };
    assert.deepEqual(compare(expected, { ...SAME, responses: [long] }), []);
    assert.equal(compare(expected, { ...SAME, responses: [other] }).length, 1);
    const cut = { ...SAME, responses: [{ ...POST, headers: { h: `${'y'.repeat(10)} … (40 characters)` } }] };
    const whole = (length: number): Expectation => ({
      ...SAME,
      responses: [{ ...POST, headers: { h: 'y'.repeat(length) } }],
    });
    assert.deepEqual(compare(cut, whole(40)), []);
    assert.equal(compare(cut, whole(41)).length, 1);
  });
});

describe('the masks', () => {
  it('hide times, addresses and versions', () => {
    assert.equal(
      maskText('[INFO]\t2026-01-02T03:04:05.678Z\tx 2026-01-02T03:04:05Z <object at 0x7f00ab12>'),
      '[INFO]\t<TIME-MS>\tx <TIME> <object at <ADDR>>',
    );
    assert.equal(maskText('aws-lambda-python/3.14.2-4.0.1'), 'aws-lambda-python/<PYFULL>-4.0.1');
    assert.equal(maskText('"/lib/python314.zip"'), '"/var/lang/lib/python<PYNODOT>.zip"');
  });

  it('hide lines of the runtime’s and of Python’s frames, not their names, and nothing of the function’s', () => {
    const text = (line: number, source: string, own: number): string =>
      `  File "/var/runtime/awslambdaric/bootstrap.py", line ${String(line)}, in run\n    ${source}\n` +
      `    ~~~^^\n  File "/var/task/f.py", line ${String(own)}, in f\n    g()\nValueError: x\n`;
    assert.equal(maskText(text(1, 'a()', 5)), maskText(text(22, 'b(c)', 5)));
    assert.notEqual(maskText(text(1, 'a()', 5)), maskText(text(1, 'a()', 6)));
    assert.match(maskText(text(1, 'a()', 5)), /line <N>, in run\n {2}File "\/var\/task/);
    assert.match(
      maskText('\u00a0\u00a0File "/var/runtime/x.py", line 3, in y\r\u00a0\u00a0\u00a0\u00a0z\n'),
      /<N>, in y\r\n?$/,
    );
  });

  it('take the folder in which the package lies as one, and no other', () => {
    const frame = (folder: string): string => `  File "${folder}/bootstrap.py", line 3, in run`;
    const there = '/var/lang/lib/python<PY>/site-packages/awslambdaric';
    assert.equal(maskText(frame(there)), maskText(frame('/var/runtime/awslambdaric')));
    const other = '/var/lang/lib/python<PY>/site-packages/other';
    assert.notEqual(maskText(frame(other)), maskText(frame('/var/runtime/other')));
    assert.equal(maskText('LAMBDA_RUNTIME_DIR=/var/runtime'), 'LAMBDA_RUNTIME_DIR=/var/runtime');
  });

  it('hide a place that was counted over Python’s own paths, and no other', () => {
    const text = (place: string): string =>
      `UnicodeEncodeError: 'latin-1' codec can't encode characters in position ${place}: Body ('…') is not valid`;
    assert.equal(maskText(text('814-815')), maskText(text('808-809')));
    assert.notEqual(maskText(text('18')), maskText(text('19')));
    assert.equal(maskText('in position 814: surrogates'), 'in position 814: surrogates');
  });

  it('work inside JSON and keep how it is written', () => {
    const frame = (line: string): string =>
      `{"stackTrace": ["  File \\"/var/runtime/x.py\\", line ${line}, in y\\n    z\\n"],"é": "\\u00e9"}`;
    assert.equal(maskJson(frame('3')), maskJson(frame('4')));
    assert.ok(maskJson(frame('3')).endsWith('],"é": "\\u00e9"}'));
    assert.equal(
      maskJson('{"path": "/var/runtime/x.py", "line": 3}'),
      '{"path": "/var/runtime/x.py", "line": "<N>"}',
    );
    assert.equal(maskJson('{"path": "/var/task/x.py", "line": 3}'), '{"path": "/var/task/x.py", "line": 3}');
  });
});

describe('the table of differences', () => {
  const pairs: readonly (readonly [measured: string, model: string])[] = [
    [
      "module 'json' has no attribute 'x'",
      "module 'json' has no attribute 'x' (consider renaming '/var/task/json.py' since it has the same name as the standard library module named 'json' and the import system gives it precedence)",
    ],
    ['too many values to unpack (expected 2)', 'too many values to unpack (expected 2, got 3)'],
    ["unhashable type: 'list'", "cannot use 'list' as a dict key (unhashable type: 'list')"],
    ['float division by zero', 'division by zero'],
    ['integer modulo by zero', 'division by zero'],
    ['integer division or modulo by zero', 'division by zero'],
    ['float floor division by zero', 'division by zero'],
  ];
  for (const [measured, model] of pairs) {
    it(`takes as one: ${measured}`, () => {
      assert.equal(unify(model), unify(measured));
    });
  }

  it('leaves other texts alone', () => {
    for (const text of ['too few values', "[Error 2] 'x'", '{"a": [1, 2]}']) assert.equal(unify(text), text);
  });
});

describe('a case', () => {
  const CASE = { name: 'x', handler: 'a.b', handler_files: {}, env: {}, events: [], expect: SAME };

  it('is left out for what a browser has none of, and for nothing else', () => {
    assert.equal(reasonToSkip(CASE), null);
    assert.match(reasonToSkip({ ...CASE, then_signal: 'SIGTERM' }) ?? '', /signals/);
    assert.match(
      reasonToSkip({ ...CASE, env: { AWS_LAMBDA_MAX_CONCURRENCY: '2' } }) ?? '',
      /child processes/,
    );
    assert.equal(reasonToSkip({ ...CASE, telemetry_fd: true }), null);
  });

  it('that fails because Python has no threads is told from one that fails', () => {
    assert.equal(reasonSeen(SAME), null);
    assert.match(reasonSeen({ ...SAME, log: "RuntimeError: can't start new thread" }) ?? '', /threads/);
  });
});

describe('log frames', () => {
  it('are read one behind the other', () => {
    const frame = (type: number, message: string): number[] => {
      const text = [...Buffer.from(message)];
      return [0xa5, 0x5a, 0, type, 0, 0, 0, text.length, 0, 0, 0, 0, 0, 0, 0, 1, ...text];
    };
    assert.deepEqual(parseFrames(new Uint8Array([...frame(3, 'é\n'), ...frame(0x17, '')])), [
      { type: '0xa55a0003', length: 3, message: 'é\n' },
      { type: '0xa55a0017', length: 0, message: '' },
    ]);
  });
});
