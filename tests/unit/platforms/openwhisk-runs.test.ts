import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { EnvironmentRecord } from '../../../src/integrations/node-environment.ts';
import { eventsToLog, type RecordedRun, type TraceEvent } from '../../../src/trace/format.ts';
import { runHandler } from '../run-handler.ts';

const END = 'XXX_THE_END_OF_A_WHISK_ACTIVATION_XXX\n';

/** Does what its parameters say, and counts: the runs of its top, and its own. */
const ACTION = `import os, sys, traceback

tops = globals().get("tops", 0) + 1
runs = 0


def main(params):
    global runs
    runs += 1
    do = params.get("do")
    if do == "raise":
        raise ValueError("no")
    if do == "exit":
        sys.exit(3)
    if do == "os._exit":
        os._exit(4)
    if do == "stack":
        traceback.print_stack()
    if do == "give":
        return params["give"]
    print("run", runs)
    return {"tops": tops, "runs": runs, "id": os.environ["__OW_ACTIVATION_ID"]}
`;

const EVENTS = [
  {},
  { do: 'raise' },
  { do: 'give', give: 'text' },
  { do: 'give', give: null },
  { do: 'give', give: [1] },
  { do: 'exit' },
  {},
  { do: 'os._exit' },
].map((event) => JSON.stringify(event));

type Chosen = Parameters<typeof runHandler>[1];

const run = (platform: string, source: string, chosen: Chosen = {}): Promise<EnvironmentRecord[]> =>
  runHandler(source, { platform, file: '__main__.py', ...chosen });

const outcomesOf = (environments: readonly EnvironmentRecord[]): unknown[][] =>
  environments.map(({ runs }) =>
    runs.map(({ outcome: { status, ...rest } }) => [status, ...Object.values(rest)]),
  );

const id = (run: RecordedRun | undefined): string => run?.beginning.request.replaceAll('-', '') ?? '';

describe('an action behind the ActionLoop proxy', () => {
  it('lives as long as its process, in both ways of waiting alike', async () => {
    const environments = await run('openwhisk-actionloop', ACTION, { events: EVENTS });
    const [first, second] = environments;
    const NOT_ONE = '{"error":"The action did not return a dictionary or array."}';
    assert.deepEqual(outcomesOf(environments), [
      [
        ['returned', `{"tops": 1, "runs": 1, "id": "${id(first?.runs[0])}"}`],
        ['raised', '{"error": "no"}'],
        ['raised', NOT_ONE],
        ['raised', NOT_ONE],
        ['returned', '[1]'],
        ['exited', 3, '{"error":"command exited"}'],
      ],
      [
        ['returned', `{"tops": 1, "runs": 1, "id": "${id(second?.runs[0])}"}`],
        ['exited', 4, '{"error":"command exited"}'],
      ],
    ]);
    const logs = first?.runs.map(({ events }) => eventsToLog(events)) ?? [];
    assert.equal(logs[0], `run 1\n${END}${END}`);
    assert.match(
      logs[1] ?? '',
      /^Traceback .*\n {2}File "\/action\/1\/bin\/exec__\.py", line \d+, in <module>\n/,
    );
    assert.doesNotMatch(logs.join(''), /harness/);
    const queued = await run('openwhisk-actionloop', ACTION, { events: EVENTS, waiting: 'queue' });
    assert.deepEqual(queued, environments);
  });

  it('has its messages behind the lines that wrote them', async () => {
    const [environment] = await run('openwhisk-actionloop', ACTION);
    const events = environment?.runs[0]?.events ?? [];
    const answers = events.flatMap((event, at) =>
      event.kind === 'message' && event.what === 'fd 3' ? [[lineBefore(events, at), event.body]] : [],
    );
    assert.deepEqual(
      answers.map(([, body]) => body),
      ['{"ok": true}', `{"tops": 1, "runs": 1, "id": "${id(environment?.runs[0])}"}`],
    );
    assert.deepEqual(
      answers.map(([line]) => line),
      ['say_ready:last', 'send_answer:last'],
    );
  });

  it('that cannot be imported is not started, and says why in its log', async () => {
    for (const source of ['import no_such_module\n', 'def main(params) return 1\n', 'x = 1\n']) {
      const environments = await run('openwhisk-actionloop', source);
      const [[outcome]] = outcomesOf(environments) as [[unknown[]]];
      assert.deepEqual(outcome.slice(0, 2), ['exited', 1]);
      const events = environments[0]?.runs[0]?.events ?? [];
      assert.match(eventsToLog(events), /Error: /);
      assert.equal(events.findLast(({ kind }) => kind === 'message')?.kind, 'message');
      assert.ok(events.some((event) => event.kind === 'message' && event.what === '502'));
    }
  });

  it('without code has no process at all', async () => {
    const environments = await run('openwhisk-actionloop', '');
    assert.deepEqual(outcomesOf(environments), [
      [['raised', '{"error":"Missing main/no code to execute."}']],
    ]);
    assert.ok(environments[0]?.runs[0]?.events.every(({ kind }) => kind !== 'call'));
  });

  it('that has not answered when its time is up is removed', async () => {
    const source = 'import time\ndef main(params):\n    time.sleep(60)\n';
    const environments = await run('openwhisk-actionloop', source);
    const payload = '{"error":"The action exceeded its time limit of 3000 milliseconds."}';
    assert.deepEqual(outcomesOf(environments), [[['timed-out', 3000, payload]]]);
  });
});

