/**
 * The words of a lab in the reader's language. They come with the page (`lab` in `content/ui`), so that
 * an element holds no language; here is only how they are chosen and filled.
 */
import type { Phase } from '../trace/format.ts';
import type { Lane } from '../trace/messages.ts';

/** A text for each of the forms that a language's plural may ask for. */
export type Plural = Readonly<Record<'one' | 'other', string>>;

/** What is said of the code of a module, and of a function. */
type Entry = Readonly<Record<'module' | 'script' | 'function', string>>;

export interface LabWords {
  readonly status: {
    readonly loading: string;
    readonly starting: string;
    readonly running: string;
    readonly finished: Plural;
    readonly stopped: string;
    readonly reset: string;
    readonly copied: string;
    readonly notCopied: string;
  };
  readonly source: {
    readonly recorded: string;
    readonly cold: string;
    readonly warm: string;
    readonly before: string;
  };
  readonly edit: {
    readonly kept: string;
    readonly notKept: string;
    readonly older: string;
    readonly restored: string;
    readonly event: string;
    readonly badEvent: string;
    readonly badEventAt: string;
    readonly noEditor: string;
  };
  readonly outcome: {
    readonly waiting: string;
    readonly returned: string;
    readonly completed: string;
    readonly raised: string;
    readonly exited: string;
    readonly 'timed-out': string;
    readonly crashed: string;
    readonly milliseconds: string;
    readonly memory: string;
    readonly stopped: string;
  };
  /** What a sandbox in a browser lacks, for whoever has just met the lack. */
  readonly lack: Readonly<Record<'threads' | 'processes' | 'network', string>>;
  /** `wasKept` and `wasGone` tell of a recorded run: none of the reader's own follows it. `everCold` is true of both. */
  readonly environment: Readonly<
    Record<'kept' | 'repeated' | 'gone' | 'wasKept' | 'wasGone' | 'everCold', string>
  >;
  readonly problem: {
    readonly missing: string;
    readonly unreachable: string;
    readonly damaged: string;
    readonly stalled: string;
    readonly insecure: string;
    readonly noWebAssembly: string;
    readonly frameBlocked: string;
    readonly workerBlocked: string;
    readonly bootStalled: string;
    readonly crashed: string;
    readonly page: string;
    readonly unknown: string;
  };
  /** What a frame of a printed stack is and does, by where it leads; `noFile` is written behind one that leads nowhere. */
  readonly frame: Readonly<Record<'task' | 'image' | 'nowhere' | 'library' | 'noFile', string>>;
  /** What is said of a step, of its frames and its file; `new`, `changed` and `gone` are words for a local. */
  readonly step: Readonly<
    Record<
      | 'value'
      | 'position'
      | 'entering'
      | 'running'
      | 'calling'
      | 'returning'
      | 'raising'
      | 'end'
      | 'place'
      | 'returns'
      | 'raises'
      | 'locals'
      | 'noLocals'
      | 'noFrames'
      | 'ended'
      | 'deeper'
      | 'cut'
      | 'new'
      | 'changed'
      | 'gone'
      | 'runTo'
      | 'noSource'
      | 'noTrace'
      | 'later'
      | 'linkCopied',
      string
    >
  >;
  readonly line: Readonly<Record<'cut' | 'crash' | 'tail' | 'whole', string>>;
  /** The diagram of what crossed; `{name}` stands where the language has the function's name. */
  readonly messages: {
    readonly lanes: Readonly<Record<Lane, string>>;
    readonly way: string;
    readonly phases: Readonly<Record<Phase, string>>;
    readonly about: Readonly<Record<Phase, string>>;
    readonly call: Entry;
    readonly return: Entry;
    readonly raise: Entry;
    readonly cut: string;
    readonly more: string;
    readonly go: string;
  };
  readonly storage: StorageWords;
}

/** What the panes Files and Bucket say. */
export interface StorageWords {
  /** Behind a file: what the run has made of it. `now` at the very step. */
  readonly change: Readonly<Record<'new' | 'changed' | 'now', string>>;
  readonly download: string;
  readonly close: string;
  readonly noBuckets: string;
  readonly noObjects: string;
  readonly about: string;
  readonly metadata: string;
  readonly native: string;
  readonly binary: string;
  readonly empty: string;
  readonly tooLarge: string;
  readonly packing: string;
  readonly packed: Plural;
  /** The end of a download that lacks something, and what it lacks. */
  readonly packedBut: string;
  readonly leftOut: Plural;
  readonly notPacked: string;
  readonly notSaved: string;
  readonly stopPacking: string;
  readonly unreachable: string;
  readonly nothing: string;
}

export type Values = Readonly<Record<string, string | number>>;

/** A text with its `{names}` replaced; a name without a value stays as it is written. */
export function fillWords(text: string, values: Values): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

/** The form that goes with a number, with `{count}` replaced as the language writes numbers. */
export function fillPlural(forms: Plural, count: number, language: string): string {
  const form = new Intl.PluralRules(language).select(count) === 'one' ? 'one' : 'other';
  return fillWords(forms[form], { count: new Intl.NumberFormat(language).format(count) });
}

/** Bytes as megabytes with one decimal, as the language writes them: `2.1`. */
export function bytesToMegabytes(bytes: number, language: string): string {
  return new Intl.NumberFormat(language, { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(
    bytes / 1_000_000,
  );
}

/** A size in bytes, exact, as the language writes it: `18,740 bytes`. */
export function sizeToText(bytes: number, language: string): string {
  return new Intl.NumberFormat(language, { style: 'unit', unit: 'byte', unitDisplay: 'long' }).format(bytes);
}

/** A moment of the day, in UTC: what S3 tells is told so as well. */
export function momentToClock(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(11, 19);
}

/** Milliseconds as seconds with no more decimals than it takes: `10`, `1.5`. */
export function millisecondsToSeconds(milliseconds: number, language: string): string {
  return new Intl.NumberFormat(language, { maximumFractionDigits: 1 }).format(milliseconds / 1000);
}
