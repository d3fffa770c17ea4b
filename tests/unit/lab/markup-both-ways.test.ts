/** What the build writes as HTML and what a view makes nodes of is one and the same. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Parser } from 'htmlparser2';
import en from '../../../content/ui/en.json' with { type: 'json' };
import ja from '../../../content/ui/ja.json' with { type: 'json' };
import { markupToHtml, markupToNode, markupToText, type Markup } from '../../../src/lab/markup.ts';
import { rowsToMarkup } from '../../../src/lab/messages/markup.ts';
import { eventsToShown } from '../../../src/lab/output/log-lines.ts';
import { logToMarkup } from '../../../src/lab/output/markup.ts';
import { RunLog } from '../../../src/lab/run-log.ts';
import { FileTree } from '../../../src/lab/storage/file-tree.ts';
import { bucketsToMarkup, folderToMarkup, type RowSetting } from '../../../src/lab/storage/markup.ts';
import type { BucketObject, DiskFile } from '../../../src/lab/storage/storage.ts';
import type { TraceEvent } from '../../../src/trace/format.ts';

type Part =
  string | { readonly name: string; readonly attributes: Record<string, string>; readonly inside: Part[] };

/** What an HTML parser makes of a text. */
function parse(html: string): Part[] {
  const top: Part[] = [];
  const open: Part[][] = [top];
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        const inside: Part[] = [];
        open.at(-1)?.push({ name, attributes, inside });
        open.push(inside);
      },
      ontext(text) {
        addText(open.at(-1) ?? top, text);
      },
      onclosetag() {
        open.pop();
      },
    },
    { decodeEntities: true },
  );
  parser.end(html);
  return top;
}

/** What a document's methods make of markup. */
function build(markup: readonly Markup[]): Part[] {
  const inside: Part[] = [];
  const document = {
    createTextNode: (text: string) => text,
    createElement: (name: string) => {
      const attributes: Record<string, string> = {};
      const children: Part[] = [];
      return {
        name,
        attributes,
        inside: children,
        setAttribute: (key: string, value: string) => void (attributes[key] = value),
        append: (part: Part) => {
          addPart(children, part);
        },
      };
    },
  } as unknown as Document;
  for (const part of markup) addPart(inside, markupToNode(part, document) as unknown as Part);
  return inside;
}

function addPart(parts: Part[], part: Part): void {
  if (typeof part === 'string') addText(parts, part);
  else parts.push({ name: part.name, attributes: part.attributes, inside: part.inside });
}

/** Texts beside each other are one. */
function addText(parts: Part[], text: string): void {
  const last = parts.at(-1);
  if (text === '') return;
  if (typeof last === 'string') parts[parts.length - 1] = last + text;
  else parts.push(text);
}

function assertSame(markup: readonly Markup[]): void {
  assert.deepEqual(parse(markup.map(markupToHtml).join('')), build(markup));
}

const ODD = '<b>&amp; "quoted" \u00a0 é 日本';
const owners = { handler: 'your handler', runtime: 'runtime', library: 'standard library' };

for (const [language, strings] of [
  ['en', en],
  ['ja', ja],
] as const) {
  const { live } = strings.lab;

  describe(`both ways (${language})`, () => {
    it('a log has the same lines', () => {
      const events: TraceEvent[] = [
        { kind: 'output', stream: 'platform', text: `START ${ODD}\n` },
        { kind: 'output', stream: 'stderr', text: '  File "/var/task/f.py", line 3, in <module>\n' },
        { kind: 'output', stream: 'stderr', text: '  File "/var/runtime/b.py", line 9, in main\r  x\r\ry\n' },
        { kind: 'output', stream: 'stdout', text: 'half' },
        { kind: 'output', stream: 'stderr', text: ` ${ODD}\n` },
        { kind: 'output', stream: 'stdout', text: `${'x'.repeat(70_000)}\n${'line\n'.repeat(5000)}` },
        { kind: 'cut', what: 'output', limit: 9 },
      ];
      const places = {
        taskRoot: '/var/task',
        task: { '/var/task/f.py': 'lab-file-1' },
        image: { '/var/runtime/b.py': '/en/source/b.py/' },
        compiledNames: [],
      };
      const log = eventsToShown(new RunLog(events), () => ODD);
      const markup = logToMarkup(log, { words: live, owners, language, places });
      assertSame(markup);
      const text = markup.map(markupToText).join('');
      assert.match(text, language === 'en' ? /\[4,464 more characters are/ : /4,464 文字/);
      assert.match(text, language === 'en' ? /\[3,\d{3} lines are left out/ : /3,\d{3} 行/);
    });

    it('files and buckets have the same rows', () => {
      const files: DiskFile[] = Array.from({ length: 300 }, (_, index) => ({
        path: `/tmp/${ODD}${String(index)}`,
        size: index * 1000,
        from: index % 2 === 0 ? 'image' : 'blob',
        blob: null,
        change: index % 3 === 0 ? 'new' : null,
      }));
      const about = { etag: '', type: '', metadata: {} };
      const objects: BucketObject[] = [0, 1_500_000_000_000, 9e15].map((modified, index) => ({
        bucket: ODD,
        key: String(index),
        size: 2 ** 50,
        blob: null,
        about: { ...about, modified },
      }));
      const many = new Map(
        Array.from({ length: 20_000 }, (_, index) => [
          `bucket-${String(index)}`,
          new Map<string, BucketObject>(),
        ]),
      );
      const buckets = new Map([[ODD, new Map(objects.map((one) => [one.key, one]))], ...many]);
      for (const live_ of [null, { now: new Set(['0']), closed: new Set(['/var']) }]) {
        const setting: RowSetting = {
          language,
          words: live,
          pageOf: ({ from, path }) => (from === 'image' ? path : null),
          live: live_,
        };
        const markup = [
          folderToMarkup(new FileTree(files, ['/var']).shown(), setting),
          ...bucketsToMarkup(buckets, setting),
        ];
        assertSame(markup);
        const text = markup.map(markupToText).join('');
        for (const count of [100, 19_901])
          assert.ok(text.includes(live.cut.things.other.replace('{count}', count.toLocaleString('en'))));
        // A moment that no calendar knows is none, and no reason to stop.
        assert.match(text, /00:00:00.*02:40:00.*—/);
      }
    });

    it('messages have the same rows', () => {
      const rows = Array.from(
        { length: 400 },
        (_, at) =>
          ({
            kind: 'message',
            at,
            from: 'service',
            to: 'bootstrap',
            what: ODD,
            body: `HTTP\r\n\r\n${ODD}${'x'.repeat(at === 0 ? 70_000 : 0)}`,
          }) as const,
      );
      assertSame(rowsToMarkup(rows, { words: live, language }));
    });
  });
}
