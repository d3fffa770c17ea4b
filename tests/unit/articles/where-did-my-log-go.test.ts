/** What «Where did my log lines go?» claims. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { eventsToLog } from '../../../src/trace/format.ts';
import { runHandler, type Chosen } from '../run-handler.ts';
import { recordedRuns, tellOf } from './example-runs.ts';

const TODAY = 'lambda-today';
const ID = String.raw`[\da-f-]{36}`;

const logOf = async (example: string): Promise<string> => {
  const [run] = (await recordedRuns(example, TODAY)).map(tellOf);
  assert.deepEqual(run?.outcome, { status: 'returned', payload: '"done"' });
  return run.log;
};

const sourceOf = (example: string): Promise<string> =>
  readFile(`content/examples/${example}/task/lambda_function.py`, 'utf8');

async function logOfSource(source: string, chosen: Chosen = {}): Promise<string> {
  const [environment] = await runHandler(source, { platform: TODAY, events: ['{"order": 7}'], ...chosen });
  return eventsToLog(environment?.runs[0]?.events ?? []);
}

/** The lines of a log that are JSON. */
const objectsIn = (log: string): Record<string, unknown>[] =>
  log
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Record<string, unknown>);

describe('the log of a handler that calls basicConfig', () => {
  // Claims: info-is-missing, print-has-no-request-id
  it('has what it printed, bare, and its warning, and lacks INFO', async () => {
    const log = await logOf('log-by-basicconfig');
    assert.match(log, /^printed$/m);
    assert.match(log, new RegExp(`^\\[WARNING\\]\\t\\S+Z\\t${ID}\\tstock is low$`, 'm'));
    assert.doesNotMatch(log, /order 7/);
  });

  // Claims: root-has-a-handler
  it('is written by a handler that was there before the file was imported', async () => {
    const source =
      'import logging\nroot = logging.getLogger()\nprint(len(root.handlers), root.level)\n' +
      'logging.basicConfig(level=logging.INFO)\nprint(len(root.handlers), root.level)\n' +
      'def lambda_handler(event, context):\n    pass\n';
    assert.match(await logOfSource(source), /^1 30\n1 30$/m);
  });

  // Claims: setlevel-shows-info
  it('has INFO when the root logger’s level is set', async () => {
    const log = await logOf('log-by-setlevel');
    assert.match(log, /^printed$/m);
    for (const [level, message] of [
      ['INFO', 'order 7'],
      ['WARNING', 'stock is low'],
    ])
      assert.match(log, new RegExp(`^\\[${level}\\]\\t\\S+Z\\t${ID}\\t${message}$`, 'm'));
  });

  // Claims: force-drops-the-id
  it('has INFO, and neither time nor request id, when the handlers are replaced by force', async () => {
    const log = await logOf('log-by-force');
    assert.match(log, /^INFO:lambda_function:order 7\nWARNING:lambda_function:stock is low$/m);
    const json = await logOfSource(await sourceOf('log-by-force'), {
      variables: { AWS_LAMBDA_LOG_FORMAT: 'JSON' },
    });
    assert.match(json, /^WARNING:lambda_function:stock is low$/m);
  });

  // Claims: own-handler-doubles-lines
  it('has each line twice when the logger has a handler of its own, and once when it does not pass them on', async () => {
    const source = await sourceOf('log-by-setlevel');
    const doubled = source.replace(/^logger = .*$/m, '$&\nlogger.addHandler(logging.StreamHandler())');
    assert.notEqual(doubled, source);
    const count = (log: string): number => log.split('stock is low').length - 1;
    assert.equal(count(await logOfSource(doubled)), 2);
    assert.match(await logOfSource(doubled), /^stock is low$/m);
    assert.equal(count(await logOfSource(doubled.replace('\n\n\n', '\nlogger.propagate = False\n\n\n'))), 1);
  });
});

