/**
 * `<lab-function>`: the panel of a bench where the reader sets up their function: its files, the handler's name, time-out, memory
 * and variables. It shows what the lab's texts say, and changes those; it holds nothing of its own.
 */
import type { Draft } from '../code/drafts.ts';
import { EVENT, SETUP } from '../code/text-names.ts';
import { isComposing, takeAsTyped } from '../composing.ts';
import { findPart } from '../find-part.ts';
import { LabRoot } from '../lab-root.ts';
import { makeElement } from '../make-element.ts';
import { fill, type PlaygroundWords } from '../words.ts';
import { placeOf, putTexts } from './bench.ts';
import { followRename, handlerToFiles } from './entry-file.ts';
import { nameToPath, pathToTyped } from './file-names.ts';
import { LabPlayground } from './lab-playground.ts';
import { benchToText, isReserved, isVariableName, textToBench, type BenchSetup } from './setup-text.ts';

/** Seconds that a function may be given, and megabytes. */
const TIMEOUT = { least: 0.1, most: 900 };
const MEMORY = { least: 128, most: 10_240 };

/** The element. */
export class LabFunction extends HTMLElement {
  #listening = new AbortController();
  /** The file whose name is being changed. */
  #renaming: string | null = null;
  /** What the list of files was made of. */
  #drawn = '';

  connectedCallback(): void {
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    const { lab } = this;
    lab.addEventListener(
      'lab-texts',
      () => {
        this.#draw();
      },
      { signal },
    );
    const form = findPart(this, 'form', HTMLFormElement);
    form.addEventListener(
      'submit',
      (event) => {
        event.preventDefault();
        if (this.#renaming === null) this.#add();
        else this.#rename(this.#renaming);
      },
      { signal },
    );
    for (const type of ['input', 'compositionend'] as const)
      form.addEventListener(
        type,
        (event) => {
          const { target } = event;
          // What an input method is still composing is no name yet.
          const isHalf = event instanceof InputEvent && event.isComposing;
          if (target instanceof HTMLInputElement && !isHalf) this.#set(target);
        },
        { signal },
      );
    form.addEventListener(
      'change',
      ({ target }) => {
        if (!(target instanceof HTMLInputElement) || target.type !== 'file') return;
        void this.#playground.addFiles([...(target.files ?? [])]);
        // The same file can be chosen once more.
        target.value = '';
      },
      { signal },
    );
    form.addEventListener(
      'keydown',
      (event) => {
        if (event.key !== 'Escape' || isComposing(event) || this.#renaming === null) return;
        event.stopPropagation();
        this.#endRenaming();
      },
      { signal },
    );
    form.addEventListener(
      'click',
      ({ target }) => {
        const button = target instanceof Element ? target.closest('button') : null;
        if (button !== null) this.#press(button);
      },
      { signal },
    );
  }

  disconnectedCallback(): void {
    this.#listening.abort();
  }

  /** The lab that it is a part of. */
  get lab(): LabRoot {
    const lab = this.closest('lab-root');
    if (!(lab instanceof LabRoot)) throw new Error('A function has a lab around it.');
    return lab;
  }

  get #playground(): LabPlayground {
    const playground = this.closest('lab-playground');
    if (!(playground instanceof LabPlayground)) throw new Error('A function has a playground around it.');
    return playground;
  }

  get #words(): PlaygroundWords {
    return this.#playground.words;
  }

