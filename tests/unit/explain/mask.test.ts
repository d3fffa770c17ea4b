import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { explain } from '../../../src/explain/explain.ts';
import type { Explanation } from '../../../src/explain/explanation.ts';
import { mask } from '../../../src/explain/mask.ts';
import { withoutColours } from '../../../src/explain/masking/reading.ts';
import { ERRORS } from './catalogue-keys.ts';
import { readSample, SAMPLES } from './samples.ts';
import { makeSecrets, WRAPPERS } from './secrets.ts';

/** Ids that a sample's text has, by forms of this test's own. */
const IDS: readonly RegExp[] = [
  /[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/gi,
  /(?<=1-[\da-f]{8}-)[\da-f]{24}/gi,
  /(?<=SegmentId: )[\da-f]{16}/g,
  /(?<=\])[\da-f]{32}/g,
  /(?<=runtime:)[\da-f]{20,64}/g,
  /(?<!\d)(?!0{12})\d{12}(?!\d)/g,
  /[\w.]+@[\w.]+/g,
  /(?<=function:)[\w-]+/g,
  /(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.])/g,
];

/** Numbers and times, in their order. */
const FIGURES =
  /\d{1,2}:\d\d:\d\d(?:[.,]\d+)?|\b\d+(?:\.\d+)? (?:ms|MB|seconds)|\b1\d{12}\b|"\w+(?:Ms|MB)":\s?[\d.]+/g;

/** What is found out, without the words that were masked. */
function withoutIds({ count, lines, runs, findings, errors }: Explanation, masked: string): unknown {
  const bare = (value: unknown): unknown =>
    typeof value === 'string' && (!masked.includes(value) || /(?<![\da-z])0{7}|\b[a-z]+-\d+\b/.test(value))
      ? '…'
      : value;
  const bareAll = (values: object): unknown =>
    Object.fromEntries(Object.entries(values).map(([name, value]) => [name, bare(value)]));
  return {
    count,
    errors,
    lines: lines.map(({ kind, event, isCopy, time, fields, spans }) => ({
      kind,
      event,
      isCopy,
      time,
      fields: bareAll(fields),
      places: spans.map(({ line }) => line),
    })),
    runs: runs.map(bareAll),
    findings: findings.map(({ values, ...finding }) => ({ ...finding, values: bareAll(values) })),
  };
}

describe('a masked sample', () => {
  for (const name of SAMPLES) {
    const text = readSample(name);
    const masked = mask(text).text;
    it(`${name} has none of its ids`, () => {
      for (const pattern of IDS)
        for (const [id] of text.matchAll(pattern))
          assert.ok(!masked.includes(id) || /^(?:0{8}|name-|user-)/.test(id), id);
    });
    it(`${name} has its figures and its lines`, () => {
      assert.deepEqual(masked.match(FIGURES), text.match(FIGURES));
      assert.equal(masked.split('\n').length, text.split('\n').length);
    });
    it(`${name} is explained as before`, () => {
      assert.deepEqual(
        withoutIds(explain(masked, ERRORS), masked),
        withoutIds(explain(text, ERRORS), masked),
      );
    });
    it(`${name} stays as it is when it is masked again`, () => {
      assert.equal(mask(masked).text, masked);
    });
  }
});

describe('a secret', () => {
  for (const [wrapper, wrap] of Object.entries(WRAPPERS))
    it(`does not survive ${wrapper}`, () => {
      for (let seed = 1; seed <= 6; seed += 1)
        for (const { kind, write, parts } of makeSecrets(seed)) {
          const text = wrap(write, seed);
          const masked = mask(text).text;
          const bare = withoutColours(masked).replace(/\r?\n(?:> )?/g, '');
          for (const part of parts)
            assert.ok(
              !bare.includes(part),
              `${kind}, seed ${String(seed)}: ${part} in ${JSON.stringify(masked)}`,
            );
        }
    });
});

describe('a text that nobody wrote', () => {
  it('is masked in a time that grows with its length', () => {
    // What a pattern might begin with again and again: more than linear, this would take minutes.
    for (const piece of [
      'aB1',
      'eyJ',
      'a.',
      '%41',
      '\\n',
      'http://',
      'c96b666f-',
      'password',
      '?a=',
      '\n',
      '{"a":',
    ])
      assert.equal(typeof mask(piece.repeat(15_000)).text, 'string');
  });
});

