import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, it } from 'node:test';
import { compareFacts, findingsToIssue, type HeldAgainst } from '../../../scripts/living-facts/compare.ts';
import { readHeldAgainst } from '../../../scripts/living-facts/held-against.ts';
import { compareVersions, readPublished, type WatchKind } from '../../../scripts/living-facts/published.ts';

const ROOT = path.resolve(import.meta.dirname, '../../..');
const FIXTURES = path.join(ROOT, 'tests/fixtures/living-facts');

async function publishedIn(kind: WatchKind, file: string): Promise<string> {
  const body = await readFile(path.join(FIXTURES, file), 'utf8');
  return readPublished(kind, { status: 200, lastModified: null, body });
}

describe('what is published', () => {
  it('is read out of the answers of hosts', async () => {
    assert.equal(await publishedIn('pypi', 'pypi.json'), '4.1.0');
    assert.equal(await publishedIn('tags', 'tags.json'), '0.1.120');
    assert.equal(await publishedIn('commit', 'commits.json'), '9a873ec0123456789abcdef0123456789abcdef0');
  });

  it('is a day for a document', () => {
    const answer = { status: 200, lastModified: 'Tue, 06 Oct 2026 23:59:59 GMT', body: '' };
    assert.equal(readPublished('document', answer), '2026-10-06');
    assert.throws(() => readPublished('document', { ...answer, lastModified: null }), /does not say when/);
  });

  for (const [what, kind, status, body, message] of [
    ['a refusal', 'pypi', 403, '{}', /answered 403/],
    ['a page', 'tags', 200, '<html>', /no JSON/],
    ['another form', 'pypi', 200, '{"version": "1"}', /another form/],
    ['a list where an object was', 'commit', 200, '[]', /another form/],
    ['tags without a release', 'tags', 200, '[{"name": "latest"}]', /another form/],
    ['an object where a list was', 'tags', 200, '{"message": "Moved"}', /another form/],
    ['a commit that is none', 'commit', 200, '[{"sha": "main"}]', /another form/],
  ] as const) {
    it(`is not known by ${what}`, () => {
      assert.throws(() => readPublished(kind, { status, lastModified: null, body }), message);
    });
  }

  it('counts versions by their numbers', () => {
    assert.ok(compareVersions('0.1.117', '0.1.99') > 0);
    assert.ok(compareVersions('2.0', '2.0.1') < 0);
    assert.equal(compareVersions('4.0.1', '4.0.1'), 0);
  });
});

const HELD: HeldAgainst = {
  watch: 'awslambdaric',
  kind: 'pypi',
  address: 'https://host.example/json',
  known: '4.0.1',
  platforms: ['lambda-today'],
};

describe('an original', () => {
  it('is passed over as long as it is the same one', () => {
    assert.deepEqual(compareFacts([[HELD, { published: '4.0.1' }]]), []);
    const commit = { ...HELD, known: '9a873ec' };
    assert.deepEqual(compareFacts([[commit, { published: '9a873ec0123456789abcdef0123456789abcdef0' }]]), []);
  });

  it('is named when it moved, when nothing is known of it, and when nobody answers', () => {
    const text = findingsToIssue(
      compareFacts([
        [HELD, { published: '4.1.0' }],
        [{ ...HELD, watch: 'docs', known: null }, { published: '2026-10-06' }],
        [{ ...HELD, watch: 'fn' }, { failed: 'The host answered 403.' }],
      ]),
    );
    assert.match(
      text,
      /\*\*awslambdaric\*\* \(`lambda-today`\): the models were held against `4\.0\.1`, and `4\.1\.0` is published/,
    );
    assert.match(text, /\*\*docs\*\*.*nothing says which one.*`2026-10-06` is published/);
    assert.match(text, /\*\*fn\*\*.*could not be looked up\. The host answered 403\./);
  });

  it('is not taken for moved by a version that begins alike', () => {
    const [found] = compareFacts([[HELD, { published: '4.0.10' }]]);
    assert.equal(found?.kind, 'moved');
  });
});

describe('the list of originals', () => {
  it('has an address for each that a platform watches, over HTTPS, and no other', async () => {
    const held = await readHeldAgainst(ROOT);
    assert.ok(held.length > 0);
    for (const { address } of held) assert.equal(new URL(address).protocol, 'https:');
    assert.deepEqual(held.find(({ watch }) => watch === 'iron-functions')?.platforms, [
      'ironfunctions-default',
      'ironfunctions-http',
    ]);
  });

  it('has the version that the model itself says it is of', async () => {
    const held = await readHeldAgainst(ROOT);
    const own = await readFile(
      path.join(
        ROOT,
        'src/platforms/lambda-today/disk/var/lang/lib/python3.14/site-packages/awslambdaric/__init__.py',
      ),
      'utf8',
    );
    const kit = await readFile(path.join(ROOT, 'src/platforms/fn/disk/python/fdk/runner.py'), 'utf8');
    const knownOf = (name: string): string => held.find(({ watch }) => watch === name)?.known ?? 'none';
    assert.ok(own.includes(`__version__ = "${knownOf('awslambdaric')}"`));
    assert.ok(kit.includes(`"fdk-python/${knownOf('fdk-python')}"`));
  });
});
