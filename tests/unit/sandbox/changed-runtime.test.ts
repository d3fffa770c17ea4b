/** The bootstrap is a file that a reader may edit: what the caller sees when it breaks the platform's rules. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readPlatform } from '../../../src/integrations/platforms.ts';
import type { EnvironmentRecord } from '../../../src/integrations/node-life.ts';
import { contentsToFiles } from '../../../src/trace/file-content.ts';
import { eventsToLog } from '../../../src/trace/format.ts';
import { runHandler } from '../run-handler.ts';

const BOOTSTRAP = '/var/runtime/awslambda/bootstrap.py';

const SOURCE = `runs = 0


def lambda_handler(event, context):
    global runs
    runs += 1
    return {"runs": runs}


def application(environ, start_response):
    global runs
    runs += 1
    start_response("200 OK", [])
    return [str(runs).encode()]
`;

/** How `report_done` is called in each mode. */
const REPORTS = {
  event: 'runtime.report_done(invokeid, errortype, answer)',
  http: 'runtime.report_done(invokeid, errortype, None)',
} as const;

/** Runs the events with the report of one mode replaced, in both ways of waiting, which must not differ. */
async function runChanged(
  mode: 'event' | 'http',
  report: string,
  events: readonly string[],
): Promise<EnvironmentRecord[]> {
  const { files } = await readPlatform('lambda-2016');
  const text = String(contentsToFiles(files)[BOOTSTRAP]);
  assert.equal(text.split(REPORTS[mode]).length, 2);
  const chosen = {
    mode,
    handler: `lambda_function.${mode === 'event' ? 'lambda_handler' : 'application'}`,
    events,
    changed: { [BOOTSTRAP]: text.replace(REPORTS[mode], report) },
  };
  const suspended = await runHandler(SOURCE, chosen);
  assert.deepEqual(await runHandler(SOURCE, { ...chosen, waiting: 'queue' }), suspended);
  return suspended;
}

const statusesOf = (environments: readonly EnvironmentRecord[]): string[][] =>
  environments.map(({ runs }) => runs.map(({ outcome }) => outcome.status));

for (const mode of ['event', 'http'] as const) {
  describe(`a runtime that somebody has changed, in ${mode} mode`, () => {
    it('and that answers nothing lets every invocation run into its time-out, each in a new environment', async () => {
      const environments = await runChanged(mode, 'pass', ['1', '2']);
      assert.deepEqual(statusesOf(environments), [['timed-out'], ['timed-out']]);
      const [{ events, outcome, beginning } = assert.fail()] = environments[0]?.runs ?? [];
      assert.ok(outcome.status === 'timed-out');
      const { errorMessage } = JSON.parse(outcome.payload) as { errorMessage: string };
      assert.match(errorMessage, /^2016-12-14T00:00:03\.\d{3}Z \S+ Task timed out after 3\.00 seconds$/);
      assert.equal(
        eventsToLog(events).replace(/REPORT .*/, 'REPORT'),
        `START RequestId: ${beginning.request} Version: $LATEST\nEND RequestId: ${beginning.request}\nREPORT\n${errorMessage}\n`,
      );
    });

    it('and that forgets one of three is warm until then', async () => {
      const environments = await runChanged(
        mode,
        `if sys.modules["lambda_function"].runs != 2:\n        ${REPORTS[mode]}`,
        ['1', '2', '3'],
      );
      assert.deepEqual(statusesOf(environments), [['returned', 'timed-out'], ['returned']]);
    });

    it('and that answers twice is heard once', async () => {
      const environments = await runChanged(
        mode,
        `${REPORTS[mode]}\n    runtime.report_done(invokeid, "ValueError", "2")`,
        ['1', '2'],
      );
      assert.deepEqual(
        environments.map(({ runs }) => runs.map(({ outcome }) => outcome)),
        [
          [1, 2].map((n) => ({
            status: 'returned',
            payload: mode === 'event' ? `{"runs": ${String(n)}}` : String(n),
          })),
        ],
      );
      const log = environments[0]?.runs.map(({ events }) => eventsToLog(events)).join('') ?? '';
      assert.equal(log.match(/^REPORT /gm)?.length, 2);
    });

    it('and that ends in place of answering has exited', async () => {
      const environments = await runChanged(mode, 'sys.exit(4)', ['1']);
      assert.deepEqual(
        environments.map(({ exit, runs }) => [exit, ...runs.map(({ outcome }) => outcome.status)]),
        [[4, 'exited']],
      );
    });
  });
}
