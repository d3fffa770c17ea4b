/**
 * The local time of Python's process. Emscripten asks the browser for it, whose zone is the reader's; here C's
 * `localtime` and `mktime` follow the process's own variable TZ, by the zones that lie on its disk, as on Linux. Without the
 * variable it is UTC.
 */
import { calendarAt, daysFrom1970, secondsFrom1970, weekday, type CalendarTime } from './calendar.ts';
import { momentOf, readZoneFile, readZoneText, UTC, type TimeZone } from './time-zone.ts';

/** Where zones lie, unless the variable TZDIR says otherwise. */
export const ZONE_FOLDER = '/usr/share/zoneinfo';

/** What is used of an instance of Emscripten's module. */
interface TimedModule {
  readonly HEAPU8: Uint8Array;
  readonly HEAP32: Int32Array;
  readonly HEAPU32: Uint32Array;
  readonly FS: { readFile(path: string): Uint8Array };
  readonly _tzname: number;
  _getenv(name: number): number;
  stringToNewUTF8(text: string): number;
  UTF8ToString(address: number): string;
}

/** What Emscripten's factory is given, as far as it is used here; it becomes the module. */
interface InstanceSettings {
  instantiateWasm: (imports: { readonly env: Record<string, unknown> }, done: unknown) => unknown;
}

type CreateModule = (settings: InstanceSettings) => Promise<unknown>;

/** An Emscripten factory whose instances have local time of their own. */
export function withLocalTime(createModule: unknown): unknown {
  const create = createModule as CreateModule;
  return (settings: InstanceSettings) => {
    const { instantiateWasm } = settings;
    settings.instantiateWasm = (imports, done) => {
      Object.assign(imports.env, functionsOf(settings as unknown as TimedModule));
      return instantiateWasm(imports, done);
    };
    return create(settings);
  };
}

/** Places of the fields of C's `struct tm`, in words of four bytes. */
const TM = {
  second: 0,
  minute: 1,
  hour: 2,
  day: 3,
  month: 4,
  year: 5,
  weekday: 6,
  yearDay: 7,
  isDst: 8,
  offset: 9,
} as const;
const FIRST_YEAR = 1900;
/** Bytes of the two buffers that C has for names of zones, without the zero at their end. */
const NAME_LENGTH = 16;

/** The functions that Python's C library takes of JavaScript. */
function functionsOf(module: TimedModule): Record<string, unknown> {
  const zone = new ProcessZone(module);
  const write = (tm: number, seconds: number): void => {
    const type = zone.current(seconds);
    const shown = calendarAt(seconds + type.offset);
    const days = daysFrom1970(shown.year, shown.month, shown.day);
    const fields: Record<keyof typeof TM, number> = {
      ...shown,
      year: shown.year - FIRST_YEAR,
      weekday: weekday(days),
      yearDay: days - daysFrom1970(shown.year, 0, 1),
      isDst: type.isDst ? 1 : 0,
      offset: type.offset,
    };
    for (const [name, place] of Object.entries(TM))
      module.HEAP32[tm / 4 + place] = fields[name as keyof typeof TM];
    // C names the zone by one of two buffers, and Python reads it at once.
    writeName(module, module.HEAPU32[module._tzname / 4 + fields.isDst] ?? 0, type.name);
  };
  return {
    // C asks once, before there is a process that could have a zone.
    _tzset_js: (seconds: number, isChanging: number, standard: number, other: number): void => {
      module.HEAP32[seconds / 4] = 0;
      module.HEAP32[isChanging / 4] = 0;
      for (const buffer of [standard, other]) writeName(module, buffer, 'UTC');
    },
    _localtime_js: (seconds: bigint, tm: number): void => {
      write(tm, Number(seconds));
    },
    _mktime_js: (tm: number): bigint => {
      const field = (name: keyof typeof TM): number => module.HEAP32[tm / 4 + TM[name]] ?? 0;
      const shown: CalendarTime = {
        year: field('year') + FIRST_YEAR,
        month: field('month'),
        day: field('day'),
        hour: field('hour'),
        minute: field('minute'),
        second: field('second'),
      };
      zone.set();
      const moment = momentOf(secondsFrom1970(shown), field('isDst'), zone.current);
      write(tm, moment);
      return BigInt(moment);
    },
  };
}

function writeName({ HEAPU8 }: TimedModule, buffer: number, name: string): void {
  // On a boot that has not come so far there are no buffers yet.
  if (buffer === 0) return;
  const bytes = new TextEncoder().encode(name).subarray(0, NAME_LENGTH);
  HEAPU8.set(bytes, buffer);
  HEAPU8[buffer + bytes.length] = 0;
}

/** The zone that the process last set its clocks by: a changed variable counts when C's `tzset` or `mktime` looks at it. */
class ProcessZone {
  current: TimeZone = UTC;
  readonly #module: TimedModule;
  #names: { readonly zone: number; readonly folder: number } | null = null;
  /** What `current` was read from. */
  #source = '';

  constructor(module: TimedModule) {
    this.#module = module;
  }

  /** Looks at the variable. */
  set(): void {
    const { zone, folder } = (this.#names ??= {
      zone: this.#module.stringToNewUTF8('TZ'),
      folder: this.#module.stringToNewUTF8('TZDIR'),
    });
    const text = this.#variable(zone)?.replace(/^:/, '') ?? '';
    if (text === '') {
      this.#source = '';
      this.current = UTC;
      return;
    }
    const path = text.startsWith('/') ? text : `${this.#variable(folder) ?? ZONE_FOLDER}/${text}`;
    if (path === this.#source) return;
    const file = this.#read(path);
    this.#source = file === null ? '' : path;
    this.current = file ?? readZoneText(text);
  }

  #variable(name: number): string | null {
    const address = this.#module._getenv(name);
    return address === 0 ? null : this.#module.UTF8ToString(address);
  }

  #read(path: string): TimeZone | null {
    try {
      return readZoneFile(this.#module.FS.readFile(path));
    } catch {
      // There is no such file; a folder is none either.
      return null;
    }
  }
}
