/** Code that puts something else into the place of what Python, or the lab, runs on: what ends is its process, and never Python. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { eventsToLog } from '../../../src/trace/format.ts';
import { runHandler } from '../run-handler.ts';

/** Takes all names away from modules. */
const EMPTY = (modules: string): string =>
  [
    `import ${modules}`,
    `for module in (${modules},):`,
    '    for key in list(vars(module)):',
    '        if not key.startswith("__"):',
    '            setattr(module, key, None)',
  ].join('\n');

const BREAKS: Readonly<Record<string, string>> = {
  'json.dumps and json.loads': 'import json\njson.dumps = json.loads = None',
  'all of json': EMPTY('json, json.encoder, json.decoder, json.scanner'),
  'all of traceback': EMPTY('traceback, linecache, tokenize'),
  'the built-in functions': [
    'import builtins',
    'for key in list(vars(builtins)):',
    '    if not key.startswith("__") and key not in ("setattr", "list", "vars"):',
    '        setattr(builtins, key, None)',
  ].join('\n'),
  'what sys has': [
    'import sys',
    'for key in ("settrace", "excepthook", "_getframe", "modules", "meta_path", "path", "stdout", "stderr"):',
    '    setattr(sys, key, None)',
  ].join('\n'),
  'the clocks, the collector and weak references': EMPTY('time, gc, weakref'),
  'an audit hook that refuses everything':
    'import sys\ndef refuse(*told):\n    raise RuntimeError("refused")\nsys.addaudithook(refuse)',
  'a trace function that fails': 'import sys\ndef fail(*told):\n    1 / 0\nsys.settrace(fail)',
};

async function outcomesOf(platform: string, code: string): Promise<{ statuses: string[]; log: string }> {
  const body = code
    .split('\n')
    .map((line) => `        ${line}\n`)
    .join('');
  const records = await runHandler(
    `runs = 0\n\ndef lambda_handler(event, context):\n    global runs\n    runs += 1\n    if event == "break":\n${body}    return "fine"\n`,
    { platform, events: ['"break"', '"whole"', '"whole"'], timeout: 900_000, deadline: 300_000 },
  );
  const runs = records.flatMap((record) => record.runs);
  return {
    statuses: runs.map(({ outcome }) => outcome.status),
    log: runs.map(({ events }) => eventsToLog(events)).join(''),
  };
}

describe('a function that breaks', () => {
  for (const [name, code] of Object.entries(BREAKS)) {
    it(`${name} is answered, or its process ends; the run after that is whole`, async () => {
      for (const platform of ['lambda-2016', 'lambda-today']) {
        const { statuses, log } = await outcomesOf(platform, code);
        assert.equal(statuses.length, 3, platform);
        for (const status of statuses) assert.match(status, /^(?:returned|raised|exited)$/, platform);
        assert.equal(statuses.at(-1), 'returned', platform);
        assert.doesNotMatch(log, /\/harness\/|NaN/, platform);
      }
    });
  }
});
