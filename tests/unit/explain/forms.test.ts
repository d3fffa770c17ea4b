/** Forms of pastes that no sample has: the answers of APIs, consoles and tools, by their documented shape. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { frameOwner, pathPython } from '../../../src/explain/frame-owner.ts';
import { lineOwner, readLines } from '../../../src/explain/read-lines.ts';

const forms = JSON.parse(
  readFileSync(new URL('../../fixtures/logs/forms.json', import.meta.url), 'utf8'),
) as Record<string, { text: string; kinds: string[] }>;

for (const [name, { text, kinds }] of Object.entries(forms)) {
  test(`reads ${name}`, () => {
    const read = readLines(text).filter(({ kind }) => kind !== 'wrapper');
    assert.deepEqual(
      read.map(({ kind }) => kind),
      kinds,
    );
  });
}

test('events are told apart by what stands before them, and lines of one share it', () => {
  const stream = '2026/03/05/[$LATEST]57ffa0329ebfbc9d376120ee6953bfee';
  const time = '2026-03-05T15:21:38.354000+00:00';
  const read = readLines(
    `${time} ${stream} [ERROR] KeyError: 'x'\nTraceback (most recent call last):\n  File "/var/task/f.py", line 3, in handler\n    event['x']\n${time} ${stream} KeyError: later`,
  );
  assert.deepEqual(
    read.map(({ event, kind }) => `${String(event)} ${kind}`),
    ['0 error', '0 traceback', '0 frame', '0 source', '1 your-output'],
  );
  assert.deepEqual(new Set(read.map((line) => line.stream)), new Set([stream]));
  assert.equal(read[0]?.time?.epoch, Date.UTC(2026, 2, 5, 15, 21, 38, 354));
});

test('a time without a zone or a date has a clock only', () => {
  const [first] = readLines(
    '17:43:27 START RequestId: 9945a0b9-5d49-487a-ad71-a2cc33e449fe Version: $LATEST',
  );
  assert.deepEqual(first?.time, { epoch: null, clock: ((17 * 60 + 43) * 60 + 27) * 1000 });
});

test('a line’s owner is its frame’s, or its kind’s', () => {
  const read = readLines(
    '[ERROR] OSError: x\nTraceback (most recent call last):\n  File "/var/lang/lib/python3.12/json/__init__.py", line 3, in loads\n    x',
  );
  assert.deepEqual(read.map(lineOwner), ['runtime', 'runtime', 'stdlib', 'stdlib']);
});

const OWNERS = {
  '/var/task/app.py': 'yours',
  '/var/task/handlers/app.py': 'yours',
  '/tmp/x.py': 'yours',
  '/app/myapp/aws.py': 'yours',
  '/var/task/requests/api.py': 'library',
  '/var/task/vendor/requests/api.py': 'library',
  '/var/task/six.py': 'library',
  '/var/task/.venv/lib/python3.12/site-packages/x.py': 'library',
  '/opt/python/mine.py': 'library',
  '/opt/python/lib/python3.7/site-packages/aws_org.py': 'library',
  '/var/runtime/boto3/session.py': 'library',
  '/var/lang/lib/python3.14/site-packages/botocore/client.py': 'library',
  '/var/lang/lib/python3.12/json/__init__.py': 'stdlib',
  '/usr/lib64/python2.7/json/encoder.py': 'stdlib',
  '/usr/local/lib/python3.8/runpy.py': 'stdlib',
  '<frozen importlib._bootstrap>': 'stdlib',
  '/var/runtime/bootstrap.py': 'runtime',
  '/var/runtime/awslambda/bootstrap.py': 'runtime',
  '/var/runtime/awslambdaric/bootstrap.py': 'runtime',
  '/var/lang/lib/python3.11/site-packages/awslambdaric/__main__.py': 'runtime',
  '/var/task/awslambdaric/bootstrap.py': 'runtime',
  '/home/app/awslambdaric/bootstrap.py': 'runtime',
  '/usr/lib/node_modules/serverless/lib/plugins/aws/invokeLocal/invoke.py': 'tool',
  '<string>': 'unknown',
} as const;

for (const [path, owner] of Object.entries(OWNERS)) {
  test(`${path}: ${owner}`, () => {
    assert.equal(frameOwner(path), owner);
  });
}

test('a path tells Python’s version', () => {
  assert.equal(pathPython('/opt/python/lib/python3.7/site-packages/x.py'), '3.7');
  assert.equal(pathPython('/usr/lib64/python2.7/json/encoder.py'), '2.7');
  assert.equal(pathPython('/var/task/app.py'), null);
});
