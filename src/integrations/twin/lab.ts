/** A lab in words: where it runs, its files and event, what the recorded run wrote and answered, and its moments. */
import { MOMENTS } from '../../i18n/links.ts';
import {
  find,
  findAll,
  findClass,
  findName,
  hasClass,
  isElement,
  lineOf,
  textOf,
  type HtmlElement,
  type HtmlNode,
} from './html.ts';
import {
  codeBlock,
  codeSpan,
  escapeText,
  inlineOf,
  isSilent,
  linkTo,
  paragraphOf,
  type TwinSetting,
} from './inline.ts';

/** A lab with its recording. */
export function labToBlocks(lab: HtmlElement, setting: TwinSetting): readonly string[] {
  const { children } = lab;
  return [
    titleOf(lab, setting),
    aboutOf(children, setting),
    ...guessOf(children, setting),
    ...textsOf(children, setting),
    ...outputOf(children, setting),
    ...storedIn(children),
    ...stopsOf(lab, `${setting.home}${MOMENTS}/${lab.attribs.id ?? ''}/`, setting),
  ].filter((block) => block !== '');
}

/** Two runs beside each other: the files of each side, what crossed there, and the moments that both come to. */
export function pairToBlocks(pair: HtmlElement, setting: TwinSetting): readonly string[] {
  const { children } = pair;
  const sides = findAll(children, (element) => hasClass(element, 'pair-side'));
  return [
    titleOf(pair, setting),
    notesOf(children, setting),
    ...sides.flatMap((side) => [
      ...findAll(side.children, (element) => hasClass(element, 'pair-title')).map(
        (title) => `**${escapeText(lineOf(title))}**`,
      ),
      ...textsOf(side.children, setting),
      messagesOf(side.children, setting),
    ]),
    ...stopsOf(pair, momentsOfPair(pair), setting),
  ].filter((block) => block !== '');
}

/** What the lab runs, behind the name of its case where it is one of several. */
function titleOf({ children }: HtmlElement, setting: TwinSetting): string {
  const title = findClass(children, 'bench-title');
  if (title === null) return '';
  const words = title.children.map((node) => inlineOf([node], setting).trim());
  const [first = '', ...rest] = words.filter((word) => word !== '');
  const isCase = findClass(title.children, 'bench-case') !== null;
  return `### ${isCase ? `${first} · ${rest.join(' ')}` : [first, ...rest].join(' ')}`;
}

/** Which model on which Python runs it, with the way to how it compares with the original. */
function aboutOf(children: readonly HtmlNode[], setting: TwinSetting): string {
  const list = findClass(children, 'more-list');
  const platform = findClass(children, 'bench-platform');
  const name = platform === null ? null : find(platform.children, (element) => element.name === 'span');
  const link = list === null ? null : findName(list.children, 'a');
  const address = link?.attribs.href;
  const where =
    name === null
      ? ''
      : address === undefined
        ? lineOf(name)
        : linkTo(escapeText(lineOf(name)), setting.addressOf(address));
  return [where, notesOf(children, setting)].filter((text) => text !== '').join(': ');
}

function notesOf(children: readonly HtmlNode[], setting: TwinSetting): string {
  return findAll(children, (element) => hasClass(element, 'more-note') || hasClass(element, 'lab-noscript'))
    .filter((note) => !isSilent(note) && !isElementNamed(note.parent, 'noscript'))
    .map((note) => paragraphOf(note.children, setting))
    .join(' ');
}

/** What the page asks its reader to guess, with what there is to choose from. */
function guessOf(children: readonly HtmlNode[], setting: TwinSetting): readonly string[] {
  const asks = findClass(children, 'guess-asks');
  if (asks === null) return [];
  const choices = findAll(children, ({ name, attribs, parent }) => {
    return name === 'button' && attribs.value !== undefined && isGuess(parent);
  });
  return [
    paragraphOf(asks.children, setting),
    choices.map((choice) => `- ${inlineOf(choice.children, setting).trim()}`).join('\n'),
  ];
}

function isElementNamed(node: HtmlNode['parent'], name: string): boolean {
  return node !== null && 'attribs' in node && node.name === name;
}

function isGuess(parent: HtmlNode['parent']): boolean {
  return parent !== null && 'attribs' in parent && hasClass(parent, 'guess-choices');
}

/** The files and the event, each under its name. */
function textsOf(children: readonly HtmlNode[], setting: TwinSetting): readonly string[] {
  const code = findName(children, 'lab-code');
  if (code === null) return [];
  const sheets = findAll(code.children, (element) => hasClass(element, 'sheet'));
  return sheets.flatMap((sheet) => {
    const block = findAll(
      sheet.children,
      (element) => element.name === 'pre' && hasClass(element, 'code'),
    )[0];
    const name = findClass(sheet.children, 'sheet-path') ?? findClass(sheet.children, 'sheet-title');
    const notes = findAll(sheet.children, (element) => hasClass(element, 'sheet-note') && !isSilent(element));
    const path = name === null ? '' : lineOf(name);
    const language = path.endsWith('.py') ? 'python' : path.startsWith('/') ? '' : 'json';
    return [
      path.startsWith('/') ? codeSpan(path) : `**${escapeText(path)}**`,
      ...notes.map((note) => paragraphOf(note.children, setting)),
      ...(block === undefined ? [] : [codeBlock(textOf(block), language)]),
    ];
  });
}

