import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { explainFailure, explainOldNode, firstDifference } from '../../../scripts/setup.mjs';

const entry = { version: '1.0.0', integrity: 'sha512-a' };

describe('what is installed', () => {
  it('is enough when it is what the lock file lists, without what is for another platform', () => {
    const wanted = {
      packages: { '': {}, 'node_modules/a': entry, 'node_modules/b': { ...entry, optional: true } },
    };
    assert.equal(firstDifference(wanted, { packages: { 'node_modules/a': entry } }), null);
  });

  it('is not enough when something is missing, another version, another content, or too much', () => {
    const wanted = { packages: { 'node_modules/@s/a': entry } };
    const differences = [
      firstDifference(null, null),
      firstDifference(wanted, null),
      firstDifference(wanted, { packages: {} }),
      firstDifference(wanted, { packages: { 'node_modules/@s/a': { ...entry, version: '2.0.0' } } }),
      firstDifference(wanted, { packages: { 'node_modules/@s/a': { ...entry, integrity: 'sha512-b' } } }),
      firstDifference(wanted, { packages: { 'node_modules/@s/a': entry, 'node_modules/c': entry } }),
    ];
    assert.deepEqual(differences, [
      'there is no package-lock.json',
      'nothing is installed yet',
      '@s/a is missing',
      '@s/a is 2.0.0, wanted is 1.0.0',
      '@s/a is 1.0.0, wanted is 1.0.0',
      'c is not wanted any more',
    ]);
  });
});

describe('an installation that fails', () => {
  it('is explained by what npm printed', () => {
    const beginnings: readonly (readonly [string, string])[] = [
      ['npm error code ENOTFOUND', 'npm ci could not reach its registry'],
      ['npm error code EUSAGE', 'package.json and package-lock.json do not belong together'],
      ['npm error code ETARGET', 'A package of package-lock.json is not in the registry'],
      ['npm error code EINTEGRITY', 'A package is not the one that'],
      ['npm error code ENOSPC', 'The disk is full'],
      ['npm error code EACCES', 'npm may not write in node_modules'],
      ['npm error something else', 'npm ci failed for the reason printed above'],
    ];
    for (const [output, beginning] of beginnings) {
      assert.equal(explainFailure(output).slice(0, beginning.length), beginning);
    }
  });

  it('leaves a Node that is too old, and says what brings a newer one', () => {
    assert.match(explainOldNode('v20.1.0', 'linux', 'x64'), /this is v20\.1\.0.*npm ci --include=optional/);
    assert.match(explainOldNode('v20.1.0', 'darwin', 'arm64'), /for darwin arm64 there is none to bring/);
  });
});