  get #texts(): Draft {
    return this.lab.host.texts.all();
  }

  get #setup(): BenchSetup {
    return textToBench(this.#texts[SETUP] ?? '');
  }

  /** The paths of the function's files. */
  get #files(): readonly string[] {
    const { isPlatforms } = placeOf(this.lab);
    return Object.keys(this.#texts).filter((name) => name !== EVENT && name !== SETUP && !isPlatforms(name));
  }

  #field(name: string): HTMLInputElement {
    return findPart(this, `input[name="${name}"]`, HTMLInputElement);
  }

  #draw(): void {
    const { handler, timeout, memory, variables } = this.#setup;
    const set = (name: string, value: string, isSame: (held: string) => boolean): void => {
      const field = this.#field(name);
      if (!isSame(field.value)) field.value = value;
    };
    set('handler', handler, (held) => held === handler);
    set('timeout', String(timeout / 1000), (held) => Math.round(Number(held) * 1000) === timeout);
    if (memory !== null) set('memory', String(memory), (held) => Number(held) === memory);
    if (JSON.stringify(this.#variablesInRows()) !== JSON.stringify(variables)) {
      findPart(this, '.function-variables', HTMLElement).replaceChildren(
        ...Object.entries(variables).map(([name, value]) => this.#toVariable(name, value)),
      );
    }
    findPart(this.lab, '.bench-title code', HTMLElement).textContent = handler;
    this.#drawFiles();
    this.#drawNote();
  }

  #drawFiles(): void {
    const list = findPart(this, '.function-list', HTMLElement);
    const files = this.#files;
    if (this.#renaming !== null && !files.includes(this.#renaming)) this.#renaming = null;
    // Drawn at every key otherwise, and the focus would be lost.
    const drawn = JSON.stringify([files, this.#renaming]);
    if (drawn === this.#drawn) return;
    this.#drawn = drawn;
    list.replaceChildren(...files.map((path) => this.#toRow(path)));
  }

  #toRow(path: string): HTMLElement {
    const { files } = this.#words;
    const row = makeElement(document, 'li', 'function-file');
    const typed = pathToTyped(path, placeOf(this.lab));
    const button = (act: string, text: string, name: string): HTMLButtonElement => {
      const made = makeElement(document, 'button', 'button is-quiet', text);
      made.type = 'button';
      made.dataset.act = act;
      made.dataset.path = path;
      made.setAttribute('aria-label', name);
      return made;
    };
    if (path === this.#renaming) {
      const input = makeElement(document, 'input', 'function-name');
      input.name = 'name';
      input.value = typed;
      takeAsTyped(input);
      input.setAttribute('aria-label', fill(files.newName, { name: typed }));
      const save = makeElement(document, 'button', 'button', files.save);
      row.append(input, save, button('cancel', files.cancel, files.cancel));
      return row;
    }
    const open = button('open', '', fill(files.open, { name: typed }));
    const code = makeElement(document, 'code', '', typed);
    code.translate = false;
    open.append(code);
    row.append(
      open,
      button('rename', files.rename, fill(files.renameIt, { name: typed })),
      button('remove', files.remove, fill(files.removeIt, { name: typed })),
    );
    return row;
  }

  #toVariable(name: string, value: string): HTMLElement {
    const { variables } = this.#words;
    const row = makeElement(document, 'li', 'function-variable');
    const field = (kind: string, held: string, label: string): HTMLInputElement => {
      const input = makeElement(document, 'input', '');
      input.name = kind;
      input.value = held;
      takeAsTyped(input);
      // More than any platform takes, and no more than a field can draw.
      input.maxLength = 10_000;
      input.setAttribute('aria-label', label);
      input.placeholder = label;
      return input;
    };
    const remove = makeElement(document, 'button', 'button is-quiet', variables.remove);
    remove.type = 'button';
    remove.dataset.act = 'remove-variable';
    remove.setAttribute('aria-label', fill(variables.removeIt, { name: name || variables.name }));
    row.append(
      field('variable-name', name, variables.name),
      field('variable-value', value, variables.value),
      remove,
    );
    return row;
  }

  /** What no run needs to show: that the handler's file is not there. */
  #drawNote(): void {
    const note = findPart(this, '.function-note', HTMLElement);
    const { handler } = this.#setup;
    const { taskRoot, layers } = placeOf(this.lab);
    const wanted = handlerToFiles(handler);
    const roots = [taskRoot, ...(layers === null ? [] : [layers, `${layers}/python`])];
    const isThere = wanted.some((file) =>
      roots.some((root) => Object.hasOwn(this.#texts, `${root}/${file}`)),
    );
    const isMissing = wanted.length > 0 && !isThere;
    note.hidden = !isMissing;
    note.textContent = isMissing ? fill(this.#words.noFile, { handler, file: wanted[0] ?? '' }) : '';
  }

  #press(button: HTMLButtonElement): void {
    const { act, path = '' } = button.dataset;
    this.#fault('');
    switch (act) {
      case 'open':
        this.lab.dispatchEvent(
          new CustomEvent('lab-open-file', { detail: { path, line: 1, from: button }, bubbles: true }),
        );
        return;
      case 'rename':
        this.#renaming = path;
        this.#drawFiles();
        this.#field('name').focus();
        this.#field('name').select();
        return;
      case 'cancel':
        this.#endRenaming();
        return;
      case 'remove':
        this.#remove(path);
        return;
      case 'choose':
        this.#field('disk').click();
        return;
      case 'add-variable': {
        const row = this.#toVariable('', '');
        findPart(this, '.function-variables', HTMLElement).append(row);
        row.querySelector('input')?.focus();
        return;
      }
      case 'remove-variable':
        button.closest('li')?.remove();
        this.#setVariables();
        findPart(this, '[data-act="add-variable"]', HTMLButtonElement).focus();
        return;
      case undefined:
      default:
    }
  }

  #endRenaming(): void {
    const path = this.#renaming;
    this.#renaming = null;
    this.#fault('');
    this.#drawFiles();
    this.#buttonOf('rename', path ?? '')?.focus();
  }

  #buttonOf(act: string, path: string): HTMLElement | undefined {
    const buttons = [...this.querySelectorAll<HTMLElement>(`[data-act="${act}"]`)];
    return buttons.find(({ dataset }) => dataset.path === path);
  }

  #add(): void {
    const field = this.#field('path');
    const path = this.#check(field, this.#files);
    if (path === null) return;
    putTexts(this.lab, { ...this.#texts, [path]: '' });
    field.value = '';
    this.lab.dispatchEvent(
      new CustomEvent('lab-open-file', { detail: { path, line: 1, from: field }, bubbles: true }),
    );
  }

  #rename(from: string): void {
    const others = this.#files.filter((path) => path !== from);
    const to = this.#check(this.#field('name'), others);
    if (to === null) return;
    if (to !== from) {
      const place = placeOf(this.lab);
      const [old, renamed] = [pathToTyped(from, place), pathToTyped(to, place)];
      const setup = this.#setup;
      const handler = followRename(setup.handler, old, renamed);
      const { files } = this.#words;
      const says = handler === setup.handler ? files.renamed : files.renamedHandler;
      this.#playground.remember(fill(says, { from: old, to: renamed, handler }));
      const texts = Object.fromEntries(
        Object.entries(this.#texts).map(([name, text]) => [name === from ? to : name, text]),
      );
      this.#renaming = null;
      putTexts(this.lab, { ...texts, [SETUP]: benchToText({ ...setup, handler }) });
    } else this.#renaming = null;
    this.#drawFiles();
    this.#buttonOf('rename', to)?.focus();
  }

  #remove(path: string): void {
    const files = this.#files;
    const next = files[files.indexOf(path) + 1] ?? files[files.indexOf(path) - 1];
    const name = pathToTyped(path, placeOf(this.lab));
    this.#playground.remember(fill(this.#words.files.removed, { name }));
    putTexts(this.lab, Object.fromEntries(Object.entries(this.#texts).filter(([other]) => other !== path)));
    (this.#buttonOf('remove', next ?? '') ?? this.#field('path')).focus();
  }

  /** The path of what stands in a field; null where it can be none, which is said. */
  #check(field: HTMLInputElement, others: readonly string[]): string | null {
    const place = placeOf(this.lab);
    const named = nameToPath(field.value, others, place);
    if ('path' in named) {
      this.#fault('');
      return named.path;
    }
    const name = field.value.trim().slice(0, 60);
    this.#fault(fill(this.#words.name[named.fault], { name, root: place.taskRoot }), field);
    return null;
  }

  #set(field: HTMLInputElement): void {
    const { value, name } = field;
    const { number } = this.#words;
    const setup = this.#setup;
    this.#fault('');
    switch (name) {
      case 'handler':
        this.#change({ ...setup, handler: value });
        return;
      case 'timeout': {
        const timeout = Math.round(Number(value) * 1000);
        const { least, most } = TIMEOUT;
        if (timeout >= least * 1000 && timeout <= most * 1000) this.#change({ ...setup, timeout });
        else this.#fault(fill(number.timeout, { least, most }), field);
        return;
      }
      case 'memory': {
        const memory = Number(value);
        const { least, most } = MEMORY;
        if (Number.isInteger(memory) && memory >= least && memory <= most) this.#change({ ...setup, memory });
        else this.#fault(fill(number.memory, { least, most }), field);
        return;
      }
      case 'variable-name':
      case 'variable-value':
        this.#setVariables();
        return;
      default:
    }
  }

  #setVariables(): void {
    const { variables: words } = this.#words;
    for (const field of this.querySelectorAll<HTMLInputElement>('input[name="variable-name"]')) {
      const { value: name } = field;
      const isTwice =
        name !== '' &&
        [...this.querySelectorAll<HTMLInputElement>('input[name="variable-name"]')].some(
          (other) => other !== field && other.value === name,
        );
      if (name === '') continue;
      if (!isVariableName(name)) this.#fault(fill(words.badName, { name: name.slice(0, 60) }), field);
      else if (isReserved(name)) this.#fault(fill(words.reserved, { name }), field);
      else if (isTwice) this.#fault(fill(words.twice, { name }), field);
    }
    this.#change({ ...this.#setup, variables: this.#variablesInRows() });
  }

  /** The variables of the rows that can be one, in the order of their names, as the setup has them. */
  #variablesInRows(): Readonly<Record<string, string>> {
    const rows = Array.from(this.querySelectorAll('.function-variable'), (row) => {
      const [name, value] = row.querySelectorAll('input');
      return [name?.value ?? '', value?.value ?? ''] as const;
    });
    const good = rows.filter(([name]) => isVariableName(name) && !isReserved(name));
    return textToBench(benchToText({ ...this.#setup, variables: Object.fromEntries(good) })).variables;
  }

  #change(setup: BenchSetup): void {
    putTexts(this.lab, { ...this.#texts, [SETUP]: benchToText(setup) });
  }

  /** Says what is wrong with a field, at the foot of its group. */
  #fault(sentence: string, field: HTMLInputElement | null = null): void {
    const fault = findPart(this, '.function-fault', HTMLElement);
    fault.hidden = sentence === '';
    if (fault.textContent !== sentence) fault.textContent = sentence;
    for (const one of this.querySelectorAll('[aria-invalid]')) {
      one.removeAttribute('aria-invalid');
      one.removeAttribute('aria-describedby');
    }
    if (field === null) return;
    field.setAttribute('aria-invalid', 'true');
    field.setAttribute('aria-describedby', fault.id);
    if (field.name === 'path' || field.name === 'name') field.focus();
  }
}

customElements.define('lab-function', LabFunction);
