import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import {
  EnvironmentCrashed,
  PythonFileDamaged,
  PythonFileMissing,
  RunnerBlocked,
} from '../../../src/sandbox/errors.ts';
import {
  policyBehind,
  refusalsToText,
  violationToRefusal,
  type Violation,
} from '../../../src/sandbox/host-policy.ts';

const HASH = `'sha256-abc'`;

/** As a browser tells it: the directive that would hold, and what it refused. */
function violation(originalPolicy: string, effectiveDirective: string, blockedURI: string): Violation {
  return { originalPolicy, effectiveDirective, blockedURI, disposition: 'enforce' };
}

suite('a policy that refuses what an environment needs', () => {
  test('is named by the directive that it has, and by what that lacks', () => {
    const cases: readonly (readonly [Violation, string])[] = [
      [violation("script-src 'self'", 'worker-src', 'blob'), 'blob: (script-src)'],
      [violation("worker-src 'none'", 'worker-src', 'blob:null/1'), 'blob: (worker-src)'],
      [violation("script-src 'self'; child-src 'none'", 'worker-src', 'blob'), 'blob: (child-src)'],
      [violation("connect-src 'none'", 'connect-src', 'https://a.test/x.bin'), "'self' (connect-src)"],
      [violation("default-src 'self'", 'script-src-elem', 'inline'), `${HASH} (default-src)`],
      [violation("Script-Src 'self' blob:", 'script-src', 'wasm-eval'), "'wasm-unsafe-eval' (script-src)"],
      [
        violation("require-trusted-types-for 'script'", 'require-trusted-types-for', 'trusted-types-sink'),
        'srcdoc (require-trusted-types-for)',
      ],
    ];
    for (const [told, text] of cases) {
      const refusal = violationToRefusal(told, HASH);
      assert.equal(refusal === null ? null : refusalsToText([refusal]), text);
    }
  });

  test('is named once, with all that it lacks', () => {
    assert.equal(
      refusalsToText([
        { directive: 'script-src', source: 'blob:' },
        { directive: 'connect-src', source: "'self'" },
        { directive: 'script-src', source: "'wasm-unsafe-eval'" },
      ]),
      "blob: 'wasm-unsafe-eval' (script-src), 'self' (connect-src)",
    );
  });

  test('is not seen in what is only reported, nor in what no environment needs', () => {
    const reported: Violation = {
      ...violation("worker-src 'none'", 'worker-src', 'blob'),
      disposition: 'report',
    };
    assert.equal(violationToRefusal(reported, HASH), null);
    assert.equal(violationToRefusal(violation("style-src 'self'", 'style-src-elem', 'inline'), HASH), null);
    const script = violation("script-src 'self'", 'script-src-elem', 'https://elsewhere.test/a.js');
    assert.equal(violationToRefusal(script, HASH), null);
  });

  test('is not asked for where something came and was wrong, or ended by itself', async () => {
    // No page: to try anything would throw.
    const page = null as unknown as Document;
    for (const error of [
      new PythonFileMissing('a', 404),
      new PythonFileDamaged('a', false),
      new EnvironmentCrashed('Exited', 'with 3'),
      'no error at all',
    ])
      assert.equal(await policyBehind(error, page, ''), error);
    await assert.rejects(policyBehind(new RunnerBlocked('worker'), page, ''));
  });
});
