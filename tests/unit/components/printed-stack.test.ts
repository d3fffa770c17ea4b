import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseFrames } from '../../../src/components/article/printed-stack.ts';

const OWNERS = { taskRoot: '/var/task', image: ['/var/runtime/awslambda/bootstrap.py'] };

test('a printed stack becomes frames with their owners, outermost first', () => {
  const text = [
    'START RequestId: 1 Version: $LATEST',
    '  File "/var/runtime/awslambda/bootstrap.py", line 426, in <module>',
    '    main()',
    '  File "/usr/lib/python3.14/functools.py", line 7, in wrapper',
    '    return call("a", b)',
    '  File "/var/task/lambda_function.py", line 4, in lambda_handler',
    'END RequestId: 1',
    '',
  ].join('\n');
  assert.deepEqual(parseFrames(text, OWNERS), [
    {
      file: '/var/runtime/awslambda/bootstrap.py',
      line: 426,
      name: '<module>',
      source: 'main()',
      owner: 'runtime',
    },
    {
      file: '/usr/lib/python3.14/functools.py',
      line: 7,
      name: 'wrapper',
      source: 'return call("a", b)',
      owner: 'library',
    },
    { file: '/var/task/lambda_function.py', line: 4, name: 'lambda_handler', source: null, owner: 'handler' },
  ]);
});

test('a file whose folder only begins like the task is not the handler', () => {
  const [frame] = parseFrames('  File "/var/tasks/a.py", line 1, in f\n', OWNERS);
  assert.equal(frame?.owner, 'library');
});

test('a file of the task that was compiled elsewhere is the handler under its old name', () => {
  const text = '  File "/Users/somebody/a.py", line 4, in lambda_handler\n';
  const owners = [[], ['/Users/somebody/a.py']].map(
    (ownFiles) => parseFrames(text, { ...OWNERS, ownFiles })[0]?.owner,
  );
  assert.deepEqual(owners, ['library', 'handler']);
});

test('a file of the platform that lies beside the function’s is not the handler', () => {
  const text = ['exec__', 'main__'].map((name) => `  File "/bin/${name}.py", line 1, in f\n`).join('');
  const owners = { taskRoot: '/bin', image: ['/bin/exec__.py'] };
  assert.deepEqual(
    parseFrames(text, owners).map(({ owner }) => owner),
    ['runtime', 'handler'],
  );
});
