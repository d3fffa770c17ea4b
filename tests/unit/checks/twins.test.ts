import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { compareTwin, readPage } from '../../../scripts/checks/twins.ts';
import { pageToTwin } from '../../../src/integrations/twin/page-to-twin.ts';
import { readTwin } from '../../../src/integrations/twin/read-twin.ts';

const PAGE = `<html lang="en"><body><main><h1>One</h1><p>First <a href="/b/">b</a>.</p><h2>Two</h2><pre>x = 1
</pre><lab-root id="a--b" class="lab"><header class="bench-head"><h3 class="bench-title"><span class="bench-case">Case</span><span>Run it:</span></h3></header><div class="bench-body"><h4>Output</h4><section class="view-output"><pre class="lab-log">log</pre></section></div><div class="bench-time"><ol class="lab-stops"><li id="a--b/start"><a href="#a--b/start">Start</a></li></ol></div></lab-root><p>Last.</p></main></body></html>`;
const ADDRESS = '/en/moments/a--b/start/';

function compare(change: (twin: string) => string): readonly string[] {
  const place = { path: '/en/a/', home: '/en/', site: null, hasPage: () => true };
  const twin = change(pageToTwin(PAGE, place));
  return compareTwin(
    readPage(PAGE),
    readTwin(twin),
    (href) => href,
    (address) => (address === ADDRESS ? 'a--b/start' : null),
  );
}

describe('the check of twins', () => {
  it('passes one that says what its page says', () => {
    assert.deepEqual(
      compare((twin) => twin),
      [],
    );
  });

  for (const [what, from, to, fault] of [
    ['a heading that is gone', '## Two\n', '', /^heading 2 of 3: the page has "## Two"/],
    ['a heading of another depth', '## Two', '### Two', /^heading 2/],
    ['a changed line of code', 'x = 1', 'x = 2', /^block of code 1 of 2/],
    [
      'a log that is gone',
      '```\nlog\n```',
      '',
      /^block of code 2 of 2: the page has "log", the twin nothing/,
    ],
    ['another link', '/b/', '/c/', /^link 1 of 1: the page has "\/b\/"/],
    ['one link more', 'Last.', '[Last](/d/).', /^link 2 of 1: the page has nothing/],
    ['a stop that leads elsewhere', ADDRESS, '/en/moments/a--b/end/', /^stop 1 of 1/],
    ['a sentence that is gone', 'Last.', '', /^the twin does not say "Last."/],
  ] as const) {
    it(`names ${what}`, () => {
      const [first = 'nothing'] = compare((twin) => {
        assert.ok(twin.includes(from), twin);
        return twin.replace(from, to);
      });
      assert.match(first, fault);
    });
  }
});
