/** Code that calls itself through C, in the Python that readers meet: it meets Python's own limit, and the process goes on. */
import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { STACK_BYTES } from '../../../src/sandbox/stack-limit.ts';
import { runHandler } from '../run-handler.ts';

/** What a reader's code may do, by the name that the event asks for. */
const HANDLER = `import functools
import json
import pickle
import re
import sys

sys.setrecursionlimit(10**6)
levels = 0


def plain():
    global levels
    levels += 1
    plain()


class Endless:
    def __init__(self, made=True):
        if not made:
            Endless(False)

    def __repr__(self):
        return repr(self)

    def __getattr__(self, name):
        return getattr(self, name)

    def __eq__(self, other):
        return [self] == [Endless()]

    def __hash__(self):
        return hash((self,))

    def __call__(self):
        return self()

    def __lt__(self, other):
        return bool(sorted([Endless(), Endless()]))

    def __format__(self, spec):
        return f"{self}"

    def __next__(self):
        return next(self)


def nested(wrap):
    thing = wrap(1)
    for _ in range(100000):
        thing = wrap(thing)
    return thing


RECURSIONS = {
    "plain": plain,
    "max": lambda: max([1], key=lambda _: RECURSIONS["max"]()),
    "sum": lambda: sum(RECURSIONS["sum"]() for _ in [1]),
    "map": lambda: list(map(lambda _: RECURSIONS["map"](), [1])),
    "join": lambda: "".join(RECURSIONS["join"]() for _ in [1]),
    "partial": lambda: functools.partial(RECURSIONS["partial"])(),
    "substitute": lambda: re.sub("a", lambda _: RECURSIONS["substitute"](), "a"),
    "eval": lambda: eval("RECURSIONS['eval']()"),
    "repr": lambda: repr(Endless()),
    "init": lambda: Endless(False),
    "getattr": lambda: Endless().name,
    "eq": lambda: Endless() == 1,
    "hash": lambda: hash(Endless()),
    "call": lambda: Endless()(),
    "sort": lambda: sorted([Endless(), Endless()]),
    "format": lambda: f"{Endless()}",
    "next": lambda: next(Endless()),
    "json": lambda: json.dumps(nested(lambda thing: [thing])),
    "json object": lambda: json.dumps(nested(lambda thing: {"k": thing})),
    "json default": lambda: json.dumps(object(), default=lambda _: RECURSIONS["json default"]()),
    "pickle": lambda: pickle.dumps(nested(lambda thing: [thing])),
}


def lambda_handler(event, context):
    try:
        RECURSIONS[event]()
    except (RecursionError, MemoryError) as error:
        return str(error)
    return "no end"
`;

/** The last is the compiler's, which says it by a MemoryError. */
const MET = /^(?:maximum recursion depth exceeded|Stack overflow|Parser stack overflowed)/;

const NAMES = [...HANDLER.matchAll(/^ {4}"(.+?)": /gm)].map(([, name]) => name ?? '');

describe('a function that calls itself without end', () => {
  const answers = new Map<string, unknown>();
  let environments = 0;
  before(async () => {
    const records = await runHandler(HANDLER, {
      events: NAMES.map((name) => JSON.stringify(name)),
      limits: { events: 200, output: 1000 },
      world: 'real',
      timeout: 900_000,
      deadline: 300_000,
    });
    environments = records.length;
    records
      .flatMap(({ runs }) => runs)
      .forEach(({ outcome }, at) => {
        answers.set(NAMES[at] ?? '', outcome.status === 'returned' ? JSON.parse(outcome.payload) : outcome);
      });
  });

  it('meets Python’s own limit, in one and the same environment', () => {
    assert.equal(environments, 1);
    for (const name of NAMES) assert.match(String(answers.get(name)), MET, name);
  });

  it('is told how much of the stack it took, where the limit that it has set is far', () => {
    const used = Number(/used (\d+) kB/.exec(String(answers.get('max')))?.[1]) * 1024;
    assert.ok(used > STACK_BYTES / 2 && used <= STACK_BYTES, String(answers.get('max')));
    assert.match(String(answers.get('plain')), /^maximum recursion depth exceeded/);
  });
});
