/** The benches of a brought runtime: its own, the model's beside it, and both moment by moment. */
import '../code/last-line.ts';
import '../../lab/code/lab-editable.ts';
import '../../lab/code/lab-code.ts';
import '../../lab/messages/lab-messages.ts';
import '../../lab/output/lab-output.ts';
import '../../lab/predict/lab-prediction.ts';
import '../../lab/storage/lab-storage.ts';
import '../../lab/stack/lab-stack.ts';
import '../../lab/time/lab-stepper.ts';
import harness from 'virtual:brought-harness';
import { platformOf } from '../../dump/brought-runtime.ts';
import type { FoundRuntime } from '../../dump/find-runtime.ts';
import { broughtNoteToSentence, noteToSentence } from '../../dump/note-sentences.ts';
import type { AttemptedRun } from '../../exercise/attempted-run.ts';
import { diskForLab, fileOnDisk, type BroughtDisk } from '../../lab/brought-disk.ts';
import { bringToLab } from '../../lab/brought-labs.ts';
import { SourceBlock } from '../../lab/code/source-block.ts';
import { colourSoon } from '../../lab/code/colour-soon.ts';
import { EVENT } from '../../lab/code/text-names.ts';
import { send } from '../../lab/events.ts';
import { findPart } from '../../lab/find-part.ts';
import { LabRoot } from '../../lab/lab-root.ts';
import { makeElement } from '../../lab/make-element.ts';
import type { ModelFiles } from '../../lab/model-files.ts';
import { DISK_SCRIPT } from '../../lab/page-data.ts';
import { LabPair, type LivingSide } from '../../lab/pair/lab-pair.ts';
import { eventsToNotes } from '../../trace/format.ts';
import { ownValue } from '../../trace/own-value.ts';
import type { DumpHost } from './dump-host.ts';
import { BENCH } from './page-data.ts';
import type { ResultOptions } from './result-options.ts';
import { buttonOf, sentenceToNodes } from './write.ts';

/** The beginning of a bench's ids, unless it's in the id of a disk. */
const SHARED_BENCH = new RegExp(`(?<!${DISK_SCRIPT}-)${BENCH}`, 'g');

/** One lab on a disk of its own, with its last run. */
interface Bench {
  readonly lab: LabRoot;
  readonly disk: BroughtDisk;
  readonly title: string;
  ran: { readonly run: AttemptedRun; readonly texts: Readonly<Record<string, string>> } | null;
}

/** Makes the benches for a runtime. Rejects where the model's files can't be had. */
export async function openBenches(
  options: ResultOptions,
  found: FoundRuntime,
  models: ModelFiles,
  host: DumpHost,
): Promise<RunBenches> {
  const platform = platformOf(found);
  const base = await models.of(platform);
  const brought = await host.ask('platform', { base: { ...base, harness } });
  const benches = new RunBenches(options, platform, base);
  if (brought.runs) {
    const { notes, page } = options.data.words;
    benches.bring({ description: brought.platform, files: brought.image });
    benches.note(
      page.run.notes,
      brought.notes.map((note) => broughtNoteToSentence(note, notes)),
    );
  } else {
    benches.refuse();
  }
  return benches;
}

/** The benches. */
export class RunBenches {
  readonly root = makeElement(document, 'div', 'dump-benches');
  readonly #options: ResultOptions;
  readonly #platform: 'lambda-today' | 'lambda-2016';
  readonly #base: BroughtDisk;
  #own: Bench | null = null;
  #model: Bench | null = null;
  #pair: HTMLElement | null = null;
  readonly #runNotes = makeElement(document, 'div', 'dump-run-notes');
  readonly #beside = makeElement(document, 'div', 'dump-beside');
  readonly #status = makeElement(document, 'p', 'dump-note');

  constructor(options: ResultOptions, platform: 'lambda-today' | 'lambda-2016', base: BroughtDisk) {
    this.#options = options;
    this.#platform = platform;
    this.#base = base;
    this.#status.role = 'status';
  }