/** The log of the recorded run and its answer. */
function outputOf(children: readonly HtmlNode[], setting: TwinSetting): readonly string[] {
  const view = findClass(children, 'view-output');
  if (view === null) return [];
  const shown = view.children;
  const heading = findName(shown, 'h4');
  const origin = findClass(shown, 'lab-origin');
  const log = findClass(shown, 'lab-log');
  const answer = findClass(shown, 'lab-answer');
  const head = answer === null ? null : findName(answer.children, 'h4');
  const outcome = findClass(shown, 'lab-outcome');
  const payload = findClass(shown, 'lab-payload');
  const environment = findClass(shown, 'lab-environment');
  const words = (element: HtmlElement | null): string =>
    element === null || isSilent(element) ? '' : paragraphOf(element.children, setting);
  const title = (name: HtmlElement | null, of: HtmlElement | null): string =>
    [name === null ? '' : `**${escapeText(lineOf(name))}**`, words(of)]
      .filter((text) => text !== '')
      .join(' · ');
  const block = (element: HtmlElement | null): string =>
    element === null || isSilent(element) ? '' : codeBlock(textOf(element), '');
  return [title(heading, origin), block(log), title(head, outcome), block(payload), words(environment)];
}

/** What the run left under `/tmp` and in the bucket. */
function storedIn(children: readonly HtmlNode[]): readonly string[] {
  const bodies = findAll(
    children,
    (element) => hasClass(element, 'lab-storage-body') && !hasClass(element, 'is-empty'),
  );
  return bodies.flatMap(({ children: body }) => {
    const bucket = findClass(body, 'lab-storage-bucket');
    const rows = findAll(body, (element) => hasClass(element, 'lab-storage-row')).map((row) => {
      const [name = null, ...rest] = row.children.filter(isElement);
      const said = [
        name === null ? '' : codeSpan(lineOf(name)),
        ...rest.map((part) => escapeText(lineOf(part))),
      ];
      return `- ${said.filter((text) => text !== '').join(' · ')}`;
    });
    return [bucket === null ? '' : codeSpan(lineOf(bucket)), rows.join('\n')];
  });
}

/** What crossed in a run, a point each: who to whom, and the first line. */
function messagesOf(children: readonly HtmlNode[], setting: TwinSetting): string {
  const rows = findClass(children, 'lab-rows');
  if (rows === null) return '';
  return rows.children
    .filter(isElement)
    .map((row) => {
      const line =
        find(row.children, (element) => element.name === 'summary') ?? findClass(row.children, 'lab-message');
      if (line === null) return `- ${paragraphOf(row.children, setting)}`;
      const way = findClass(line.children, 'visually-hidden');
      return `- ${way === null ? '' : `${escapeText(lineOf(way))} `}${inlineOf(line.children, setting).trim()}`;
    })
    .join('\n');
}

/** The moments that matter, each with its sentence and its address: its own page where there is one, else its place in the lab. */
function stopsOf(lab: HtmlElement, folder: string, setting: TwinSetting): readonly string[] {
  const list = findClass(lab.children, 'lab-stops');
  const stops = list?.children.filter(isElement) ?? [];
  if (list === null || stops.length === 0) return [];
  const label = list.attribs['aria-label'];
  return [
    label === undefined ? '' : `**${escapeText(label)}**`,
    stops.map((stop, at) => `${String(at + 1)}. ${stopToLine(stop, folder, setting)}`).join('\n'),
  ];
}

function stopToLine(stop: HtmlElement, folder: string, setting: TwinSetting): string {
  const id = stop.attribs.id ?? '';
  const page = `${folder}${id.slice(id.indexOf('/') + 1)}/`;
  const address = setting.addressOf(setting.hasPage(page) ? page : `#${id}`);
  const [title = stop] = findAll(stop.children, ({ name }) => name === 'a');
  const says = findClass(stop.children, 'lab-stop-says');
  const place = findClass(stop.children, 'lab-stop-place');
  const rest = [
    says === null ? '' : inlineOf(says.children, setting).trim(),
    place === null ? '' : codeSpan(lineOf(place)),
  ];
  const link = linkTo(inlineOf(title.children, setting).trim(), address);
  return [link, ...rest.filter((text) => text !== '')].join(' · ');
}

/** The folder of a pair's moments, as its data names it. */
function momentsOfPair(pair: HtmlElement): string {
  const data = find(
    pair.children,
    ({ name, attribs }) => name === 'script' && attribs.type === 'application/json',
  );
  const { moments = '' } = JSON.parse(data === null ? '{}' : textOf(data)) as { readonly moments?: string };
  return moments;
}
