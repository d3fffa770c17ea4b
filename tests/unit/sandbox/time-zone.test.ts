/** Zones as C's library reads them: those of compiled files, and those of a variable's text. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readZones } from '../../../src/integrations/zones.ts';
import { calendarAt, secondsFrom1970 } from '../../../src/sandbox/calendar.ts';
import { momentOf, readZoneFile, readZoneText, type TimeZone } from '../../../src/sandbox/time-zone.ts';
import { unpackZones } from '../../../src/sandbox/zones.ts';

const files = unpackZones(await readZones());

function zone(name: string): TimeZone {
  const bytes = files[`/usr/share/zoneinfo/${name}`];
  assert.ok(bytes instanceof Uint8Array, name);
  return readZoneFile(bytes) ?? assert.fail(`${name} cannot be read.`);
}

function at(text: string): number {
  return Date.parse(`${text}Z`) / 1000;
}

describe('a zone', () => {
  it('of a file has its past, its present, and by the rules at its end what comes', () => {
    const newYork = zone('America/New_York');
    assert.deepEqual(
      ['1880-01-01', '1945-01-01', '2024-01-01', '2024-07-01', '2090-07-01'].map((day) => newYork(at(day))),
      [
        { offset: -17_762, isDst: false, name: 'LMT' },
        { offset: -14_400, isDst: true, name: 'EWT' },
        { offset: -18_000, isDst: false, name: 'EST' },
        { offset: -14_400, isDst: true, name: 'EDT' },
        { offset: -14_400, isDst: true, name: 'EDT' },
      ],
    );
  });

  it('changes its clocks at the very second', () => {
    const sydney = zone('Australia/Sydney');
    const change = at('2024-10-05T16:00:00');
    assert.deepEqual(
      [change - 1, change].map((second) => sydney(second).name),
      ['AEST', 'AEDT'],
    );
    const later = at('2090-04-01T15:59:59');
    assert.deepEqual(
      [later, later + 1].map((second) => sydney(second).name),
      ['AEDT', 'AEST'],
    );
  });

  it('of a text follows its rules, north and south, by days of months and of years', () => {
    for (const [text, names] of [
      ['EST5EDT,M3.2.0,M11.1.0', ['EST', 'EDT', 'EST']],
      ['NZST-12NZDT,M9.5.0,M4.1.0/3', ['NZDT', 'NZST', 'NZDT']],
      ['AAA3BBB,J60,J300', ['AAA', 'BBB', 'AAA']],
      ['AAA3BBB,59/-1,299/25', ['AAA', 'BBB', 'AAA']],
      ['<-03>3<-02>', ['-03', '-02', '-03']],
      ['JST-9', ['JST', 'JST', 'JST']],
    ] as const) {
      const rules = readZoneText(text);
      const found = ['2024-01-15', '2024-07-15', '2024-12-15'].map((day) => rules(at(day)).name);
      assert.deepEqual(found, names, text);
    }
    assert.equal(readZoneText('AAA3BBB,J60,J300')(at('2024-03-01T04:59:59')).name, 'AAA');
    assert.equal(readZoneText('AAA3BBB,J60,J300')(at('2024-03-01T05:00:00')).name, 'BBB');
    assert.equal(readZoneText('AAA3BBB,59,J300')(at('2024-02-29T05:00:00')).name, 'BBB');
  });

  it('that is not understood is UTC under the name that it begins with', () => {
    const names = ['Foo/Bar', 'Nope', 'AB', '12'].map((text) => readZoneText(text)(0));
    assert.deepEqual(
      names,
      ['Foo', 'Nope', '', ''].map((name) => ({ offset: 0, isDst: false, name })),
    );
    assert.equal(readZoneFile(new TextEncoder().encode('TZif2')), null);
    assert.equal(readZoneFile(new Uint8Array(100)), null);
  });
});

describe('the moment of a time that clocks show', () => {
  const local = (text: string): number => at(text);

  it('twice is the one that was asked for', () => {
    const berlin = zone('Europe/Berlin');
    const time = local('2024-10-27T02:30:00');
    assert.deepEqual(
      [1, 0].map((asked) => momentOf(time, asked, berlin)),
      [time - 7200, time - 3600],
    );
  });

  it('never lies past the gap, or before it', () => {
    const berlin = zone('Europe/Berlin');
    const time = local('2024-03-31T02:30:00');
    assert.deepEqual(
      [-1, 0, 1].map((asked) => momentOf(time, asked, berlin)),
      [time - 3600, time - 3600, time - 7200],
    );
  });

  it('at another time of the year than was asked for is counted by the other clocks', () => {
    const time = local('2024-01-15T12:00:00');
    assert.equal(momentOf(time, 1, zone('America/New_York')), time + 4 * 3600);
    assert.equal(momentOf(time, 0, zone('Australia/Sydney')), time - 10 * 3600);
    assert.equal(momentOf(time, 1, zone('Asia/Kolkata')), time - 5.5 * 3600 - 3600);
  });
});

describe('the calendar', () => {
  it('goes there and back on every day of four centuries, and before', () => {
    for (let day = -200_000; day < 200_000; day += 1) {
      const seconds = day * 86_400 + 3723;
      const { year, month, day: date, hour, minute, second } = calendarAt(seconds);
      const real = new Date(seconds * 1000);
      assert.deepEqual(
        [year, month, date, hour, minute, second],
        [real.getUTCFullYear(), real.getUTCMonth(), real.getUTCDate(), 1, 2, 3],
      );
      assert.equal(secondsFrom1970({ year, month, day: date, hour, minute, second }), seconds);
    }
  });

  it('counts on where months and days are none', () => {
    const time = { year: 2023, month: 13, day: 31, hour: -1, minute: 61, second: 0 };
    assert.equal(secondsFrom1970(time), at('2024-03-02T00:01:00'));
  });
});
