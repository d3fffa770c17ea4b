import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { it } from 'node:test';
import { readArticles } from '../../../scripts/article-files.ts';

it('names the file, line and column of an article that is no MDX', async (t) => {
  const content = await mkdtemp(path.join(tmpdir(), 'articles-'));
  t.after(() => rm(content, { recursive: true }));
  const folder = path.join(content, 'articles', 'ja');
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, 'whole.mdx'), '---\ntitle: a\n---\n\n<Lab />\n');
  assert.deepEqual([...(await readArticles(content, 'ja')).keys()], ['whole.mdx']);
  await writeFile(path.join(folder, 'broken.mdx'), '---\ntitle: a\n---\n\nb <Fact>c\n');
  await assert.rejects(readArticles(content, 'ja'), {
    message: /^articles\/ja\/broken\.mdx:5:3: Expected a closing tag for `<Fact>`/,
  });
});
