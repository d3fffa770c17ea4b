import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { elementsNamed, liesWithin, readMdx, type Span } from '../../../src/components/article/read-mdx.ts';

const ARTICLE = `---
title: 題
---

export const lab = { example: 'one', platform: 'p' };
export const file = { platform: 'q', file: '/f' };

## 一つ目の \`見出し\`

日本語 😀<Fact source="post">これ **強い** \`<Lab />\`</Fact>です。{/* <Term id="no" /> */}

<Lab {...lab}
  asks={false} />

<Exercise id='try' open>

- <Term id="event">event</Term>

\`\`\`py
<Claim id="no">x</Claim>
\`\`\`

</Exercise>
`;

const mdx = readMdx(ARTICLE);
const textOf = (span: Span | null): string | null =>
  span === null ? null : ARTICLE.slice(span.start, span.end);

describe('an article that is read', () => {
  it('has its elements in order, whole and what is between their tags', () => {
    assert.deepEqual(
      mdx.elements.map((element) => [element.name, textOf(element), textOf(element.content)]),
      [
        ['Fact', '<Fact source="post">これ **強い** `<Lab />`</Fact>', 'これ **強い** `<Lab />`'],
        ['Lab', '<Lab {...lab}\n  asks={false} />', null],
        [
          'Exercise',
          ARTICLE.slice(ARTICLE.indexOf('<Exercise'), -1),
          textOf(mdx.elements[2]?.content ?? null),
        ],
        ['Term', '<Term id="event">event</Term>', 'event'],
      ],
    );
    const [exercise] = elementsNamed(mdx, 'Exercise');
    assert.match(textOf(exercise?.content ?? null) ?? '', /^\n\n- <Term.*```\n\n$/s);
  });

  it('has the ends of elements that end together, and of those with nothing in them', () => {
    const source = 'So <Fact source="a">an <Term id="b">event</Term></Fact> is <Claim></Claim>.';
    assert.deepEqual(
      readMdx(source).elements.map(({ content }) => content && source.slice(content.start, content.end)),
      ['an <Term id="b">event</Term>', 'event', ''],
    );
  });

  it('has attributes as texts, expressions and names alone, and each as it is written', () => {
    const source = `<Lab a="b > c" d='e &amp; f' g={h > 1 ? [{ i: 2 }] : '/>'} j k="" />`;
    const [lab] = readMdx(source).elements;
    assert.ok(lab);
    assert.deepEqual(Object.fromEntries(lab.attributes), {
      a: 'b > c',
      d: 'e & f',
      g: "h > 1 ? [{ i: 2 }] : '/>'",
      j: '',
      k: '',
    });
    assert.deepEqual(lab.written, ['a="b > c"', 'd="e & f"', "g={h > 1 ? [{ i: 2 }] : '/>'}", 'j', 'k=""']);
    assert.deepEqual([lab.start, lab.end, lab.content], [0, source.length, null]);
  });

  it('has the attributes that a constant brings; of two the later counts', () => {
    const [, lab] = mdx.elements;
    assert.ok(lab);
    assert.deepEqual(Object.fromEntries(lab.attributes), { example: 'one', platform: 'p', asks: 'false' });
    assert.deepEqual(lab.written, ['{...lab}', 'asks={false}']);
    const constant = "export const lab = { example: 'one' };\n\n";
    const exampleOf = (tag: string): string | undefined =>
      readMdx(constant + tag).elements[0]?.attributes.get('example');
    assert.equal(exampleOf('<Lab {...lab} example="two" />'), 'two');
    assert.equal(exampleOf('<Lab example="two" {...lab} />'), 'one');
    assert.equal(exampleOf('<Lab {...other} />'), undefined);
  });

  it('has the elements of lists, tables and quotations, and none of those in code, comments and expressions', () => {
    const source = [
      '- <A />',
      '',
      '| a | b |',
      '| - | - |',
      '| <B /> | `<No />` |',
      '',
      '> <C>x</C>',
      '',
      '````mdx',
      '```py',
      '<No />',
      '```',
      '<No>',
      '````',
      '',
      '~~~',
      '<No />',
      '~~~',
      '',
      '{/* <No>',
      '',
      '<No /> */}',
      '',
      '<D e={<No />} /> ``a ` <No />`` \\<No>, 1 {"<No />"} 2',
      '',
      '# <E /> and `<No />`',
    ].join('\n');
    const found = readMdx(source).elements;
    assert.deepEqual(
      found.map(({ name }) => name),
      ['A', 'B', 'C', 'D', 'E'],
    );
    assert.deepEqual(
      found.map(({ start, end }) => source.slice(start, end)),
      ['<A />', '<B />', '<C>x</C>', '<D e={<No />} />', '<E />'],
    );
  });

  it('has a fragment as an element without a name', () => {
    assert.deepEqual(
      readMdx('a <></> b').elements.map(({ name, content }) => [name, content]),
      [['', { start: 4, end: 4 }]],
    );
  });

  it('has its headings, code, comments and frontmatter', () => {
    assert.deepEqual(
      mdx.headings.map((heading) => [heading.depth, heading.text, textOf(heading)]),
      [[2, '一つ目の `見出し`', '## 一つ目の `見出し`']],
    );
    assert.deepEqual(mdx.blocks.map(textOf), ['```py\n<Claim id="no">x</Claim>\n```']);
    assert.deepEqual(mdx.inlineCode.map(textOf), ['`見出し`', '`<Lab />`']);
    assert.deepEqual(mdx.scripts.map(textOf), [
      "export const lab = { example: 'one', platform: 'p' };\nexport const file = { platform: 'q', file: '/f' };\n",
      '{/* <Term id="no" /> */}',
    ]);
    assert.equal(textOf(mdx.frontmatter), '---\ntitle: 題\n---');
  });

  it('knows what lies within what', () => {
    const [exercise, term] = mdx.elements.slice(2);
    assert.ok(exercise && term);
    assert.equal(liesWithin(term, exercise), true);
    assert.equal(liesWithin(exercise, term), false);
    assert.equal(liesWithin(term, null), false);
  });

  it('is refused with its line and column where it is no MDX', () => {
    assert.throws(() => readMdx('a\n\nb <Fact>c'), /^Error: 3:3: Expected a closing tag for `<Fact>`/);
    assert.throws(() => readMdx('c</Fact>'), /^Error: 1:\d+: Unexpected closing tag `<\/Fact>`/);
  });
});
