/**
 * What a page hands to its labs. Writers: the components (`src/components/lab/`), as JSON beside the markup.
 * Readers: the elements. Page and script come from one build, so the shapes are trusted.
 */
import type { Asset, SandboxAssets } from '../sandbox/assets.ts';
import { applyToBuckets, type Bucket } from '../trace/buckets.ts';
import type { Owner, RecordedRun, TraceEvent } from '../trace/format.ts';
import { eventsToMessages } from '../trace/messages.ts';
import type { FileContent } from '../trace/file-content.ts';
import type { FunctionSetup, Recording } from '../trace/recording.ts';
import type { Stop } from '../trace/stops.ts';
import { broughtToLab, type DiskFacts } from './brought-labs.ts';
import type { Places } from './output/frame-links.ts';
import type { ViewName, ViewState } from './session.ts';
import type { LabWords } from './words.ts';

/** The id of the script element that holds the `LabPage`. */
export const PAGE_SCRIPT_ID = 'lab-page';

/** What the ids of the script elements begin with that hold a `LabDisk`. */
export const DISK_SCRIPT = 'lab-disk';

/** What all labs of a page share, as the page writes it: what a platform's labs need beside it is with their disk. */
export type WrittenLabPage = Omit<LabPage, 'assets'> & { readonly assets: Omit<SandboxAssets, 'platforms'> };

/** What all labs of a page share. */
export interface LabPage {
  /** The site's base, with a slash at its end. */
  readonly base: string;
  readonly language: string;
  readonly words: LabWords;
  readonly owners: Readonly<Record<Owner, string>>;
  readonly assets: SandboxAssets;
  /** What the addresses of moments' pages begin with: the lab's id and the stop's name follow. */
  readonly moments: string;
  /** The address of the list of errors, which a lab fetches when a run has ended in one. */
  readonly errors: string;
  /** The address of what a lab needs for links, which it fetches when it is asked for one or opens one. */
  readonly links: string;
  /**
   * On an embed page the address of the page that the lab is from: addresses for others lead there. Such a page may be one of
   * many beside one another: it prepares nothing before Run, and shares room for environments with the others.
   */
  readonly embedOf?: string;
}

/** What one lab runs, and the recorded run that it shows first. */
export interface LabData {
  readonly platform: string;
  readonly setup: FunctionSetup;
  readonly task: Readonly<Record<string, FileContent>>;
  readonly recorded: RecordedRun;
  readonly places: Places;
  /** Ids that the lab had before it moved, where it has. */
  readonly former?: readonly string[];
  readonly stops: readonly LabStop[];
  /** The address of the recorded run with all its events; null when `recorded` has them all. */
  readonly trace: string | null;
  /** The views beside the code, as the page shows them at first. */
  readonly view: ViewState;
  /** There where the playground could not do what this lab does (`link/playground-record.ts`). */
  readonly isClosed?: true;
  /** There where files and setup are the reader's to choose: on the playground. */
  readonly bench?: LabBench;
}

/** A lab whose function is the reader's own. */
export interface LabBench {
  /** The setup as a text (`playground/setup-text.ts`): so it is kept, compared and brought back as the others are. */
  readonly setup: string;
  /** The folder of layers, where the platform has one. */
  readonly layers: string | null;
}

/** A lab's data as the page writes it: what many labs have alike, their disk, stands in a script element of its own. */
export interface WrittenLabData extends LabData {
  /** The id of the script element with the `LabDisk`. */
  readonly disk: string;
}

/** What labs of a platform have alike: its files on their disk, and its variables. */
export interface LabDisk extends DiskFacts {
  readonly platform: string;
  /** What a run on it fetches: a page knows of the platforms that its labs are of. */
  readonly asset: Asset | null;
}

/** An author's stop as a lab needs it: its words are in the markup. */
export type LabStop = Pick<Stop, 'name' | 'at'>;

/** Characters of JSON that a run may have and still come with the page: a larger one is fetched at the first step. */
const MAX_INLINE = 8000;

/** Where a lab's recording is shown, and how. */
export interface LabPlace {
  /** The lab's. */
  readonly id: string;
  /** The platform's text files with the addresses of their pages. */
  readonly image: Places['image'];
  /** The address of the whole run. */
  readonly trace: string;
  /** The views that the author has named, and the one that is open. */
  readonly named: readonly ViewName[];
  readonly open: ViewName;
  /** True for a lab that waits behind another one: nobody may ever step in it, so not even a small run comes with the page. */
  readonly waits?: boolean;
  /** Characters of the function's output that come with the page, where it has a bound: all of it comes with the whole run. */
  readonly maxOutput?: number;
}

