/** `<lab-event-choice>`: the list of events to begin with, above the event of a bench. Their texts come when one is chosen. */
import { EVENT } from '../code/text-names.ts';
import { findPart } from '../find-part.ts';
import { LabRoot } from '../lab-root.ts';
import { fill } from '../words.ts';
import { putTexts } from './bench.ts';
import { LabPlayground } from './lab-playground.ts';

/** The element. */
class LabEventChoice extends HTMLElement {
  #listening = new AbortController();

  connectedCallback(): void {
    this.#listening = new AbortController();
    this.addEventListener(
      'change',
      () => {
        void this.#choose();
      },
      this.#listening,
    );
  }

  disconnectedCallback(): void {
    this.#listening.abort();
  }

  async #choose(): Promise<void> {
    const lab = this.closest('lab-root');
    const playground = this.closest('lab-playground');
    const select = findPart(this, 'select', HTMLSelectElement);
    const { value, selectedOptions } = select;
    const title = selectedOptions[0]?.textContent.trim() ?? '';
    // It does something, and stands for nothing: the event may be edited a moment later.
    select.value = '';
    if (value === '' || !(lab instanceof LabRoot) || !(playground instanceof LabPlayground)) return;
    try {
      const { TEMPLATE_NAMES, templateToText } = await import('./event-templates.ts');
      const name = TEMPLATE_NAMES.find((one) => one === value);
      if (name === undefined) return;
      playground.remember(fill(playground.words.newEvent, { title }));
      putTexts(lab, { ...lab.host.texts.all(), [EVENT]: templateToText(name) });
    } catch {
      lab.host.say(lab.host.page.words.problem.page);
    }
  }
}

customElements.define('lab-event-choice', LabEventChoice);
