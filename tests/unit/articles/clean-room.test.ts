/** What «Where does this model come from?» claims. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, it } from 'node:test';
import { findClaimFaults } from '../../../scripts/checks/claims.ts';
import { unify } from '../../../scripts/conformance/differences.ts';
import { readPlatform } from '../../../src/integrations/platforms.ts';
import today from '../../../src/platforms/lambda-today/behaviours.json' with { type: 'json' };
import { runHandler } from '../run-handler.ts';
import { recordedRuns, tellOf } from './example-runs.ts';

const FOLDER = '/var/runtime/awslambda';

/** Where the file that calls a handler lies, by platform. */
const FOLDERS = {
  'lambda-today': '/var/lang/lib/python3.14/site-packages/awslambdaric',
  'lambda-2016': FOLDER,
};

/** The lines that the handler printed, as file and text. */
function linesIn(log: string): readonly (readonly [string, string])[] {
  return Array.from(log.matchAll(/^(\w+\.py): (.*)$/gm), ([, file = '', text = '']) => [file, text] as const);
}

describe('the files of a model', () => {
  // Claims: the-model-says-what-it-decided
  it('tell what they decided, and the lab prints each of these lines: few of today, many of 2016', async () => {
    const counts: number[] = [];
    for (const [platform, folder] of Object.entries(FOLDERS)) {
      const [run] = (await recordedRuns('ask-for-the-sources', platform)).map(tellOf);
      assert.ok(run?.outcome.status === 'returned');
      const { files } = await readPlatform(platform);
      const paths = Object.keys(files).filter(
        (file) => path.posix.dirname(file) === folder && file.endsWith('.py'),
      );
      const expected = paths.toSorted().flatMap((file) => {
        const content = files[file];
        assert.ok(content !== undefined && 'text' in content);
        const lines = content.text.split('\n').filter((line) => line.includes('Inferred'));
        return lines.map((line) => [path.posix.basename(file), line.trim()] as const);
      });
      assert.ok(expected.length > 0);
      assert.deepEqual(linesIn(run.log), expected);
      assert.equal(run.outcome.payload, String(expected.length));
      counts.push(expected.length);
    }
    const [today = 0, then = 0] = counts;
    assert.ok(today * 5 < then);
  });

  // Claims: one-function-names-the-post
  it('name the post as a source in one function, after the explanation of tags', async () => {
    const source = await readFile('content/examples/ask-for-the-sources/task/lambda_function.py', 'utf8');
    const [environment] = await runHandler(source, { events: ['{ "word": "[BLOG]" }'] });
    const [run] = (environment?.runs ?? []).map(tellOf);
    const lines = linesIn(run?.log ?? '');
    assert.equal(lines.length, 2);
    assert.match(lines[0]?.[1] ?? '', /^Tags in brackets/);
    const script = await readFile(`src/platforms/lambda-2016/disk${FOLDER}/bootstrap.py`, 'utf8');
    const before = script.slice(0, script.indexOf(lines[1]?.[1] ?? '?'));
    assert.equal(/^def (\w+)(?![\s\S]*^def )/m.exec(before)?.[1], 'handle_event_request');
  });

  // Claims: placeholder-says-what-it-is
  it('hold a placeholder of the native half that is a library, and says what it is', async () => {
    const bytes = await readFile(`src/platforms/lambda-2016/disk${FOLDER}/runtime.so`);
    assert.equal(bytes.subarray(0, 4).toString('latin1'), '\x7fELF');
    assert.match(bytes.toString('latin1'), /Placeholder of a clean-room model, independent of Amazon\./);
    const source = await readFile('src/platforms/lambda-2016/native/runtime.c', 'utf8');
    const functions = Array.from(source.matchAll(/^void (\w+)\(void\) (.*)$/gm), ([, , body]) => body);
    assert.ok(functions.length > 0);
    assert.deepEqual([...new Set(functions)], ['{}']);
  });
});

describe('the measured cases', () => {
  // Claims: measured-cases-are-compared
  it('are compared by no exception but those that a row tells readers of', () => {
    const rows = today.behaviours.filter((row) => (row.patterns ?? []).length > 0);
    assert.ok(rows.length > 0);
    const silent = rows.filter(({ kind, original, model }) => kind !== 'differs' || !original || !model);
    assert.deepEqual(silent, []);
    // What the comparison takes for equal is what these rows have, and a text without it stays as it is.
    const [{ patterns = [] } = {}] = rows;
    assert.ok(patterns.length > 0);
    assert.equal(unify('nothing of the kind'), 'nothing of the kind');
  });
});

describe('the claims of the articles', () => {
  // Claims: every-claim-has-a-test
  it('are refused when no test names them', () => {
    const articles = new Map([['en/one.mdx', '<Claim id="a-claim">It is so</Claim>, they say.']]);
    assert.deepEqual(findClaimFaults(articles, new Map([['tests/one.test.ts', ['a-claim']]])), []);
    const [fault, ...others] = findClaimFaults(articles, new Map());
    assert.match(fault ?? '', /^articles\/en\/one\.mdx: no test says .*a-claim/);
    assert.deepEqual(others, []);
  });
});
