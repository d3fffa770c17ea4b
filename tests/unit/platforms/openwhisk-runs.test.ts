import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { EnvironmentRecord } from '../../../src/integrations/node-life.ts';
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
    const payload = '{"error":"The action exceeded its time limits of 3000 milliseconds."}';
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

/** What an action may give back that is of no use, or of use to one proxy alone. */
const GIVER = `import datetime, decimal
def main(params):
    return {
        "nan": {"x": float("nan")}, "infinite": {"deep": [float("-inf")]}, "date": {"d": datetime.date(2020, 1, 1)},
        "decimal": {"d": decimal.Decimal("1.1")}, "bytes": {"b": b"x"}, "set": {1}, "tuple": (1, 2),
        "text": {"u": "\\u00e9\\u6f22"}, "lines": {"n": "a\\nb\\u2028c"}, "key": {1: 2}, "error": {"error": {"code": 5}},
    }[params["give"]]
`;

describe('what an action gives back', () => {
  const gives = ['nan', 'infinite', 'tuple', 'text', 'lines', 'key', 'error'];
  const events = gives.map((give) => JSON.stringify({ give }));
  const raised = (error: unknown): unknown[] => ['raised', JSON.stringify({ error })];

  it('is refused by OpenWhisk where the older proxy wrote it as no JSON has it, and the words say so', async () => {
    const [outcomes] = outcomesOf(await run('openwhisk-flask', GIVER, { events }));
    const invalid = 'The action did not produce a valid JSON response: ';
    assert.deepEqual(outcomes, [
      raised(`${invalid}{"x": NaN}`),
      raised(`${invalid}{"deep": [-Infinity]}`),
      ['raised', '{"error": "The action did not return a dictionary."}'],
      ['returned', String.raw`{"u": "\u00e9\u6f22"}`],
      ['returned', String.raw`{"n": "a\nb\u2028c"}`],
      ['returned', '{"1": 2}'],
      ['raised', '{"error": {"code": 5}}'],
    ]);
  });

  it('is one line for the ActionLoop proxy, which reads it as JSON', async () => {
    const [outcomes] = outcomesOf(await run('openwhisk-actionloop', GIVER, { events }));
    const refused = raised('The action did not return a dictionary or array.');
    assert.deepEqual(outcomes, [
      refused,
      refused,
      ['returned', '[1, 2]'],
      ['returned', '{"u": "é漢"}'],
      ['returned', '{"n": "a\\nb\u2028c"}'],
      ['returned', '{"1": 2}'],
      ['raised', '{"error": {"code": 5}}'],
    ]);
  });

  it('and has no JSON form ends the launcher, and is no dictionary to the older proxy', async () => {
    for (const give of ['date', 'decimal', 'bytes', 'set']) {
      const chosen = { events: [JSON.stringify({ give })] };
      const [ended] = await run('openwhisk-actionloop', GIVER, chosen);
      assert.deepEqual(ended?.runs[0]?.outcome, {
        status: 'exited',
        code: 1,
        payload: '{"error":"command exited"}',
      });
      const [kept] = await run('openwhisk-flask', GIVER, chosen);
      assert.equal(kept?.runs[0]?.outcome.status, 'raised');
    }
  });
});

describe('the log of an error', () => {
  const RAISER = 'def main(params):\n    print("no end", end="")\n    raise KeyError("gone é")\n';

  it('ends in a blank line behind the ActionLoop proxy', async () => {
    const [environment] = await run('openwhisk-actionloop', RAISER);
    const log = eventsToLog(environment?.runs[0]?.events ?? []);
    assert.match(log, /^Traceback [^]*, line 3, in main\n[^]*\nKeyError: 'gone é'\n\nno endXXX_/);
  });

  it('names the file without a folder in the older proxy, beneath it a statement made of text', async () => {
    const [environment] = await run('openwhisk-flask', RAISER);
    const { events = [] } = environment?.runs[0] ?? {};
    assert.match(
      eventsToLog(events),
      / {4}exec\(f"fun = .*\n(?: *~.*\n)? {2}File "<string>", line 1, in <module>\n {2}File "__main__\.py", line 3, in main\n/,
    );
    // The lab shows the lines of that file all the same.
    const call = events.find((event) => event.kind === 'call' && event.name === 'main');
    assert.equal(call?.kind === 'call' ? call.source : null, '/action/__main__.py');
  });

  it('names an import that failed where the function is not there', async () => {
    const [environment] = await run('openwhisk-actionloop', 'def mine(params): return {}\n');
    assert.match(
      eventsToLog(environment?.runs[0]?.events ?? []),
      /\nImportError: cannot import name 'main' from 'main__' \(\/action\/1\/bin\/main__\.py\)\n/,
    );
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
