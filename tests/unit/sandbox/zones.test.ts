/** The file of the compiled time zones, and who needs it. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { readZones, ZONES_FILE } from '../../../src/integrations/zones.ts';
import { readZoneFile } from '../../../src/sandbox/time-zone.ts';
import { needsZones, packZones, unpackZones } from '../../../src/sandbox/zones.ts';

const MAX_BYTES = 400_000;

describe('the file of the zones', () => {
  it('is small, and says what edition it is of and that it is in the public domain', async () => {
    assert.ok((await readFile(ZONES_FILE)).length <= MAX_BYTES);
    const [head = ''] = new TextDecoder().decode(await readZones()).split('\n', 1);
    const { version, license } = JSON.parse(head) as Record<string, unknown>;
    assert.match(String(version), /^Debian tzdata 20\d\d[a-z]/);
    assert.equal(license, 'public domain');
  });

  it('holds every zone whole, with its old names, and neither a folder of others nor the machine’s own', async () => {
    const files = unpackZones(await readZones());
    const names = Object.keys(files);
    assert.ok(names.length > 550);
    for (const name of [
      'UTC',
      'Asia/Tokyo',
      'US/Pacific',
      'Japan',
      'Etc/GMT+12',
      'America/Argentina/Ushuaia',
    ]) {
      assert.ok(names.includes(`/usr/share/zoneinfo/${name}`), name);
    }
    assert.deepEqual(
      names.filter((name) => /\/zoneinfo\/(?:posix|right|localtime)/.test(name)),
      [],
    );
    for (const [name, bytes] of Object.entries(files)) {
      assert.ok(bytes instanceof Uint8Array && readZoneFile(bytes) !== null, name);
    }
  });

  it('keeps what is alike once', () => {
    const bytes = new Uint8Array(1000).fill(7);
    const about = { version: '1', license: 'none' };
    const packed = packZones(about, [
      ['A/B', bytes],
      ['C', Uint8Array.of(1)],
      ['D', bytes.slice()],
    ]);
    assert.ok(packed.length < 1200);
    assert.deepEqual(unpackZones(packed), {
      '/usr/share/zoneinfo/A/B': bytes,
      '/usr/share/zoneinfo/C': Uint8Array.of(1),
      '/usr/share/zoneinfo/D': bytes,
    });
  });

  it('is needed where code or a variable names what reads it', () => {
    const coded = (code: string): boolean => needsZones({ '/var/task/a.py': code }, { TZ: ':UTC' });
    for (const code of ['import zoneinfo', 'os.environ["TZ"]', 'time.tzset()', 'from dateutil import tz']) {
      assert.equal(coded(code), true, code);
    }
    for (const code of ['import time', 'TZINFO = 1', 'my_TZ = 2']) assert.equal(coded(code), false, code);
    assert.equal(needsZones({ '/a.pyc': new TextEncoder().encode('\xe0\0zoneinfo\0') }, {}), true);
    const varied = (TZ: string): boolean => needsZones({}, { TZ });
    assert.deepEqual(['', ':UTC', 'UTC', 'Asia/Tokyo', ':Japan', 'EST5EDT'].map(varied), [
      ...[false, false, false],
      ...[true, true, true],
    ]);
    assert.equal(needsZones({}, { PYTHONTZPATH: '/usr/share/zoneinfo' }), true);
  });
});
