import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { listPlatforms } from '../../../src/integrations/platforms.ts';
import { MAX_MESSAGE } from '../../../src/platforms/shared/border.ts';
import { runHandler } from '../run-handler.ts';

/** Characters of an event and of an answer: a trace that kept them all would be larger than any other. */
const LENGTH = 1_000_000;

/** Each platform's way of taking an event and giving an answer of that length. */
const HANDLERS: Readonly<Record<string, string>> = {
  'lambda-2016': 'def lambda_handler(event, context):\n    return "y" * LENGTH\n',
  'lambda-today': 'def lambda_handler(event, context):\n    return "y" * LENGTH\n',
  'openwhisk-actionloop': 'def main(args):\n    return {"answer": "y" * LENGTH}\n',
  'openwhisk-flask': 'def main(args):\n    return {"answer": "y" * LENGTH}\n',
  fn: 'def handler(ctx, data):\n    return "y" * LENGTH\n',
  'ironfunctions-default': 'import sys\nsys.stdin.read()\nsys.stdout.write("y" * LENGTH)\n',
  'ironfunctions-http': `import sys
while True:
    length = 0
    for line in iter(sys.stdin.readline, "\\n"):
        if not line:
            sys.exit()
        name, _, value = line.partition(":")
        if name.lower() == "content-length":
            length = int(value)
    sys.stdin.read(length)
    sys.stdout.write(f"HTTP/1.1 200 OK\\r\\nContent-Length: {LENGTH}\\r\\n\\r\\n" + "y" * LENGTH)
    sys.stdout.flush()
`,
};

/** The files that platforms want which start the function's own program. */
const FILES: Readonly<Record<string, string>> = {
  'openwhisk-actionloop': '__main__.py',
  'openwhisk-flask': '__main__.py',
  'ironfunctions-default': 'func.py',
  'ironfunctions-http': 'func.py',
  fn: 'func.py',
};

const platforms = await listPlatforms();

describe('a message in a trace', () => {
  for (const platform of platforms) {
    it(`is cut where it would be too long, and says so: ${platform}`, async () => {
      const source = HANDLERS[platform];
      assert.ok(source, `there is no handler for ${platform}: add one above`);
      const file = FILES[platform];
      const environments = await runHandler(`LENGTH = ${String(LENGTH)}\n${source}`, {
        platform,
        events: [JSON.stringify({ text: 'x'.repeat(LENGTH) })],
        ...(file !== undefined && { file }),
      });
      const [run] = environments.flatMap(({ runs }) => runs);
      assert.match(run?.outcome.status ?? '', /^(?:returned|completed)$/);
      const messages = run?.events.flatMap((event) => (event.kind === 'message' ? [event.body] : [])) ?? [];
      const cut = messages.filter((body) => body.endsWith(' more characters)'));
      assert.ok(cut.some((body) => body.includes('xxxx')) && cut.some((body) => body.includes('yyyy')));
      for (const body of messages) assert.ok(body.length < MAX_MESSAGE + 50, String(body.length));
    });
  }
});
