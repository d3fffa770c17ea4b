/**
 * Handlers made at random, on every platform but today's runtime (which `npm run conformance -- --random` looks at): a
 * Python that is suspended while it waits and one that never is must leave the same trace, the same answers and the same
 * objects. RANDOM_HANDLERS sets how many are made for each platform, RANDOM_SEED from where.
 */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { listPlatforms } from '../../../src/integrations/platforms.ts';
import { Chance } from '../../../scripts/conformance/chance.ts';
import { runHandler, type Chosen } from '../run-handler.ts';

const COUNT = Number(process.env.RANDOM_HANDLERS ?? 2);
const SEED = Number(process.env.RANDOM_SEED ?? 19);

/** What a handler does: lines before it, and lines of a function `work(event)`. */
interface Work {
  readonly before?: readonly string[];
  readonly lines: readonly string[];
}

const VALUES = [
  ...[
    'None',
    '0',
    '-1.5',
    '1e300',
    '"text"',
    '"é 雪 😀"',
    '[1, [2, [3]]]',
    '{"b": {"a": 1}}',
    '{"deep": [[[[]]]]}',
  ],
  ...['float("nan")', '{1: 2}', '"x" * 70_000', 'event', 'str(event)'],
];
const ODD = ['{1}', 'object()', 'b"bytes"', '1j', 'lambda: 1', '__import__("decimal").Decimal("1.5")'];
const ERRORS = [
  'ValueError',
  'KeyError',
  'OSError',
  'RuntimeError',
  'UnicodeError',
  'RecursionError',
  'BaseException',
];

/** What makes the work of each kind. */
const KINDS: Readonly<Record<string, (chance: Chance) => Work>> = {
  returns: (chance) => ({ lines: [`return {"value": ${chance.of(VALUES)}}`] }),
  'returns what JSON lacks': (chance) => ({ lines: [`return {"value": ${chance.of(ODD)}}`] }),
  raises: (chance) => ({
    before: [
      'def deep(n):',
      `    if n == 0: raise ${chance.of(ERRORS)}("${chance.word()}")`,
      '    deep(n - 1)',
    ],
    lines: [
      'try:',
      `    deep(${String(chance.below(6))})`,
      'except Exception as error:',
      chance.of([
        '    raise',
        '    raise LookupError("after") from error',
        '    raise LookupError("during")',
      ]),
    ],
  }),
  prints: (chance) => ({
    before: ['import sys'],
    lines: [
      `print("${chance.word()}", end="${chance.of(['', '\\n', '\\r', ' '])}")`,
      `print("${chance.word()}", file=${chance.of(['sys.stderr', 'sys.stdout', 'sys.__stderr__'])})`,
      `sys.stdout.write("x" * ${String(chance.below(9000))})`,
      chance.of(['sys.stdout.flush()', 'sys.stderr.flush()', 'pass']),
      'return {"printed": True}',
    ],
  }),
  exits: (chance) => ({
    before: ['import os, sys'],
    lines: [
      'if event.get("n") != 2: return {"n": event.get("n")}',
      chance.of(['sys.exit(3)', 'sys.exit("words")', 'os._exit(4)', 'raise SystemExit', 'sys.exit()']),
    ],
  }),
  remembers: (chance) => ({
    before: ['runs = []'],
    lines: [
      'runs.append(event.get("n"))',
      `if len(runs) == ${String(1 + chance.below(3))}: raise ValueError(runs)`,
      'return {"runs": runs}',
    ],
  }),
  writes: (chance) => ({
    before: ['import os'],
    lines: [
      `path = "${chance.of(['/tmp/note', '/tmp/a/b', '/var/note', 'note', '/proc/note'])}"`,
      'try:',
      '    os.makedirs(os.path.dirname(path) or ".", exist_ok=True)',
      `    with open(path, "${chance.of(['a', 'w', 'ab'])}") as file: file.write(${chance.of(['"é"', 'b"x"', '"x" * 9000'])})`,
      'except Exception as error:',
      '    return {"refused": type(error).__name__}',
      'return {"size": os.path.getsize(path)}',
    ],
  }),
  imports: (chance) => ({
    before: [
      chance.of([
        'import nothing_of_this_name',
        'raise ImportError("mine")',
        '1 / 0',
        'import math',
        'print("loading")',
      ]),
    ],
    lines: ['return {"loaded": True}'],
  }),
  waits: (chance) => ({
    before: ['import time, random, uuid'],
    lines: [
      'begun = time.time()',
      `time.sleep(${chance.of(['0', '0.25', '1'])})`,
      'return {"slept": round(time.time() - begun, 1), "chance": random.random(), "id": str(uuid.uuid4())}',
    ],
  }),
  'takes what is the runtime’s': (chance) => ({
    before: ['import json, os, sys, traceback'],
    lines: [
      chance.of([
        'json.dumps = None',
        'sys.stdout = None',
        'sys.stderr = sys.stdout',
        'os.environ.clear()',
        'traceback.format_exc = None',
        'sys.stdin.close()',
        'sys.settrace(None)',
      ]),
      chance.of(['return {"n": event.get("n")}', 'raise ValueError("then")']),
    ],
  }),
};