describe('an action in the older proxy', () => {
  it('runs its top each time, in a namespace that is kept, in both ways of waiting alike', async () => {
    const environments = await run('openwhisk-flask', ACTION, { events: EVENTS });
    const [first, second] = environments;
    const NOT_ONE = '{"error": "The action did not return a dictionary."}';
    const GONE = '{"error":"The action ended without an answer."}';
    assert.deepEqual(outcomesOf(environments), [
      [
        ['returned', `{"tops": 1, "runs": 1, "id": "${id(first?.runs[0])}"}`],
        ...Array<unknown>(4).fill(['raised', NOT_ONE]),
        ['exited', 3, GONE],
      ],
      [
        ['returned', `{"tops": 1, "runs": 1, "id": "${id(second?.runs[0])}"}`],
        ['exited', 4, GONE],
      ],
    ]);
    assert.equal(eventsToLog(first?.runs[0]?.events ?? []), `run 1\n${END}${END}`);
    const queued = await run('openwhisk-flask', ACTION, { events: EVENTS, waiting: 'queue' });
    assert.deepEqual(queued, environments);
  });

  it('counts on from run to run only what its top does not set anew', async () => {
    const environments = await run('openwhisk-flask', ACTION, { events: ['{}', '{}'] });
    const runs = environments[0]?.runs ?? [];
    assert.deepEqual(
      runs.map(({ outcome }) => outcome),
      runs.map((one, at) => ({
        status: 'returned',
        payload: `{"tops": ${String(at + 1)}, "runs": 1, "id": "${id(one)}"}`,
      })),
    );
    assert.equal(runs.length, 2);
  });

  it('refuses parameters that are no dictionary', async () => {
    const environments = await run('openwhisk-flask', ACTION, { events: ['[1]'] });
    const [one] = environments[0]?.runs ?? [];
    assert.ok(one?.events.some((event) => event.kind === 'message' && event.what === '404'));
  });
});

/** In which function the last step before an event was, and whether that step left it. */
function lineBefore(events: readonly TraceEvent[], at: number): string {
  const before = events.slice(0, at);
  const line = before.findLast((event) => event.kind === 'line');
  const call = before.findLast((event) => event.kind === 'call' && event.frame === line?.frame);
  const isLast = before.findLast(({ kind }) => kind === 'line' || kind === 'return')?.kind === 'line';
  return `${call?.kind === 'call' ? call.name : ''}${isLast ? ':last' : ''}`;
}
