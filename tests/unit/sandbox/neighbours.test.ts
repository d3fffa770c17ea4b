import assert from 'node:assert/strict';
import { test } from 'node:test';
import { neighboursOf } from '../../../src/sandbox/neighbours.ts';

/** A window with frames in it, each of some origin: what they post to one another arrives at once. */
class FakeWindow {
  [index: number]: FakeWindow;
  readonly #origin: string;
  readonly parent: FakeWindow;
  readonly location: { readonly href: string };
  readonly received: unknown[] = [];
  length = 0;
  #listener: (event: unknown) => void = () => undefined;

  constructor(parent: FakeWindow | null, origin: string, href = `${origin}/page`) {
    this.parent = parent ?? this;
    this.#origin = origin;
    this.location = { href };
    if (parent !== null) parent[parent.length++] = this;
  }

  get top(): FakeWindow {
    return this.parent === this ? this : this.parent.top;
  }

  addEventListener(_type: string, listener: (event: unknown) => void): void {
    this.#listener = listener;
  }

  /** As if `source` had called it: a real one knows who calls. */
  receive(data: unknown, source: FakeWindow): void {
    this.#listener({ data, source, origin: source.#origin });
  }

  postMessage(data: unknown): void {
    this.received.push(data);
  }
}

const SITE = 'https://site.example';
const OWN = { type: 'behind-the-handler:environment', version: 1 };

function build(): {
  host: FakeWindow;
  embed: FakeWindow;
  others: FakeWindow[];
  crowded: () => number;
  tell: () => void;
} {
  const host = new FakeWindow(null, 'https://blog.example');
  const wrapper = new FakeWindow(host, 'https://blog.example');
  const embed = new FakeWindow(wrapper, 'null', `${SITE}/en/embed/`);
  const others = [new FakeWindow(host, 'null'), new FakeWindow(host, SITE), new FakeWindow(wrapper, 'null')];
  let count = 0;
  const neighbours = neighboursOf(embed as unknown as Window);
  neighbours.onCrowded(() => (count += 1));
  return { host, embed, others, crowded: () => count, tell: neighbours.tell };
}

test('an embed tells all frames of the page, however deep, and none of the pages around it', () => {
  const { host, embed, others, tell } = build();
  tell();
  assert.deepEqual(
    others.map(({ received }) => received),
    [[OWN], [OWN], [OWN]],
  );
  assert.deepEqual([host.received, host[0]?.received, embed.received], [[], [], []]);
});

test('two others that have used an environment since crowd it out, and one of them does not, however often', () => {
  const { embed, others, crowded, tell } = build();
  const [first, second] = others as [FakeWindow, FakeWindow];
  embed.receive(OWN, first);
  embed.receive(OWN, first);
  assert.equal(crowded(), 0);
  tell();
  embed.receive(OWN, second);
  assert.equal(crowded(), 0);
  embed.receive(OWN, first);
  assert.equal(crowded(), 1);
});

test('what the pages around post, what frames of other origins post, and any other message, is no such use', () => {
  const { host, embed, others, crowded } = build();
  const [first, second] = others as [FakeWindow, FakeWindow];
  const foreign = new FakeWindow(host, 'https://blog.example');
  embed.receive(OWN, first);
  for (const source of [host, embed.parent, foreign, embed]) embed.receive(OWN, source);
  for (const data of [null, 'text', {}, { type: 'another' }]) embed.receive(data, second);
  assert.equal(crowded(), 0);
});
