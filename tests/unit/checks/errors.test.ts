import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ErrorFile } from '../../../src/catalogue/error-schema.ts';
import type { RecordedRun } from '../../../src/trace/format.ts';
import { findErrorFaults, findPageFaults, findSearchFaults } from '../../../scripts/checks/errors.ts';

const both = (text: string) => ({ en: text, ja: text });

function errorOf(changes: Partial<ErrorFile> = {}): ErrorFile {
  return {
    platform: 'lambda-today',
    when: 'ended',
    order: 1,
    title: 'Sandbox.Timedout',
    names: ['Task timed out after'],
    says: both('…'),
    general: false,
    keys: ['status: timeout'],
    shown: { example: 'sleep' },
    environment: { life: 'reset', says: both('…') },
    retried: both('…'),
    billed: both('…'),
    happened: [both('…')],
    causes: [{ title: both('…'), says: both('…'), do: 'sleep', mend: 'wake' }],
    older: [],
    known: [],
    related: ['other'],
    articles: ['when-it-fails'],
    ...changes,
  };
}

const runOf = (log: string, outcome: RecordedRun['outcome']): RecordedRun =>
  ({ events: [{ kind: 'output', stream: 'platform', text: log }], outcome }) as unknown as RecordedRun;

const LATE = runOf('REPORT Duration: 3000.00 ms\tStatus: timeout\n', {
  status: 'timed-out',
  milliseconds: 3000,
  payload: '{"errorType":"Sandbox.Timedout"}',
});
const FINE = runOf('REPORT Duration: 1.00 ms\t\n', { status: 'returned', payload: '1' });
const RUNS: Readonly<Record<string, RecordedRun>> = { sleep: LATE, wake: FINE };
const runsOf = (example: string): readonly RecordedRun[] | null => {
  const run = RUNS[example];
  return run === undefined ? null : [run];
};
const OTHER = errorOf({ title: 'Other', names: [], keys: ['other thing'], related: ['timed-out'] });

function faultsOf(changes: Partial<ErrorFile>): readonly string[] {
  const errors = new Map([
    ['timed-out', errorOf(changes)],
    ['other', OTHER],
  ]);
  return findErrorFaults(errors, runsOf).filter((fault) => fault.includes('timed-out.json'));
}

const cause = (done: string | null, mend: string | null) => ({
  title: both('…'),
  says: both('…'),
  do: done,
  mend,
});

describe('the catalogue of errors', () => {
  it('is right where each example ends as its page says', () => {
    assert.deepEqual(faultsOf({}), []);
  });

  it('names an example that ends otherwise, and a mended one that does not answer', () => {
    assert.match(faultsOf({ causes: [cause('sleep', null), cause('wake', null)] }).join(), /another outcome/);
    assert.match(faultsOf({ causes: [cause('sleep', 'sleep')] }).join(), /shown twice.*does not answer/s);
    assert.match(faultsOf({ causes: [cause('sleep', 'nowhere')] }).join(), /no recording of nowhere/);
  });

  it('names keys that do not tell it, an example that no cause has, and an error that is not there', () => {
    assert.match(faultsOf({ keys: ['something else'] }).join(), /do not tell sleep/);
    assert.match(
      faultsOf({ causes: [cause(null, null), cause(null, 'wake')] }).join(),
      /no cause does it.*what no example does/s,
    );
    assert.match(faultsOf({ related: ['timed-out'] }).join(), /no other error/);
  });

  it('looks at quoted lines as at recorded ones', () => {
    const quoted = { source: 'aws-docs', log: ['REPORT …\tStatus: timeout'], answer: null, note: both('…') };
    assert.deepEqual(faultsOf({ shown: { quoted }, causes: [cause(null, 'wake')] }), []);
    const other = { ...quoted, log: ['the other thing'] };
    assert.match(faultsOf({ shown: { quoted: other }, causes: [cause(null, null)] }).join(), /of other/);
  });

  it('leads each search to one page', () => {
    const errors = new Map([['timed-out', errorOf()]]);
    assert.deepEqual(findSearchFaults(errors, ['Task timed out', 'Sandbox.Timedout']), []);
    assert.match(findSearchFaults(errors, ['No module named']).join(), /no page/);
    assert.match(
      findSearchFaults(new Map([...errors, ['two', errorOf()]]), ['Task timed']).join(),
      /timed-out, two/,
    );
  });
});

describe('the page of an error', () => {
  const page = (log: string, answer: string): string =>
    `<pre class="lab-log error-log"><span>${log}</span></pre><pre class="error-log error-answer">${answer}</pre>`;
  const right = '{\n  &quot;errorType&quot;: &quot;Sandbox.Timedout&quot;\n}';

  it('shows the log and the answer of its recording', () => {
    assert.deepEqual(findPageFaults(page('REPORT Duration: 3000.00 ms Status: timeout', right), LATE), []);
    assert.match(findPageFaults(page('REPORT', right), LATE).join(), /its log/);
    assert.match(
      findPageFaults(page('REPORT Duration: 3000.00 ms Status: timeout', '{}'), LATE).join(),
      /its answer/,
    );
  });
});
