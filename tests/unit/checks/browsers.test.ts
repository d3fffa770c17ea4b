import assert from 'node:assert/strict';
import { chmod } from 'node:fs/promises';
import path from 'node:path';
import { describe, it } from 'node:test';
import { findBrowser, type FoundBrowser } from '../../../scripts/find-browser.ts';
import {
  Debian,
  ensureChromium,
  ensureOthers,
  NoBrowser,
  type Machine,
} from '../../../scripts/install-browsers.ts';
import { readLeftOut } from '../../../scripts/left-out.ts';
import { withSite } from '../site-folder.ts';

const FOUND: FoundBrowser = { name: 'chromium', path: '/somewhere/chromium', launch: {} };
const FIREFOX: FoundBrowser = { name: 'firefox', path: '/somewhere/firefox-esr', launch: {} };

/** A machine on which the commands that hold one of `works` succeed, after which what they install is there. */
function machine(
  works: readonly string[],
  options: { isRoot?: boolean; there?: readonly string[]; faults?: (string | null)[] },
) {
  const there = new Set(options.there ?? []);
  const faults = [...(options.faults ?? [])];
  const commands: string[] = [];
  const said: string[] = [];
  const ours: Machine = {
    find: (name) => {
      if (name === 'chromium') return there.has('chromium') ? FOUND : null;
      return there.has('firefox-esr') ? FIREFOX : null;
    },
    faultOnStart: () => Promise.resolve(faults.shift() ?? null),
    missingForWebkit: () => {
      if (!there.has('webkit2gtk-driver')) return 'WebKitWebDriver';
      return there.has('xvfb') ? null : 'Xvfb';
    },
    run: (command, args) => {
      // How long the package manager waits is no matter of which way is gone.
      const words = args.filter((word) => !/^-[oq]$|::/.test(word));
      commands.push([command, ...words].join(' '));
      const isDone = works.includes(command);
      if (isDone && words.includes('install')) for (const word of words) there.add(word);
      return isDone;
    },
    isRoot: options.isRoot ?? false,
    say: (line) => void said.push(line),
  };
  return { ours, commands, said, debian: new Debian(ours) };
}

const PLAYWRIGHT = 'playwright install chromium';
const INSTALL = 'apt-get install -y --no-install-recommends';
const DEBIAN = ['apt-get update', `${INSTALL} chromium`];
const OTHERS = ['apt-get update', `${INSTALL} firefox-esr`, `${INSTALL} webkit2gtk-driver xvfb`];

describe('a browser for the tests', () => {
  it('is the one that is there, with nothing installed', async () => {
    const { ours, debian, commands } = machine([], { there: ['chromium'] });
    assert.deepEqual([await ensureChromium(ours, debian), commands], [FOUND, []]);
  });

  it('is Playwright’s own where it can be had', async () => {
    const { ours, debian, commands } = machine(['playwright'], {});
    assert.deepEqual([await ensureChromium(ours, debian), commands], [FOUND, [PLAYWRIGHT]]);
  });

  it('is Debian’s where Playwright’s cannot be had, or does not start', async () => {
    for (const { ours, debian, commands } of [
      machine(['apt-get'], { isRoot: true }),
      machine(['playwright', 'apt-get'], { isRoot: true, faults: ['libnss3.so is missing'] }),
    ]) {
      assert.deepEqual([await ensureChromium(ours, debian), commands], [FOUND, [PLAYWRIGHT, ...DEBIAN]]);
    }
  });

  it('is asked for in words when none can be had, and Debian’s is not tried without the right to', async () => {
    const { ours, debian, commands } = machine([], {});
    await assert.rejects(ensureChromium(ours, debian), (error) => {
      assert.ok(error instanceof NoBrowser);
      assert.match(
        error.message,
        /could not be installed\. Install one \(on Debian: sudo apt-get install chromium\)/,
      );
      return true;
    });
    assert.deepEqual(commands, [PLAYWRIGHT]);
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

describe('Firefox and WebKit for the tests', () => {
  it('are those that are there, with nothing installed and nothing said', () => {
    const { ours, debian, commands, said } = machine(['apt-get'], {
      isRoot: true,
      there: ['firefox-esr', 'webkit2gtk-driver', 'xvfb'],
    });
    ensureOthers(ours, debian);
    assert.deepEqual([commands, said], [[], []]);
  });

  it('are installed from Debian by root, whose lists are fetched once, Chromium’s among them', async () => {
    const { ours, debian, commands, said } = machine(['apt-get'], { isRoot: true });
    await ensureChromium(ours, debian);
    ensureOthers(ours, debian);
    assert.deepEqual(commands, [PLAYWRIGHT, ...DEBIAN, ...OTHERS.slice(1)]);
    assert.deepEqual(said.slice(-2), [
      "There is no Firefox. Installing Debian's firefox-esr …",
      "There is no WebKitWebDriver. Installing Debian's webkit2gtk-driver xvfb …",
    ]);
  });

  it('are installed where only a part of them is missing', () => {
    const { ours, debian, commands } = machine(['apt-get'], {
      isRoot: true,
      there: ['firefox-esr', 'webkit2gtk-driver'],
    });
    ensureOthers(ours, debian);
    assert.deepEqual(commands, [OTHERS[0], OTHERS[2]]);
  });

  it('are said to be missing where they cannot be installed, and Firefox’s tests to be left out', () => {
    const { ours, debian, commands, said } = machine([], { isRoot: true });
    ensureOthers(ours, debian);
    assert.deepEqual(commands, ['apt-get update']);
    assert.deepEqual(readLeftOut(said.join('\n')), {
      whole: null,
      parts: [
        'firefox: there is no Firefox, and it could not be installed (Debian: apt-get install firefox-esr).',
      ],
    });
    assert.equal(
      said.at(-1),
      'webkit: there is no WebKitWebDriver, and it could not be installed (Debian: apt-get install webkit2gtk-driver xvfb).',
    );
  });

  it('are not tried to install by who is not root', () => {
    const { ours, debian, commands, said } = machine(['apt-get'], {});
    ensureOthers(ours, debian);
    assert.deepEqual(
      [commands, said],
      [
        [],
        [
          'Part left out: firefox: there is no Firefox, and only root may install it (Debian: apt-get install firefox-esr).',
          'webkit: there is no WebKitWebDriver, and only root may install it (Debian: apt-get install webkit2gtk-driver xvfb).',
        ],
      ],
    );
  });
});
