import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { exampleOn, readExample } from '../../../src/integrations/examples.ts';
import { listPlatforms, readPlatform } from '../../../src/integrations/platforms.ts';
import { eventsToLog } from '../../../src/trace/format.ts';
import { contentsToFiles } from '../../../src/trace/file-content.ts';
import { runHandler } from '../run-handler.ts';

/** A pattern for a line with names in braces. */
function lineToPattern(line: string): string {
  return line
    .split(/\{\w+\}/)
    .map((piece) => piece.replaceAll('$', String.raw`\$`))
    .join(String.raw`\S+`);
}

describe('the lines that a platform’s description tells', () => {
  it('are those that stand around a first invocation', async () => {
    const example = await readExample('print-the-stack');
    for (const platform of await listPlatforms()) {
      const lines = (await readPlatform(platform)).description.log ?? [];
      const { handler } = exampleOn(example, platform);
      const adapter = Object.entries(contentsToFiles(example.adapters[platform] ?? {}));
      const files = Object.fromEntries(adapter.map(([name, file]) => [name, String(file)]));
      const source = 'def lambda_handler(event, context):\n    return {}\n';
      const [environment] = await runHandler(source, { platform, handler, files });
      const log = eventsToLog(environment?.runs[0]?.events ?? []);
      // A platform that tells of no lines writes none.
      assert.match(
        log,
        new RegExp(`^${lines.map((line) => `${lineToPattern(line)}\n`).join('')}$`),
        platform,
      );
    }
  });
});