/** How a platform is given such work. */
interface Place extends Chosen {
  readonly wrap: (work: string) => string;
}

const MAIN: Place = {
  file: '__main__.py',
  wrap: (work) => `${work}\ndef main(args):\n    return work(args)\n`,
};
const PLACES: Readonly<Record<string, Place>> = {
  'lambda-2016': { wrap: (work) => `${work}\ndef lambda_handler(event, context):\n    return work(event)\n` },
  'openwhisk-actionloop': MAIN,
  'openwhisk-flask': MAIN,
  'ironfunctions-default': {
    file: 'func.py',
    wrap: (work) =>
      `import json, sys\n${work}\nsys.stdout.write(json.dumps(work(json.loads(sys.stdin.read()))))\n`,
  },
  'ironfunctions-http': {
    file: 'func.py',
    wrap: (work) => `import json, sys
${work}
while True:
    length = 0
    for line in iter(sys.stdin.readline, "\\n"):
        if not line:
            sys.exit()
        name, _, value = line.rstrip("\\r\\n").partition(":")
        if not name:
            break
        if name.lower() == "content-length":
            length = int(value)
    body = json.dumps(work(json.loads(sys.stdin.read(length))))
    sys.stdout.write(f"HTTP/1.1 200 OK\\r\\nContent-Length: {len(body.encode())}\\r\\n\\r\\n{body}")
    sys.stdout.flush()
`,
  },
  fn: {
    file: 'func.py',
    wrap: (work) =>
      `import json\n${work}\ndef handler(ctx, data):\n    return json.dumps(work(json.load(data)))\n`,
  },
};

const EVENTS = ['{"n": 1, "text": "é 雪"}', '{"n": 2}', '{"n": 3, "list": [1, null]}'];

const PLATFORMS = await listPlatforms();

describe('a handler made at random runs alike in both ways of waiting', () => {
  const others = PLATFORMS.filter((platform) => platform !== 'lambda-today');
  for (const [at, platform] of others.entries()) {
    const place = PLACES[platform];
    it(platform, async () => {
      if (place === undefined)
        throw new Error(`There is no way to give ${platform} a handler: add one above.`);
      const { wrap, ...chosen } = place;
      const chance = new Chance(SEED + at);
      const kinds = Object.entries(KINDS);
      for (let index = 0; index < COUNT; index += 1) {
        const [kind, make] = kinds[(at * COUNT + index) % kinds.length] ?? [];
        assert.ok(kind !== undefined && make !== undefined);
        const { before = [], lines } = make(chance);
        const source = wrap(
          `${[...before, 'def work(event):', ...lines.map((line) => `    ${line}`)].join('\n')}\n`,
        );
        const run = async (waiting: 'suspended' | 'queue'): Promise<unknown> => {
          const environments = await runHandler(source, { ...chosen, platform, events: EVENTS, waiting });
          // Each look at the simulated clock moves it, and a Python that is never suspended looks more often as it sleeps.
          return kind === 'waits'
            ? JSON.stringify(environments).replace(/\d+(?:\.\d+)?/g, '0')
            : environments;
        };
        assert.deepEqual(
          await run('queue'),
          await run('suspended'),
          `${kind}, number ${String(index)}:\n${source}`,
        );
      }
    });
  }
});
