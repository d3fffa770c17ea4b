import assert from 'node:assert/strict';
import { chmod } from 'node:fs/promises';
import path from 'node:path';
import { describe, it } from 'node:test';
import { findBrowser, type FoundBrowser } from '../../../scripts/find-browser.ts';
import { ensureChromium, NoBrowser } from '../../../scripts/install-browsers.ts';
import { withSite } from '../site-folder.ts';

const FOUND: FoundBrowser = { name: 'chromium', path: '/somewhere/chromium', launch: {} };

/** A machine on which the commands that hold one of `works` succeed, after which a browser is there. */
function machine(
  works: readonly string[],
  options: { isRoot?: boolean; isThere?: boolean; faults?: (string | null)[] },
) {
  let isThere = options.isThere ?? false;
  const faults = [...(options.faults ?? [])];
  const commands: string[] = [];
  return {
    commands,
    find: () => (isThere ? FOUND : null),
    faultOnStart: () => Promise.resolve(faults.shift() ?? null),
    run: (command: string, args: readonly string[]) => {
      commands.push([command, ...args].join(' '));
      const isDone = works.includes(command);
      isThere ||= isDone && args.includes('chromium');
      return isDone;
    },
    isRoot: options.isRoot ?? false,
    say: () => undefined,
  };
}

const PLAYWRIGHT = 'playwright install chromium';
const DEBIAN = ['apt-get update -q', 'apt-get install -q -y --no-install-recommends chromium'];

describe('a browser for the tests', () => {
  it('is the one that is there, with nothing installed', async () => {
    const ours = machine([], { isThere: true });
    assert.deepEqual([await ensureChromium(ours), ours.commands], [FOUND, []]);
  });

  it('is Playwright’s own where it can be had', async () => {
    const ours = machine(['playwright'], {});
    assert.deepEqual([await ensureChromium(ours), ours.commands], [FOUND, [PLAYWRIGHT]]);
  });

  it('is Debian’s where Playwright’s cannot be had, or does not start', async () => {
    for (const ours of [
      machine(['apt-get'], { isRoot: true }),
      machine(['playwright', 'apt-get'], { isRoot: true, faults: ['libnss3.so is missing'] }),
    ]) {
      assert.deepEqual([await ensureChromium(ours), ours.commands], [FOUND, [PLAYWRIGHT, ...DEBIAN]]);
    }
  });

  it('is asked for in words when none can be had, and Debian’s is not tried without the right to', async () => {
    const ours = machine([], {});
    await assert.rejects(ensureChromium(ours), (error) => {
      assert.ok(error instanceof NoBrowser);
      assert.match(
        error.message,
        /could not be installed\. Install one \(on Debian: sudo apt-get install chromium\)/,
      );
      return true;
    });
    assert.deepEqual(ours.commands, [PLAYWRIGHT]);
  });

  it('is found by the variable that names it, then on the path', async () => {
    await withSite({ 'bin/chromium-browser': '', 'mine/chrome': '' }, async (folder) => {
      const onPath = path.join(folder, 'bin', 'chromium-browser');
      const named = path.join(folder, 'mine', 'chrome');
      await chmod(onPath, 0o755);
      const PATH = path.dirname(onPath);
      assert.equal(findBrowser('chromium', { PATH })?.path, onPath);
      assert.equal(findBrowser('chromium', { PATH, CHROMIUM: named })?.path, named);
      assert.equal(findBrowser('chromium', { PATH, CHROMIUM: `${named}x` }), null);
    });
  });
});