/** The part of a recording that a lab needs: its first run, and of that, when it is a large one, the events that reach the log. */
export function recordingToLabData(recording: Recording, place: LabPlace): LabData {
  const { platform, setup, task, compiledFrom, taskRoot, runs } = recording;
  const { id, image, trace, named, open, waits = false, maxOutput = Infinity } = place;
  const first = runs[0];
  if (first === undefined) throw new Error(`The recording of ${recording.example} has no run.`);
  if (first.outcome.status === 'limited' || first.outcome.status === 'crashed') {
    throw new Error(`The recording of ${recording.example} did not come to an end of its own.`);
  }
  const isSmall = !waits && JSON.stringify(first).length <= MAX_INLINE;
  const events = isSmall
    ? first.events
    : first.events.filter(({ kind }) => kind === 'output' || kind === 'cut' || kind === 'absence');
  const texts = Object.entries(task).filter(([, content]) => 'text' in content);
  const places: Places = {
    taskRoot,
    task: Object.fromEntries(texts.map(([path], index) => [path, `${id}-file-${String(index + 1)}`])),
    image,
    compiledNames: Object.values(compiledFrom).map(({ path }) => path),
  };
  return {
    platform,
    setup,
    task,
    recorded: { ...first, events: isSmall ? events : cutOutput(events, maxOutput) },
    places,
    stops: recording.stops.map(({ name, at }) => ({ name, at })),
    trace: isSmall ? null : trace,
    view: { open, named, counts: countViews(first), more: false },
  };
}

/** The events with no more characters of the function's output than so many, and a word on the rest where there is one. */
function cutOutput(events: readonly TraceEvent[], limit: number): readonly TraceEvent[] {
  let left = limit;
  return events.flatMap((event): readonly TraceEvent[] => {
    if (event.kind === 'cut' && event.what === 'output') return left < 0 ? [] : [event];
    // The platform's own lines are not counted, as in a run that is cut while it goes on.
    if (event.kind !== 'output' || event.stream === 'platform') return [event];
    if (left < 0) return [];
    const text = event.text.slice(0, left);
    left -= event.text.length;
    return left >= 0
      ? [event]
      : [
          { ...event, text },
          { kind: 'cut', what: 'output', limit },
        ];
  });
}

/** How much each view holds at the end of a run, on a disk and in buckets that were fresh when it began. */
function countViews({ events }: RecordedRun): ViewState['counts'] {
  const files = new Set<string>();
  const buckets = new Map<string, Bucket<string>>();
  for (const event of events) {
    if (event.kind === 'file') {
      if (event.size === null) files.delete(event.path);
      else files.add(event.path);
    } else if (event.kind === 'bucket' || event.kind === 'object')
      applyToBuckets(buckets, event, ({ key }) => key);
  }
  const objects = [...buckets.values()].reduce((sum, bucket) => sum + bucket.objects.size, 0);
  return {
    output: 1,
    stack: 1,
    messages: eventsToMessages(events).length,
    files: files.size,
    bucket: objects,
  };
}

/** What the page says to all its labs. */
export function readLabPage(document: Document): LabPage {
  const page = readJson(document.getElementById(PAGE_SCRIPT_ID)) as WrittenLabPage;
  const disks = Array.from(
    document.querySelectorAll(`script[id^="${DISK_SCRIPT}-"]`),
    (script) => readJson(script) as LabDisk,
  );
  const platforms = Object.fromEntries(
    disks.flatMap(({ platform, asset }) => (asset === null ? [] : [[platform, asset] as const])),
  );
  return { ...page, assets: { ...page.assets, platforms } };
}

/** What the page says to one lab, from the script element inside it, and of its disk from the one that labs share. */
export function readLabData(lab: Element): LabData {
  const data = readWritten(lab);
  const { pages, variables } = readDisk(lab, data);
  return {
    ...data,
    places: { ...data.places, image: pages },
    setup: { ...data.setup, variables: { ...variables, ...data.setup.variables } },
    // No run of what somebody brings was ever recorded.
    ...(broughtToLab(lab) !== null && { recorded: { ...data.recorded, events: [] }, trace: null }),
  };
}

/** What the page says of one lab's disk. */
export function readLabDisk(lab: Element): LabDisk {
  return readDisk(lab, readWritten(lab));
}

function readWritten(lab: Element): WrittenLabData {
  return readJson(lab.querySelector(':scope > script[type="application/json"]:not([id])')) as WrittenLabData;
}

function readDisk(lab: Element, { disk }: WrittenLabData): LabDisk {
  const own = readJson(lab.ownerDocument.getElementById(disk)) as LabDisk;
  return { ...own, ...broughtToLab(lab)?.over(own) };
}

function readJson(script: Element | null): unknown {
  if (script === null) throw new Error('The page does not hold the data that its lab needs.');
  return JSON.parse(script.textContent);
}
