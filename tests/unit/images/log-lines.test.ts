import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { listPlatforms, readImage } from '../../../src/integrations/images.ts';
import { eventsToLog } from '../../../src/trace/format.ts';
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
    for (const platform of await listPlatforms()) {
      const { log: lines, handler } = (await readImage(platform)).description;
      // Not every platform writes lines of its own.
      if (lines === undefined) continue;
      const [environment] = await (handler === 'main'
        ? runHandler('def main(params):\n    return {"done": 1}\n', { platform, file: '__main__.py' })
        : runHandler('def lambda_handler(event, context):\n    return 1\n', { platform }));
      const log = eventsToLog(environment?.runs[0]?.events ?? []);
      assert.match(log, new RegExp(`^${lines.map(lineToPattern).join('\n')}\n$`), platform);
    }
  });
});
