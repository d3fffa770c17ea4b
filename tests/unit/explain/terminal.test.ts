import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';
import en from '../../../content/ui/en.json' with { type: 'json' };
import ja from '../../../content/ui/ja.json' with { type: 'json' };
import { cut, pad, widthOf, wrap } from '../../../scripts/explain/columns.ts';
import { MOST_BYTES, readInput } from '../../../scripts/explain/read-input.ts';
import { explanationToText } from '../../../scripts/explain/report.ts';
import { explain } from '../../../src/explain/explain.ts';
import { ERRORS } from './catalogue-keys.ts';
import { readSample, SAMPLES } from './samples.ts';

const SCRIPT = path.resolve(import.meta.dirname, '../../../scripts/explain.ts');
const FOLDER = mkdtempSync(path.join(tmpdir(), 'explain-'));
after(() => {
  rmSync(FOLDER, { recursive: true });
});

function run(args: readonly string[], input = ''): { status: number | null; out: string; said: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [SCRIPT, ...args], {
    input,
    encoding: 'utf8',
    env: { ...process.env, INIT_CWD: FOLDER },
  });
  return { status, out: stdout, said: stderr };
}

function write(name: string, content: string | Buffer): string {
  const file = path.join(FOLDER, name);
  writeFileSync(file, content);
  return file;
}

describe('npm run explain', () => {
  it('answers in one sentence, and tells the invocations', () => {
    write('a.log', readSample('errors-1.txt'));
    const { status, out, said } = run(['--lines', 'a.log']);
    assert.equal(status, 0, said);
    assert.match(out.replaceAll(/\s+/g, ' '), /^Python found no module `search`/);
    assert.match(out, /12 lines read, 0 not known\./);
    assert.match(out, /c50d3dad {2}init again {9}98\.71/);
    assert.match(out, /\n +10 +platform +start +START RequestId: c50d3dad/);
    assert.doesNotMatch(out, /\p{Cc}(?<!\n)/u, 'no colours where no terminal is');
  });

  it('prints masked lines, and says aside what it masked and left', () => {
    const { status, out, said } = run(['--mask', '--word', 'search'], readSample('errors-1.txt'));
    assert.equal(status, 0);
    assert.match(out, /START RequestId: 0{7}1-0000-/);
    assert.doesNotMatch(out, /search|c50d3dad/);
    assert.match(said, /1 request ID.*\n.*times/s);
  });

  it('is read by programs', () => {
    const text = readSample('tools-2.txt');
    const told = JSON.parse(run(['--json', '--lang', 'ja'], text).out) as {
      runs: unknown[];
      findings: { sentence: string }[];
    };
    assert.equal(told.runs.length, 2);
    assert.match(told.findings[0]?.sentence ?? '', /。$/);
    assert.equal(run(['--csv'], text).out.split('\r\n').length, 4);
  });

  it('names the page of an error in the language', () => {
    const lines = `[ERROR] KeyError: 'Records'\nTraceback (most recent call last):\n`;
    assert.match(run([], lines).out, /An exception in your handler: \/en\/errors\/exception-in-handler\//);
    assert.match(
      run(['--lang', 'ja'], lines).out,
      /ハンドラーの中の例外: \/ja\/errors\/exception-in-handler\//,
    );
  });

  it('says in one sentence what it cannot read', () => {
    const missing = run(['nowhere.log']);
    assert.deepEqual([missing.status, missing.out], [2, '']);
    assert.equal(
      missing.said,
      'There’s no file “nowhere.log”. Check its path, or hand the lines over by standard input.\n',
    );
    assert.equal(
      run(['--lang', 'ja'], ' \n').said,
      '「標準入力」には行がありません。ログの行が入ったファイルを指定してください。\n',
    );
    const bad = run(['--json', '--csv']);
    assert.deepEqual([bad.status, bad.out], [2, '']);
    assert.match(bad.said, /^Choose one of --json, --csv and --mask\. .*--help has the manual\.\n$/);
  });
});

describe('the input of npm run explain', () => {
  it('is UTF-8, UTF-16 or packed', async () => {
    const text = 'START 日本語\n';
    assert.equal(await readInput(write('plain', text)), text);
    assert.equal(await readInput(write('packed', gzipSync(text))), text);
    assert.equal(await readInput(write('wide', Buffer.from(`\ufeff${text}`, 'utf16le'))), text);
  });

  it('is lines, and not too many of them', async () => {
    const noise = Buffer.from(Array.from({ length: 4000 }, (_, at) => 128 + ((at * 37) % 128)));
    const faults: readonly (readonly [string, string])[] = [
      [path.join(FOLDER, 'none'), 'missing'],
      [FOLDER, 'folder'],
      [write('empty', '\n \n'), 'empty'],
      [write('zeros', Buffer.alloc(100)), 'binary'],
      [write('noise', noise), 'binary'],
      [write('cut.gz', gzipSync('many words of a log').subarray(0, 20)), 'damaged'],
      [write('bomb.gz', gzipSync(Buffer.alloc(MOST_BYTES + 1, 'a'))), 'large'],
    ];
    for (const [file, key] of faults) {
      await assert.rejects(readInput(file), { key }, file);
      for (const words of [en, ja]) assert.ok(key in words.explain.terminal.faults);
    }
  });
});

describe('a report', () => {
  for (const [language, { explain: words }] of Object.entries({ en, ja }))
    it(`fits a narrow terminal in ${language}`, () => {
      for (const name of SAMPLES) {
        const explanation = explain(readSample(name), ERRORS);
        const text = explanationToText(explanation, {
          words,
          language,
          width: 60,
          hasColours: false,
          hasLines: true,
          titles: new Map(),
        });
        for (const line of text.split('\n'))
          // The list of lines has always room for some of the log, and what has no blanks is not broken.
          assert.ok(
            widthOf(line) <= 62 || /^ +\d+ {2}/.test(line) || /\S{24,}/.test(line),
            `${name}: ${line}`,
          );
        assert.doesNotMatch(text, /undefined|NaN/);
      }
    });

  it('knows how wide Japanese is', () => {
    assert.equal(widthOf('aあ。'), 5);
    assert.equal(pad('あ', 4), 'あ  ');
    assert.equal(pad('あ', 4, true), '  あ');
    assert.equal(cut('ああああ', 5), 'ああ…');
    assert.equal(wrap('one two three', 7, '  '), 'one two\n  three');
    assert.equal(wrap('あいうえお。', 10, ''), 'あいうえお。');
  });
});
