/** "Copy this lab": the forms in which a lab is copied, as a list in its menu; made when it is asked for. */
import { contentToFile } from '../../trace/file-content.ts';
import { eventsToLog } from '../../trace/format.ts';
import { ownValue } from '../../trace/own-value.ts';
import { EVENT } from '../code/text-names.ts';
import { copyText } from '../copy-text.ts';
import { makeElement } from '../make-element.ts';
import { pathToName } from '../path-to-name.ts';
import { saveBytes } from '../storage/save-bytes.ts';
import { fill, type LinkWords } from '../words.ts';
import { MAX_LINK, writeCodeLink } from './code-link.ts';
import { toFrame, toMarkdown, toPreformatted, type CopiedLab } from './copy-forms.ts';
import type { LinkHost } from './link-host.ts';
import type { LinkData } from '../site-files.ts';
import { fetchLinkData } from './link-data.ts';
import { LinkFault } from './link-fault.ts';
import { changesToRecord } from './link-in-lab.ts';

/** The forms, in the order of the list. */
type Form = keyof LinkWords['forms'];

/** Opens the list below the button that was pressed, or closes it. Rejects where the words cannot be fetched. */
export async function copyLab(host: LinkHost, button: HTMLButtonElement): Promise<void> {
  const open = button.nextElementSibling;
  if (open !== null) {
    open.remove();
    button.ariaExpanded = 'false';
    return;
  }
  const data = await fetchLinkData(host.page);
  if (button.nextElementSibling !== null) return;
  const list = makeElement(document, 'ul', 'lab-forms');
  const note = makeElement(document, 'p', 'more-note lab-link-note');
  const tell = (sentence: string): void => {
    note.textContent = sentence;
    host.say(sentence);
  };
  for (const form of Object.keys(data.words.forms) as Form[]) {
    // An exercise's lab has no page of its own.
    if (form === 'frame' && host.lab.closest('lab-exercise') !== null) continue;
    const item = document.createElement('li');
    const one = makeElement(document, 'button', 'button is-quiet', data.words.forms[form]);
    one.type = 'button';
    one.dataset.form = form;
    one.addEventListener('click', () => {
      void copyForm(host, data, form, tell, list);
    });
    item.append(one);
    list.append(item);
  }
  const rest = makeElement(document, 'div', 'lab-copy-list');
  rest.append(list, note);
  button.after(rest);
  button.ariaExpanded = 'true';
  list.querySelector('button')?.focus();
}

async function copyForm(
  host: LinkHost,
  data: LinkData,
  form: Form,
  tell: (sentence: string) => void,
  list: HTMLElement,
): Promise<void> {
  list.querySelector('.lab-save')?.remove();
  const { copied, notCopied } = data.words;
  const copy = (text: string): Promise<void> => copyText(text, tell, { copied: copied[form], notCopied });
  const lab = describe(host, data);
  switch (form) {
    case 'link':
      return copy(lab.address);
    case 'code':
      return copyCode(host, data, copy, tell, list);
    case 'frame':
      return copy(toFrame(lab));
    case 'markdown':
      return copy(toMarkdown(lab));
    case 'output':
      return copy(toPreformatted(eventsToLog(host.data.recorded.events)));
    default:
      form satisfies never;
  }
}

/** Copies a link with the reader's code; where none can hold it, offers the code as a file. */
async function copyCode(
  host: LinkHost,
  { words }: LinkData,
  copy: (text: string) => Promise<void>,
  tell: (sentence: string) => void,
  list: HTMLElement,
): Promise<void> {
  const { lab, page, texts, originals, steps, data } = host;
  const changed = Object.entries(texts.all()).filter(([name, text]) => ownValue(originals, name) !== text);
  const { record, elsewhere } = changesToRecord(
    { texts: Object.fromEntries(changed), step: steps.recorded.step },
    { ids: [lab.id], taskRoot: data.places.taskRoot },
  );
  try {
    const address = new URL(pageAddress(lab.ownerDocument, page.embedOf));
    address.hash = await writeCodeLink(record);
    await copy(address.href);
    if (elsewhere.length > 0) tell(words.elsewhere);
  } catch (error) {
    if (!(error instanceof LinkFault)) throw error;
    tell(
      error.key === 'long' || error.key === 'huge'
        ? fill(words.tooLong, { most: MAX_LINK })
        : words.notInLink,
    );
    const save = makeElement(document, 'button', 'button is-quiet', words.save);
    save.type = 'button';
    save.addEventListener('click', () => {
      saveTask(host).catch(() => {
        tell(words.notSaved);
      });
    });
    const item = makeElement(document, 'li', 'lab-save');
    item.append(save);
    list.append(item);
    save.focus();
  }
}

/** The function's files and the event, as the reader has them now: a folder that `npm run invoke` and AWS take. */
async function saveTask({ lab, data, texts, signal }: LinkHost): Promise<void> {
  const { zipFiles } = await import('../storage/zip-files.ts');
  const now = texts.all();
  const { taskRoot } = data.places;
  const files = Object.entries(data.task).map(([path, content]) => {
    const held = ownValue(now, path) ?? contentToFile(content);
    const bytes = typeof held === 'string' ? new TextEncoder().encode(held) : held;
    return {
      name: path.startsWith(`${taskRoot}/`) ? path.slice(taskRoot.length + 1) : pathToName(path),
      bytes: () => Promise.resolve(bytes),
    };
  });
  const event = new TextEncoder().encode(now[EVENT] ?? '');
  const pieces = await zipFiles(
    [...files, { name: 'event.json', bytes: () => Promise.resolve(event) }],
    () => undefined,
    signal,
  );
  saveBytes(`${lab.id}.zip`, pieces, lab.ownerDocument);
}

function describe({ lab, page: { embedOf }, steps }: LinkHost, { embed }: LinkData): CopiedLab {
  const { id, ownerDocument } = lab;
  const page = pageAddress(ownerDocument, embedOf);
  const { stop } = steps.recorded;
  const frame = new URL(fill(embed, { lab: id }), page);
  if (stop !== null) frame.hash = stop;
  const parts = [
    'h1, .embed-of > span',
    `#${CSS.escape(id)} .bench-case`,
    `#${CSS.escape(id)} .bench-platform > span`,
  ];
  const names = parts.map((part) => ownerDocument.querySelector(part)?.textContent.trim() ?? '');
  return {
    title: names.filter((name) => name !== '').join(' · ') || ownerDocument.title,
    address: steps.address(),
    embed: frame.href,
  };
}

/** The page's own address, without what a reader or a lab has added: the public one, where the page knows it. */
export function pageAddress(document: Document, embedOf?: string): string {
  const canonical = document.querySelector<HTMLLinkElement>('link[rel="canonical"]')?.href;
  const address = new URL(canonical ?? embedOf ?? document.URL, document.baseURI);
  address.hash = address.search = '';
  return address.href;
}