// Claims: own-level-is-enough
it('a logger’s own level lets its records pass a root that is at WARNING', async () => {
  const log = await logOfSource(
    'import logging\nlogger = logging.getLogger("myapp")\nlogger.setLevel(logging.DEBUG)\n' +
      'def lambda_handler(event, context):\n    logger.debug("mine")\n' +
      '    logging.getLogger("botocore").info("theirs")\n    print(logging.getLogger().level)\n',
  );
  assert.match(log, /^\[DEBUG\]\t.*\tmine$/m);
  assert.match(log, /^30$/m);
  assert.doesNotMatch(log, /theirs/);
});

// Claims: top-level-has-no-id
it('a record of the top level comes before START and has no request id', async () => {
  const source =
    'import logging\nlogging.warning("loading")\ndef lambda_handler(event, context):\n    pass\n';
  assert.match(await logOfSource(source), /^\[WARNING\]\t\S+Z\t\tloading\nSTART /m);
});

describe('a process that ends in an invocation', () => {
  const SOURCE = `import logging, os, sys, time
from logging.handlers import MemoryHandler

root = logging.getLogger()
buffered = logging.getLogger('buffered')
buffered.propagate = False
buffered.addHandler(MemoryHandler(100, target=root.handlers[0]))

def lambda_handler(event, context):
    buffered.warning('held back')
    logging.warning('logged')
    print('printed', end='')
    END
`;
  const logOfEnd = (end: string): Promise<string> =>
    logOfSource(SOURCE.replace('END', end), { clock: 'ahead', timeout: 1000 });

  // Claims: written-before-time-out-arrives, held-back-is-lost
  it('has written what was logged and printed, and loses what a buffer held', async () => {
    for (const [end, status] of [
      ['time.sleep(5)', 'timeout'],
      ['os._exit(1)', 'error'],
    ] as const) {
      const log = await logOfEnd(end);
      assert.match(log, new RegExp(`Status: ${status}`));
      assert.match(log, /\tlogged\nprinted/);
      assert.doesNotMatch(log, /held back/);
    }
  });

  // Claims: exit-empties-buffers
  it('empties the buffer when it ends by sys.exit', async () => {
    assert.match(await logOfEnd('sys.exit(1)'), /\tlogged\nprinted\[WARNING\]\t.*\theld back\n/);
  });
});

describe('the configuration of the log', () => {
  // Claims: level-variable-shows-info
  it('sets the level by its variable, in both formats', async () => {
    const source = await sourceOf('log-by-basicconfig');
    for (const format of ['Text', 'JSON'])
      assert.match(
        await logOfSource(source, {
          variables: { AWS_LAMBDA_LOG_LEVEL: 'INFO', AWS_LAMBDA_LOG_FORMAT: format },
        }),
        /order 7/,
      );
  });

  // Claims: json-has-keys, extra-becomes-a-key, print-stays-text, json-has-no-end
  it('makes objects of records and of the platform’s lines, and leaves what is printed as it is', async () => {
    const log = await logOf('log-as-json');
    assert.match(log, /^printed$/m);
    assert.doesNotMatch(log, /^(?:START|END|REPORT) /m);
    const objects = objectsIn(log);
    const [order, stock] = objects.filter((object) => 'level' in object);
    assert.deepEqual(Object.keys(order ?? {}), [
      'timestamp',
      'level',
      'message',
      'logger',
      'requestId',
      'order',
    ]);
    assert.equal(order?.order, 7);
    assert.equal(stock?.message, 'stock is low');
    assert.deepEqual(
      objects.filter((object) => 'type' in object).map(({ type }) => type),
      ['platform.initStart', 'platform.start', 'platform.report'],
    );
  });

  // Claims: extra-must-be-json
  it('refuses an extra that JSON has no form for', async () => {
    for (const value of ['{1, 2}', 'Decimal(1)', 'b"x"']) {
      const source =
        'import logging\nfrom decimal import Decimal\n' +
        `def lambda_handler(event, context):\n    logging.warning("w", extra={"value": ${value}})\n`;
      const variables = { AWS_LAMBDA_LOG_FORMAT: 'JSON' };
      const [environment] = await runHandler(source, { platform: TODAY, variables });
      const outcome = environment?.runs[0]?.outcome;
      assert.ok(outcome?.status === 'raised');
      assert.match(outcome.payload, /is not JSON serializable/);
    }
  });
});
