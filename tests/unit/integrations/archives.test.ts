import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { before, describe, it } from 'node:test';
import { unzipSync } from 'fflate';
import { elementsNamed, readMdx } from '../../../src/components/article/read-mdx.ts';
import { filesOf, packProcedure } from '../../../src/integrations/archives.ts';

const NAME = 'on-real-lambda';

describe('the archive of the procedure', () => {
  let packed: Readonly<Record<string, Uint8Array>> = {};
  let files: ReadonlyMap<string, string> = new Map();
  before(async () => {
    packed = unzipSync(await packProcedure(NAME));
    files = await filesOf(NAME);
  });

  it('holds files of the repository, byte for byte, in one folder', async () => {
    const expected = Array.from(files, async ([file, source]) => [
      `${NAME}/${file}`,
      new Uint8Array(await readFile(source)),
    ]);
    assert.deepEqual({ ...packed }, Object.fromEntries(await Promise.all(expected)));
    assert.ok(files.size > 10);
  });

  it('is the same whenever it is packed', async () => {
    assert.deepEqual(await packProcedure(NAME), await packProcedure(NAME));
  });

  // Claims: archive-is-what-is-shown
  it('holds all that the article shows, and the article shows every script and policy of it', async () => {
    for (const language of ['en', 'ja']) {
      const article = await readFile(`content/articles/${language}/${NAME}.mdx`, 'utf8');
      const mdx = readMdx(article);
      const valuesOf = (name: string, attribute: string): readonly string[] =>
        elementsNamed(mdx, name).flatMap(({ attributes }) => attributes.get(attribute) ?? []);
      const shown = valuesOf('ProcedureFile', 'file');
      const handlers = [...valuesOf('HandlerFile', 'example'), ...valuesOf('Lab', 'example')].map(
        (example) => `handlers/${example}/lambda_function.py`,
      );
      const plain = [...files.keys()].filter((file) => !['README.md', 'LICENSE'].includes(file));
      assert.deepEqual([...shown, ...handlers].toSorted(), plain.toSorted(), language);
    }
  });

  it('names in its README the commands of scripts that are in it, each handler once', () => {
    const readme = new TextDecoder().decode(packed[`${NAME}/README.md`]);
    const commands = Array.from(readme.matchAll(/^sh (\S+)(?: (\S+))?$/gm));
    const missing = commands.map(([, script = '']) => script).filter((script) => !files.has(script));
    assert.deepEqual(missing, []);
    const handlers = commands.flatMap(([, script, handler]) => (script === 'pack.sh' ? [handler] : []));
    const there = [...files.keys()].flatMap((file) => /^handlers\/([^/]+)/.exec(file)?.[1] ?? []);
    assert.deepEqual(handlers, there);
  });
});
