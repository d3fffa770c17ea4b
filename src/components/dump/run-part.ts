/** The part of the page that runs what was brought: a button, and what comes of it. */
import { makeElement } from '../../lab/make-element.ts';
import { openBenches, type RunBenches } from './run-benches.ts';
import type { ResultOptions } from './result-options.ts';
import { buttonOf, sentenceToNodes } from './write.ts';

/** The part. */
export class RunPart {
  readonly root = makeElement(document, 'section', 'dump-part dump-run');
  readonly #options: ResultOptions;
  readonly #status = makeElement(document, 'p', 'dump-note');
  #benches: RunBenches | null = null;

  constructor(options: ResultOptions) {
    this.#options = options;
    const { run } = options.data.words.page;
    const title = makeElement(document, 'h2', '', run.title);
    title.id = 'dump-run';
    this.root.setAttribute('aria-labelledby', title.id);
    this.#status.role = 'status';
    const says = makeElement(document, 'p', 'dump-note');
    this.root.append(title, says, this.#status);
    if (options.summary.found === null) {
      const { isCompiledOnly } = options.summary;
      says.append(...sentenceToNodes(isCompiledOnly ? options.data.words.notRun.compiled : run.noRuntime));
      return;
    }
    // One of Python 2 is told of at once, and the model of its time is there.
    const isRun = options.summary.found.python?.startsWith('2.') !== true;
    says.append(...sentenceToNodes(isRun ? run.says : options.data.words.notRun.python2));
    const button = buttonOf('button is-main', isRun ? run.go : run.model, () => {
      button.disabled = true;
      void this.#begin().then((isBegun) => {
        button.disabled = false;
        button.hidden = isBegun;
      });
    });
    this.#status.before(button);
  }

  /** Ends what runs. */
  end(): void {
    this.#benches?.end();
  }

  async #begin(): Promise<boolean> {
    const { data, summary, models, host } = this.#options;
    const { run } = data.words.page;
    this.#status.textContent = run.busy;
    try {
      if (summary.found === null) return false;
      const benches = await openBenches(this.#options, summary.found, models, host);
      this.#status.textContent = '';
      // Another dump may have come meanwhile.
      if (!this.root.isConnected) return false;
      this.#benches = benches;
      this.root.append(benches.root);
      benches.begin();
      return true;
    } catch {
      this.#status.textContent = data.words.page.noModel;
      return false;
    }
  }
}
