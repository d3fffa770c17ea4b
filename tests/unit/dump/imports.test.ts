import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { findRuntime } from '../../../src/dump/find-runtime.ts';
import { findRoots, importGraph, moduleStem } from '../../../src/dump/import-graph.ts';
import { readImports } from '../../../src/dump/python-imports.ts';
import { text } from './make-archives.ts';

const named = (source: string): string[] =>
  readImports(source).map(
    ({ module, level, names, line }) =>
      `${line} ${'.'.repeat(level)}${module}${names.length > 0 ? `: ${names.join()}` : ''}`,
  );

describe('the imports of a file', () => {
  it('are those of its statements, wherever they stand', () => {
    const source = [
      'import os, sys as system, a.b.c as d',
      'from . import x',
      'from ..pack.age import (one as first,  # why',
      '    two,',
      ')',
      'def f():',
      '    import inner; from later import *',
      'try: import simplejson as json',
      'except ImportError: import json',
      'import \\',
      '    joined',
      'from.near import thing',
    ].join('\n');
    assert.deepEqual(named(source), [
      '1 os',
      '1 sys',
      '1 a.b.c',
      '2 .: x',
      '3 ..pack.age: one,two',
      '7 inner',
      '7 later: *',
      '8 simplejson',
      '9 json',
      '10 joined',
      '12 .near: thing',
    ]);
  });

  it('are not those of strings and comments', () => {
    const source = `"""\nimport a\n'''\nimport b\n"""\n# import c\nx = 'it\\'s import d'\ny = "\nimport e\nf(\n  import_g)\nimportant = 1\nfrom_ = 2\nr'''\\\\'''\nimport h`;
    assert.deepEqual(named(source), ['9 e', '15 h']);
  });

  it('are read in a time that grows as the text', () => {
    for (const hostile of ['"""', "'", '(', '\\\n', 'import a,', 'try: ', '#\n', "'''\\"]) {
      assert.ok(readImports(hostile.repeat(200_000)).length >= 0);
    }
  });
});

describe('the graph of a dump', () => {
  const files = new Map(
    Object.entries({
      'var/runtime/bootstrap.py': 'import os\nimport awslambdaric.__main__ as main\n',
      'var/runtime/awslambdaric/__init__.py': '__version__ = "2.0.8"\n',
      'var/runtime/awslambdaric/__main__.py': 'from . import bootstrap\nimport nowhere\n',
      'var/runtime/awslambdaric/bootstrap.py':
        'from .lambda_context import LambdaContext\nimport runtime_client\nimport simplejson\n',
      'var/runtime/awslambdaric/lambda_context.py': 'import json\nfrom .... import out\n',
      'var/runtime/runtime_client.cpython-311-x86_64-linux-gnu.so': '\x7fELF',
      'var/lang/lib/python3.11/site-packages/simplejson/__init__.py': 'from ._speedups import c\n',
      'var/lang/lib/python3.11/site-packages/simplejson/_speedups.cpython-311-x86_64-linux-gnu.so': '\x7fELF',
      'var/runtime/awslambdaric-2.0.11.dist-info/METADATA': 'Name: awslambdaric\n',
      'var/runtime/awslambdaric/__pycache__/bootstrap.cpython-311.pyc': 'x',
    }).map(([path, source]) => [path, text(source)] as const),
  );

  it('tells what each import is', () => {
    const edges = importGraph(files).map(
      ({ from, module, kind, to }) =>
        `${from.split('/').slice(-2).join('/')} ${module} ${kind} ${to?.split('/').at(-1) ?? '-'}`,
    );
    assert.deepEqual(edges, [
      'runtime/bootstrap.py os standard -',
      'runtime/bootstrap.py awslambdaric.__main__ own __main__.py',
      'awslambdaric/__main__.py awslambdaric.bootstrap own bootstrap.py',
      'awslambdaric/__main__.py nowhere missing -',
      'awslambdaric/bootstrap.py awslambdaric.lambda_context own lambda_context.py',
      'awslambdaric/bootstrap.py runtime_client native runtime_client.cpython-311-x86_64-linux-gnu.so',
      'awslambdaric/bootstrap.py simplejson own __init__.py',
      'awslambdaric/lambda_context.py json standard -',
      'awslambdaric/lambda_context.py .... missing -',
      'simplejson/__init__.py simplejson._speedups native _speedups.cpython-311-x86_64-linux-gnu.so',
    ]);
    assert.deepEqual(findRoots([...files.keys()]), ['var/runtime', 'var/lang/lib/python3.11/site-packages']);
  });

  it('knows modules by their files', () => {
    assert.deepEqual(
      [
        'a/runtime.so',
        'b.abi3.so',
        'x.cpython-36m-x86_64-linux-gnu.so',
        'm.py',
        'm.cpython-39.opt-1.pyc',
        'lib.so.1',
        'a.txt',
      ].map(moduleStem),
      ['runtime', 'b', 'x', 'm', 'm', null, null],
    );
  });

  it('finds the runtime, its release and its Python', () => {
    assert.deepEqual(findRuntime(files), {
      form: 'awslambdaric',
      folder: 'var/runtime/awslambdaric',
      script: 'var/runtime/bootstrap.py',
      version: '2.0.11',
      python: '3.11',
    });
    const bare = new Map(
      [...files]
        .filter(([path]) => /awslambdaric\/[^/]*\.py$/.test(path))
        .map(([path, bytes]) => [path.replace('var/runtime/', 'lib/python3.9/site-packages/'), bytes]),
    );
    assert.deepEqual(findRuntime(bare), {
      form: 'awslambdaric',
      folder: 'lib/python3.9/site-packages/awslambdaric',
      script: null,
      version: '2.0.8',
      python: '3.9',
    });
    const old = (name: string, source = ''): ReadonlyMap<string, Uint8Array> =>
      new Map([
        ['awslambda/bootstrap.py', text(source)],
        [name, text('')],
      ]);
    assert.equal(findRuntime(old('awslambda/runtime.cpython-36m-x86_64-linux-gnu.so'))?.python, '3.6');
    assert.equal(
      findRuntime(old('awslambda/runtime.so', 'try:\n  f()\nexcept Exception, e:\n  pass\n'))?.python,
      '2.7',
    );
    assert.equal(findRuntime(new Map([['lambda_function.py', text('')]])), null);
    assert.equal(findRuntime(new Map([['awslambdaric/__main__.py', text('')]])), null);
  });
});