  get #words(): ResultOptions['data']['words']['page']['run'] {
    return this.#options.data.words.page.run;
  }

  /** The brought runtime gets a bench, and below it a way to the model's. */
  bring(disk: BroughtDisk): void {
    const words = this.#words;
    const own = (this.#own = this.#bench('brought', disk, words.yours));
    own.lab.addEventListener('lab-ran', ({ detail: { events } }) => {
      const { notes } = this.#options.data.words;
      const sentences = eventsToNotes(events).map((note) => noteToSentence(note, notes));
      this.#runNotes.replaceChildren();
      this.#addNotes(this.#runNotes, words.runNotes, [...new Set(sentences)]);
    });
    const both = buttonOf('button is-main', words.both, async () => {
      both.disabled = true;
      await this.#runBoth();
      both.disabled = false;
    });
    const bar = makeElement(document, 'p', 'dump-bar');
    bar.append(both);
    this.root.append(own.lab, this.#runNotes, bar, this.#status, this.#beside);
  }

  /** A runtime that isn't run: the model of its time is there. */
  refuse(): void {
    this.#model = this.#bench('model', this.#base, this.#modelTitle);
    this.root.append(this.#model.lab);
  }

  /** Sentences above the benches. */
  note(title: string, sentences: readonly string[]): void {
    const about = makeElement(document, 'div', 'dump-run-notes');
    this.#addNotes(about, title, sentences);
    this.root.prepend(about);
  }

  /** They are in the page: the runtime runs once. */
  begin(): void {
    const bench = this.#own ?? this.#model;
    if (bench !== null) send(bench.lab, 'lab-run');
  }

  /** Ends what runs. */
  end(): void {
    this.root.remove();
  }

  get #modelTitle(): string {
    return this.#options.data.models[this.#platform];
  }

  #addNotes(to: HTMLElement, title: string, sentences: readonly string[]): void {
    if (sentences.length === 0) return;
    const list = makeElement(document, 'ul', 'dump-notes');
    for (const sentence of sentences) {
      const item = makeElement(document, 'li', '');
      item.append(...sentenceToNodes(sentence));
      list.append(item);
    }
    to.append(makeElement(document, 'h3', '', title), list);
  }

  #bench(kind: 'brought' | 'model', disk: BroughtDisk, title: string): Bench {
    const lab = this.#take(`#${BENCH}${this.#platform}`, `dump-${kind}-`);
    if (!(lab instanceof LabRoot)) throw new Error('The page does not hold its benches.');
    bringToLab(lab, diskForLab(disk, this.#words.notKept));
    lab.removeAttribute('hidden');
    // No run of this bench was recorded: what it came with is of another one.
    lab.classList.add('is-fresh');
    lab.querySelector('.bench-acts .more')?.remove();
    for (const name of lab.querySelectorAll('.bench-platform > span')) name.textContent = title;
    // Two benches of one handler are told apart by whose runtime it is, on a phone as well.
    const head = findPart(lab, '.bench-title', HTMLElement);
    head.querySelector('.bench-run-it')?.remove();
    head.prepend(makeElement(document, 'span', 'visually-hidden', `${title} `));
    const bench: Bench = { lab, disk, title, ran: null };
    lab.addEventListener('lab-ran', ({ detail: run }) => {
      if (run.events.length > 0) lab.classList.remove('is-fresh');
      bench.ran = { run, texts: lab.texts };
    });
    return bench;
  }

  /** A copy of what the page holds; its ids begin with `prefix`, for there are two benches of a platform. */
  #take(selector: string, prefix: string = BENCH): HTMLElement | null {
    const found = this.#options.benches.content.querySelector(selector);
    if (found === null) return null;
    const template = document.createElement('template');
    // What labs share, their disk, is in the page by its own id.
    template.innerHTML = found.outerHTML.replaceAll(SHARED_BENCH, prefix);
    const [copy] = document.importNode(template.content, true).children;
    return copy instanceof HTMLElement ? copy : null;
  }

  /** The same handler and event on the model; then both, side by side. */
  async #runBoth(): Promise<void> {
    const own = this.#own;
    if (own === null) return;
    const words = this.#words;
    this.#status.textContent = words.runningBoth;
    this.#pair?.remove();
    this.#pair = null;
    if (own.lab.isBusy) await endOfRun(own.lab);
    const texts = own.lab.texts;
    const isHandlers = (name: string): boolean =>
      name === EVENT || name.startsWith(`${this.#base.description.task}/`);
    const shared = Object.fromEntries(Object.entries(texts).filter(([name]) => isHandlers(name)));
    const model = (this.#model ??= this.#bench('model', this.#base, this.#modelTitle));
    if (!model.lab.isConnected) {
      this.#beside.append(makeElement(document, 'h3', '', this.#modelTitle), model.lab);
    }
    model.lab.host.texts.put(shared);
    const event = shared[EVENT] ?? '{}';
    // Both begin cold: a warm run has no start to show beside a cold one's.
    for (const { lab } of [own, model]) {
      if (lab.isBusy) await endOfRun(lab);
      await lab.attempt([event], () => false);
    }
    this.#status.textContent = '';
    const sides = [own, model].flatMap((bench) => this.#side(bench));
    const [left, right] = sides;
    if (left === undefined || right === undefined) return;
    this.#pair = this.#pairOf(left, right, shared);
    if (this.#pair !== null) this.#beside.prepend(this.#pair);
  }

  #side({ lab, disk, title, ran }: Bench): LivingSide[] {
    if (ran === null || ran.run.events.length === 0) return [];
    const { data, page } = lab.host;
    return [
      {
        run: ran.run,
        title,
        places: data.places,
        fileOf: (path) => fileOnDisk(disk, path),
        words: page.words,
        open: this.#words.step,
      },
    ];
  }

  #pairOf(left: LivingSide, right: LivingSide, texts: Readonly<Record<string, string>>): HTMLElement | null {
    const pair = this.#take('lab-pair');
    if (!(pair instanceof LabPair)) return null;
    const titles = [left.title, right.title];
    pair.querySelector('.bench-acts .more')?.remove();
    findPart(pair, '.bench-title', HTMLElement).textContent = this.#words.pair;
    for (const [index, side] of [...pair.querySelectorAll<HTMLElement>('.pair-side')].entries()) {
      const title = titles[index] ?? '';
      side.setAttribute('aria-label', title);
      findPart(side, '.pair-title', HTMLElement).textContent = title;
      const name = pair.querySelectorAll<HTMLElement>('.pair-switch .tab-name')[index];
      if (name !== undefined) {
        name.textContent = title;
        name.dataset.name = title;
      }
      for (const sheet of side.querySelectorAll<HTMLElement>('.pane-code .sheet')) {
        const path = sheet.dataset.name ?? '';
        const block = SourceBlock.ofText(ownValue(texts, path) ?? '', path).element;
        colourSoon(block, path);
        sheet.querySelector('pre.code')?.replaceWith(block);
      }
    }
    pair.bring([left, right]);
    return pair;
  }
}

function endOfRun(lab: LabRoot): Promise<void> {
  return new Promise((resolve) => {
    lab.addEventListener(
      'lab-ran',
      () => {
        resolve();
      },
      { once: true },
    );
  });
}