describe('what is left', () => {
  it('is what a log is explained by', () => {
    for (const text of [
      'Duration: 12.345678901234 ms at 2026-03-05T10:11:12.123Z, 1761073246220, 202603051518',
      'duration_ns: 123456789012, bytes=123456789012, 123456789012 bytes',
      'File "/var/task/my-function.py", line 12, in handler\n    token = get_token(event1)',
      'SyntaxError: Unexpected token: foobar at x[1::2] of threading.local()',
      'at 127.0.0.1:9001 and 169.254.169.254, <object at 0x7ff63f9e3790>',
      'https://docs.aws.amazon.com/lambda/latest/dg/runtimes-update.html',
      'https://secretsmanager.eu-west-1.amazonaws.com/ in eu-west-1',
      'START xyz: Lambda arn:aws:lambda:eu-west-1:000000000000:function:* of an emulator',
      'Runtime.ImportModuleError in app.handler: HTTP 502, 404 and 429 at +0000, +09:00; x+12345678; x + 12345678',
      'line 17 of orders.load:443, state of s3, r-squared, i-th, a i-frame; connect to the database failed',
      'https://sqs.eu-west-1.amazonaws.com/ and sts.amazonaws.com:443 are anybody’s',
      'no data for user input. user=event["user"] user=self.name user="postgres" the user is "new"',
      '    connect(host=host, user=name)',
      'numpy==1.26.4.1 max_tokens=100000 token_expires=2026-03-05T10:11:12Z',
    ])
      assert.equal(mask(text).text, text);
  });

  it('is named', () => {
    const { counts, left } = mask(readSample('errors-1.txt'));
    assert.deepEqual(counts, { hex: 1, request: 1 });
    assert.ok(left.includes('times') && left.includes('errors') && left.includes('regions'));
    assert.ok(!left.includes('pointers'));
  });
});

describe('an id', () => {
  const mail = 'who@corp.org';
  it('has one mask wherever and however it is written', () => {
    const id = 'c96b666f-2206-4d1e-a8bb-47d5588602e1';
    const text = [
      id,
      id.toUpperCase(),
      id.slice(0, 8),
      id.slice(0, 20),
      `${id.slice(0, 20)}\n${id.slice(20)}`,
      JSON.stringify({ a: JSON.stringify(`\n${id}`) }),
    ].join(' | ');
    const masked = mask(`${text} ${mail} ${encodeURIComponent(mail)}`).text;
    const one = '00000001-0000-4000-a000-000000000001';
    assert.equal(masked.split('\n').join('').split(one).length, 5);
    assert.ok(masked.includes(`| ${one.slice(0, 8)} | ${one.slice(0, 20)} |`));
    assert.equal(masked.split('user-1@example.com').length, 3);
  });

  it('of a resource says what it is, and which', () => {
    assert.equal(
      mask('subnet-0a1b2c3d of vpc-0123456789abcdef0: sg-89abcdef, subnet-0a1b2c3d').text,
      'subnet-00000001 of vpc-00000000000000002: sg-00000003, subnet-00000001',
    );
  });

  it('of a user is one, whatever says that it is one', () => {
    assert.equal(
      mask(`for user "taro", user='taro' and "userName": "hanako"; for user taro`).text,
      `for user "name-1", user='name-1' and "userName": "name-2"; for user name-1`,
    );
  });

  it('of a person’s phone is one, however it is written', () => {
    assert.equal(
      mask('+81-90-1234-5678 is +819012345678 and +81 90 1234 5678, not +1 (415) 555-0132').text,
      '+99900000001 is +99900000001 and +99900000001, not +99900000002',
    );
  });

  it('keeps apart what are two', () => {
    const [a, b] = ['210987654321', '210987654322'];
    assert.equal(
      mask(`account ${a}, account ${b}, account ${a}`).text,
      'account 000000000001, account 000000000002, account 000000000001',
    );
  });

  it('does not get the mask of another one that was there before', () => {
    assert.equal(mask(`user-1@example.com ${mail}`).text, 'user-1@example.com user-2@example.com');
  });

  it('is masked with words of the reader’s', () => {
    const { text, counts } = mask('ACME billing at acme.internal, {"a": "\\u0061cme"}', ['acme', 'x']);
    assert.doesNotMatch(text, /acme/i);
    assert.equal(counts.word, 1);
  });
});
