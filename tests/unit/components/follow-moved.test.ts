import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { followMoved } from '../../../src/components/moved/follow-moved.ts';

const ORIGIN = 'https://docs.example';

/** A window at an address of a page, which notes where it is sent. */
function openAt(fragment: string): { sent: string[]; goTo: (fragment: string) => void } {
  const sent: string[] = [];
  const listeners: (() => void)[] = [];
  const location = {
    href: `${ORIGIN}/base/en/x/?theme=dark${fragment}`,
    replace: (address: string) => void sent.push(address),
  };
  const moved = { 'en/x/#a': 'en/x/#b', 'en/x/#ä': 'en/y/#c' };
  followMoved(
    { location, addEventListener: (_kind, listener) => void listeners.push(listener) },
    { base: '/base/', page: 'en/x/', moved },
  );
  const goTo = (next: string): void => {
    location.href = `${ORIGIN}/base/en/x/?theme=dark${next}`;
    for (const listener of listeners) listener();
  };
  return { sent, goTo };
}

describe('a page of which addresses have moved', () => {
  it('leads on whoever comes by one of them, with the query', () => {
    assert.deepEqual(openAt('#a/step-3').sent, [`${ORIGIN}/base/en/x/?theme=dark#b/step-3`]);
    assert.deepEqual(openAt('#%C3%A4').sent, [`${ORIGIN}/base/en/y/?theme=dark#c`]);
  });

  it('leads on a reader who is there already', () => {
    const { sent, goTo } = openAt('');
    goTo('#a');
    assert.deepEqual(sent, [`${ORIGIN}/base/en/x/?theme=dark#b`]);
  });

  it('leaves every other address alone', () => {
    const { sent, goTo } = openAt('#b/start');
    goTo('#%E0%A4%A');
    assert.deepEqual(sent, []);
  });
});
