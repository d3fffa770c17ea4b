/** The local time of a process: its variable TZ decides, as in a Python on Linux. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, it } from 'node:test';
import { findPython } from '../../../scripts/checks/python.ts';
import { readZones } from '../../../src/integrations/zones.ts';
import { ZONE_FOLDER } from '../../../src/sandbox/local-time.ts';
import { unpackZones } from '../../../src/sandbox/zones.ts';
import { runHandler, type Chosen } from '../run-handler.ts';

/** What the handler returns, or how its only run ended. */
async function answerOf(source: string, chosen: Chosen = {}): Promise<unknown> {
  const [environment] = await runHandler(source, { platform: 'lambda-today', timeout: 60_000, ...chosen });
  const outcome = environment?.runs[0]?.outcome;
  return outcome?.status === 'returned' ? JSON.parse(outcome.payload) : outcome;
}

const TOLD = `import time, datetime
def lambda_handler(event, context):
    return [time.tzname, time.timezone, datetime.datetime.fromtimestamp(0).isoformat(), time.strftime("%Z")]
`;

describe('the variable TZ', () => {
  for (const [zone, told] of [
    ['Asia/Tokyo', [['JST', 'JST'], -32_400, '1970-01-01T09:00:00', 'JST']],
    ['America/New_York', [['EST', 'EDT'], 18_000, '1969-12-31T19:00:00', 'EST']],
    ['Australia/Sydney', [['AEST', 'AEDT'], -36_000, '1970-01-01T10:00:00', 'AEDT']],
    ['EST5EDT,M3.2.0,M11.1.0', [['EST', 'EDT'], 18_000, '1969-12-31T19:00:00', 'EST']],
    [':UTC', [['UTC', 'UTC'], 0, '1970-01-01T00:00:00', 'UTC']],
    ['No/Where', [['No', 'No'], 0, '1970-01-01T00:00:00', 'No']],
  ] as const) {
    it(`that is ${zone} when the process starts is its local time`, async () => {
      const expected = zone === 'No/Where' ? [['', ''], 0, '1970-01-01T00:00:00', ''] : told;
      assert.deepEqual(await answerOf(TOLD, { variables: { TZ: zone } }), expected);
    });
  }

  for (const platform of ['lambda-2016', 'openwhisk-flask', 'fn']) {
    it(`decides on ${platform} as well, and is UTC where it is not set`, async () => {
      const source = `import os, time
def lambda_handler(event, context=None):
    before = [time.tzname, time.strftime("%Z %H", time.localtime(0))]
    os.environ["TZ"] = "Europe/London"
    time.tzset()
    return {"body": [before, time.tzname, time.strftime("%Z %H", time.localtime(0))]}
main = lambda_handler
def handler(ctx, data=None):
    return str(lambda_handler(data)["body"])
`;
      const file =
        platform === 'fn' ? 'func.py' : platform === 'openwhisk-flask' ? '__main__.py' : 'lambda_function.py';
      const [environment] = await runHandler(source, { platform, file, timeout: 60_000 });
      const outcome = environment?.runs[0]?.outcome;
      assert.ok(outcome !== undefined && 'payload' in outcome);
      const words = outcome.payload.replaceAll(/["'()[\]\\{}\s]/g, '');
      assert.match(words, /UTC,UTC,UTC00,GMT,BST,BST01/);
    });
  }

  it('counts when `tzset` is called, or `mktime`, and not before', async () => {
    const source = `import os, time
def lambda_handler(event, context):
    told = []
    def tell():
        told.append([time.tzname[0], time.strftime("%H:%M %Z", time.localtime(0))])
    tell()
    for zone in ["Asia/Tokyo", "JST-9", "NZST-12NZDT,M9.5.0,M4.1.0/3", "America/Sao_Paulo"]:
        os.environ["TZ"] = zone
        tell()
        time.tzset()
        tell()
    del os.environ["TZ"]
    told.append(time.mktime((1970, 1, 1, 0, 0, 0, 0, 0, 0)))
    tell()
    return told
`;
    assert.deepEqual(await answerOf(source), [
      ['UTC', '00:00 UTC'],
      ['UTC', '00:00 UTC'],
      ['JST', '09:00 JST'],
      ['JST', '09:00 JST'],
      ['JST', '09:00 JST'],
      ['JST', '09:00 JST'],
      ['NZST', '13:00 NZDT'],
      ['NZST', '13:00 NZDT'],
      ['-03', '21:00 -03'],
      0,
      ['-03', '00:00 UTC'],
    ]);
  });
});

/** Zones and moments; clocks that show a time twice are asked with which of the two is meant, as C remembers what it met before. */
const COMPARED = `import datetime, email.utils, json, os, time
ZONES = """America/New_York Europe/Berlin Australia/Lord_Howe Australia/Sydney America/Sao_Paulo Asia/Kathmandu
Europe/Dublin Africa/Casablanca :Asia/Tokyo Pacific/Apia US/Pacific Asia/Gaza Antarctica/Troll Etc/GMT-14 EST5EDT
EST5EDT,M3.2.0,M11.1.0 JST-9 <+0330>-3:30 UTC+3 EST+5:30:15 XXX3YYY,J60/2,J300/-3 XXX3YYY,59,299
NZST-12NZDT,M9.5.0,M4.1.0/3 <-03>3<-02>,M3.5.0/-2,M10.5.0/-1 No/Where Nope Asia UTC""".split()
TIMES = [0, 10**9, 1625097600, 1700000000, -2**33, -2**31 - 5, -10**9, 4102444800, 32503680000, 1478415600, 1489906800]
DAYS = [(2021, 7, 1, 0, 0), (2021, 1, 1, 12, 0), (1975, 5, 5, 5, 5), (2100, 7, 7, 7, 7), (2021, 13, 40, 30, -5)]
def lambda_handler(event, context):
    told = {}
    for zone in ZONES:
        os.environ["TZ"] = zone
        time.tzset()
        local = [time.localtime(moment) for moment in TIMES]
        stamp = datetime.datetime.fromtimestamp
        told[zone] = [
            [time.tzname, time.timezone, time.altzone, time.daylight],
            [[list(one), one.tm_zone, one.tm_gmtoff, time.strftime("%Z %z %c", one)] for one in local],
            [time.mktime((*day, 0, 0, 0, dst)) for day in DAYS for dst in (-1, 0, 1)],
            [time.mktime((2021, 11, 7, 1, 30, 0, 0, 0, dst)) for dst in (0, 1)],
            [stamp(moment).isoformat() for moment in TIMES],
            [stamp(moment, datetime.timezone.utc).astimezone().isoformat() for moment in TIMES],
            [datetime.datetime(2021, 11, 7, 1, 30, fold=fold).timestamp() for fold in (0, 1)],
            [email.utils.formatdate(1625097600, localtime=True), time.ctime(1625097600)],
        ]
    return told
`;

const PYTHON = findPython();

describe('local time', () => {
  const skip = PYTHON === null ? 'there is no CPython 3.11 or newer here' : false;
  it('is to the second and the name what a Python on Linux makes of the same zones', { skip }, async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'zones-'));
    try {
      for (const [name, bytes] of Object.entries(unpackZones(await readZones()))) {
        await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
        await writeFile(path.join(folder, name), bytes);
      }
      const program = `${COMPARED}print(json.dumps(lambda_handler(None, None)))\n`;
      const env = { ...process.env, TZDIR: path.join(folder, ZONE_FOLDER) };
      const { stdout, stderr } = spawnSync(PYTHON ?? '', ['-c', program], { env, encoding: 'utf8' });
      assert.equal(stderr, '');
      assert.deepEqual(
        await answerOf(COMPARED, { world: 'real', limits: { events: 0, output: 1000 } }),
        JSON.parse(stdout),
      );
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

describe('zoneinfo', () => {
  it('finds every zone, and says of an unknown one that there is none', async () => {
    const source = `from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones
from datetime import datetime, timezone
def lambda_handler(event, context):
    names = available_timezones()
    moment = datetime(2024, 7, 1, tzinfo=timezone.utc)
    told = [str(ZoneInfo("UTC")), moment.astimezone(ZoneInfo("Asia/Tokyo")).isoformat()]
    told.append(moment.astimezone(ZoneInfo("America/Santiago")).tzname())
    told.append([len(names) > 550, "Europe/Paris" in names, "US/Eastern" in names, "posix/UTC" in names])
    try:
        ZoneInfo("Mars/Olympus")
    except ZoneInfoNotFoundError as error:
        told.append(str(error))
    return told
`;
    assert.deepEqual(await answerOf(source), [
      'UTC',
      '2024-07-01T09:00:00+09:00',
      '-04',
      [true, true, true, false],
      "'No time zone found with key Mars/Olympus'",
    ]);
  });

  const COMPUTED = `import importlib
def lambda_handler(event, context):
    try:
        zones = importlib.import_module("".join(["zone", "info"]))
        return zones.ZoneInfo("Asia/Tokyo").utcoffset(None) is None and str(zones.ZoneInfo("Asia/Tokyo"))
    except ImportError as error:
        return str(error)
`;

  it('that only the run computes waits for the zones where Python can be suspended', async () => {
    assert.equal(await answerOf(COMPUTED), 'Asia/Tokyo');
  });

  it('that only the run computes is a sentence that says what to do where Python cannot be suspended', async () => {
    assert.match(
      String(await answerOf(COMPUTED, { waiting: 'queue' })),
      /names zoneinfo, tzset or TZ.*and run again$/,
    );
  });
});

describe('a zone that only the run computes', () => {
  const COMPUTED = `import os, time
def lambda_handler(event, context):
    os.environ["T" + "Z"] = event
    try:
        getattr(time, "tz" + "set")()
    except OSError as error:
        return str(error)
    return time.tzname
`;
  const chosen = { events: ['"Asia/Tokyo"'] };

  it('waits for the zones where Python can be suspended, and their folder is as protected as any', async () => {
    assert.deepEqual(await answerOf(COMPUTED, chosen), ['JST', 'JST']);
    const writing = COMPUTED.replace(
      'return time.tzname',
      'return os.access("/usr/share/" + "zone" + "info/UTC", os.R_OK), open("/usr/share/zone" + "info/x", "w")',
    );
    const outcome = await answerOf(writing, { ...chosen, platform: 'lambda-2016' });
    assert.match(JSON.stringify(outcome), /Read-only file system/);
  });

  it('is a sentence where Python cannot be suspended', async () => {
    assert.match(String(await answerOf(COMPUTED, { ...chosen, waiting: 'queue' })), /and run again$/);
    assert.deepEqual(await answerOf(COMPUTED, { events: ['"UTC"'], waiting: 'queue' }), ['UTC', 'UTC']);
  });
});
