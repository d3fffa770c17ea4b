import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { configure, type PythonRoot } from '../../../scripts/checks/python-types.ts';
import { listPlatforms } from '../../../src/integrations/platforms.ts';
import { judgePython, readSettings } from '../../../scripts/checks/python-lint.ts';
import { judgeRun, readSummary, runPython } from '../../../scripts/checks/python.ts';

const settings = await readSettings('.');

describe('the check of Python’s style', () => {
  it('passes formatted Python with docstrings', () => {
    const text = '"""What is it?"""\n\nNAME = "a"\n';
    assert.deepEqual(judgePython(settings, 'src/harness/a.py', text), { faults: [], mended: text });
  });

  it('names a missing docstring in the site’s Python, and asks for none in tests', () => {
    const text = 'NAME = "a"\n';
    const { faults } = judgePython(settings, 'src/platforms/p/a.py', text);
    assert.deepEqual(faults, ['src/platforms/p/a.py:1:1 D100 Missing docstring in public module']);
    assert.deepEqual(judgePython(settings, 'tests/python/test_a.py', text).faults, []);
  });

  it('formats and sorts imports', () => {
    const { faults, mended } = judgePython(
      settings,
      'tests/python/a.py',
      "import sys\nimport os\nx = [os,sys, 'a']\n",
    );
    assert.deepEqual(faults, [
      'tests/python/a.py:1:1 I001 Import block is un-sorted or un-formatted',
      'tests/python/a.py is not formatted as ruff formats',
    ]);
    assert.equal(mended, 'import os\nimport sys\n\nx = [os, sys, "a"]\n');
  });

  it('leaves a text that is no Python alone, and says where it stops being some', () => {
    const { faults, mended } = judgePython(settings, 'tests/python/a.py', 'def (:\n');
    assert.match(faults[0] ?? '', /^tests\/python\/a\.py:1:5 invalid-syntax /);
    assert.equal(mended, 'def (:\n');
  });

  it('checks the types of every platform that has Python of its own in an environment of its own', async () => {
    const { executionEnvironments } = (await configure({})) as {
      executionEnvironments: readonly PythonRoot[];
    };
    for (const platform of await listPlatforms()) {
      const folder = `src/platforms/${platform}/`;
      const files = await readdir(folder, { recursive: true });
      // What a downloaded function is tested with runs in its reader's own Python, and is checked with the rest of `src`.
      for (const file of files.filter((name) => name.endsWith('.py') && name !== 'test_handler.py')) {
        const roots = executionEnvironments.filter(({ root }) => `${folder}${file}`.startsWith(`${root}/`));
        assert.notEqual(roots.length, 0, `${folder}${file} lies in no environment`);
      }
    }
  });
});

describe('the runner of the Python tests', () => {
  const summary = { python: 'CPython 3.14.0', ran: 2, skipped: 0, failed: 0 };

  it('passes when tests ran and none failed', () => {
    assert.deepEqual(judgeRun('CPython', { code: 0, summary }), {
      isGood: true,
      line: 'CPython 3.14.0: 2 tests, 0 failed, 0 skipped',
    });
  });

  it('fails when one failed, when there was none, and when the process died on the way', () => {
    const verdicts = [
      judgeRun('CPython', { code: 1, summary: { ...summary, failed: 1 } }),
      judgeRun('CPython', { code: 0, summary: { ...summary, ran: 0 } }),
      judgeRun('CPython', { code: 3, summary }),
      judgeRun('CPython', { code: 0, summary: null }),
    ];
    assert.deepEqual(
      verdicts.map(({ isGood }) => isGood),
      [false, false, false, false],
    );
  });

  it('takes only the summary for a summary', () => {
    assert.deepEqual(readSummary(JSON.stringify(summary)), summary);
    assert.deepEqual(['OK', '', '3', 'null', '{}'].map(readSummary), [null, null, null, null, null]);
  });

  it('passes on what a process printed before it died', async () => {
    const printed: string[] = [];
    const run = await runPython(process.execPath, ['-e', 'console.log("half"); process.exit(0)'], (text) => {
      printed.push(text);
    });
    assert.deepEqual({ run, printed }, { run: { code: 0, summary: null }, printed: ['half'] });
  });
});
