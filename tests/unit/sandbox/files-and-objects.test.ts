/** What a run does to its disk and its buckets stands in its trace, in order with its lines. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, it } from 'node:test';
import { readPlatform } from '../../../src/integrations/platforms.ts';
import { contentsToFiles } from '../../../src/trace/file-content.ts';
import { runHandler } from '../run-handler.ts';

const EXAMPLES = path.resolve(import.meta.dirname, '../../../content/examples');

describe('the handler of the last step', () => {
  for (const [platform, folder] of [
    ['lambda-2016', '/var/runtime'],
    ['lambda-today', '/var/lang/lib/python3.14/site-packages'],
  ] as const) {
    it(`dumps every file of ${folder} on ${platform}, byte for byte`, async () => {
      const example = await readFile(path.join(EXAMPLES, 'put-every-file/task/lambda_function.py'), 'utf8');
      const source = example.replace('"/var/runtime"', `"${folder}"`);
      const image = contentsToFiles((await readPlatform(platform)).files);
      const [environment] = await runHandler(source, { platform });
      const dumped = environment?.objects['lambda-source']?.objects ?? {};
      assert.deepEqual(
        Object.fromEntries(Object.entries(dumped).map(([key, { bytes }]) => [key, Buffer.from(bytes)])),
        Object.fromEntries(
          Object.entries(image)
            .filter(([file]) => file.startsWith(`${folder}/`))
            .map(([file, bytes]) => [file.slice(folder.length + 1), Buffer.from(bytes)]),
        ),
      );
    });
  }
});

const WRITER = `import boto3
def lambda_handler(event, context):
    with open("/tmp/log", "a") as file:
        file.write(event)
    boto3.client("s3").upload_file("/tmp/log", "b", event)
    return open("/tmp/log").read()
`;

describe('a file that is written', () => {
  it('is in the trace behind its line, with its bytes beside it, in both ways of waiting', async () => {
    for (const waiting of ['suspended', 'queue'] as const) {
      const [environment] = await runHandler(WRITER, { events: ['"one"', '"two"'], waiting });
      assert.deepEqual(
        environment?.runs.map(({ events }) =>
          events.flatMap((event) => {
            if (event.kind === 'file') return [[event.path, event.size]];
            if (event.kind === 'object') return [[event.key, event.size, event.about?.etag]];
            return event.kind === 'bucket' ? [[event.bucket]] : [];
          }),
        ),
        [
          [['/tmp/log', 0], ['/tmp/log', 3], ['b'], ['one', 3, 'f97c5d29941bfb1b2fdab0874906ab82']],
          [
            ['/tmp/log', 6],
            ['two', 6, '5b9164ad6f496d9dee12ec7634ce253f'],
          ],
        ],
      );
      const texts = environment.blobs.map((blobs) =>
        Object.values(blobs).map((bytes) => Buffer.from(bytes).toString()),
      );
      assert.deepEqual(texts, [
        ['', 'one', 'one'],
        ['onetwo', 'onetwo'],
      ]);
    }
  });

  it('is not looked for where nothing is recorded', async () => {
    const limits = { events: 0, output: 1000 };
    const [environment] = await runHandler(WRITER, { events: ['"one"'], limits });
    assert.deepEqual(
      environment?.runs[0]?.events.filter(({ kind }) => kind === 'file'),
      [],
    );
  });
});
