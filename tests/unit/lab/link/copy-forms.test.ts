import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { toFrame, toMarkdown, toPreformatted } from '../../../../src/lab/link/copy-forms.ts';

const LAB = {
  title: 'Who "called" <my> [handler]?',
  address: 'https://example.org/en/who/#a--b',
  embed: 'https://example.org/en/embed/v1/a--b/#call-handler',
};

describe('a copied lab', () => {
  it('is a frame whose title cannot end its attribute', () => {
    const frame = toFrame(LAB);
    assert.ok(
      frame.startsWith(
        '<iframe src="https://example.org/en/embed/v1/a--b/#call-handler" title="Who &quot;called&quot; &lt;my&gt; [handler]?" ',
      ),
    );
    assert.match(frame, / width="100%" height="\d+" loading="lazy"><\/iframe>$/);
  });

  it('is a link of Markdown whose title cannot end it', () => {
    assert.equal(
      toMarkdown(LAB),
      String.raw`[Who "called" \<my\> \[handler\]?](<https://example.org/en/who/#a--b>)`,
    );
  });

  it('is its output as HTML shows it, line by line', () => {
    assert.equal(
      toPreformatted('\n<b> & "x"\r\n  y\n'),
      '<pre>\n\n&lt;b&gt; &amp; &quot;x&quot;&#13;\n  y\n</pre>',
    );
  });
});
