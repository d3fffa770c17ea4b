/** The markup of the search's dialog. What comes from texts and readers is escaped here and nowhere else. */
import { EXPLAIN_PAGE } from '../../i18n/links.ts';
import { fill } from '../../lab/words.ts';
import { excerptOf } from '../../search/excerpt.ts';
import type { Kind } from '../../search/documents.ts';
import type { Hit } from '../../search/rank.ts';
import type { Recent } from './kept.ts';
import type { SearchWords } from './search-words.ts';

/** The dialog before anything is asked. */
export function dialogMarkup(words: SearchWords, contents: string): string {
  const slash = words.slash
    .split('`')
    .map((part, index) => (index % 2 === 0 ? escape(part) : `<kbd>${escape(part)}</kbd>`))
    .join('');
  return `
<div class="search-box">
  <div class="search-head">
    <input class="search-field" type="text" role="combobox" aria-autocomplete="list" aria-expanded="false"
      aria-controls="search-results" aria-label="${escape(words.label)}" placeholder="${escape(words.hint)}"
      autocomplete="off" autocapitalize="off" autocorrect="off" spellcheck="false" enterkeyhint="go">
    <button type="button" class="button is-quiet search-close">${escape(words.close)}</button>
  </div>
  <p class="search-status" role="status"></p>
  <div class="search-failed"></div>
  <p class="search-note"></p>
  <div class="search-nothing" hidden>
    <p>${escape(words.nothingHint)} <a href="${escape(contents)}">${escape(words.contents)}</a></p>
  </div>
  <div class="search-results" id="search-results" role="listbox" aria-label="${escape(words.label)}"></div>
  <p class="search-kept" hidden>${escape(words.recentNote)}
    <button type="button" class="button is-quiet search-forget">${escape(words.forget)}</button></p>
  <div class="search-foot"><label class="search-slash"><input type="checkbox"> <span>${slash}</span></label></div>
</div>`;
}

/**
 * The results by kind: the kind of the best one first. `base` is the folder of the language. `explain`, the way to an explanation,
 * comes first unless the error is known.
 */
export function resultsMarkup(
  hits: readonly Hit[],
  words: SearchWords,
  base: string,
  explain: string,
): string {
  const groups = new Map<Kind, Hit[]>();
  for (const hit of hits) groups.set(hit.document.kind, [...(groups.get(hit.document.kind) ?? []), hit]);
  let number = 0;
  const results = Array.from(groups, ([kind, own]) => {
    const options = own.map((hit) => {
      number += 1;
      return optionOf(hit, number, base, words);
    });
    return group(kind, words.kinds[kind], options.join(''));
  });
  return results.toSpliced(hits[0]?.document.kind === 'error' ? 1 : 0, 0, explain).join('');
}

/** The way to the explanation of pasted lines. */
export function explainMarkup(words: SearchWords, base: string): string {
  const content = `<span class="search-title">${escape(words.explain)}</span><span class="search-excerpt">${escape(words.explainSays)}</span>`;
  return `<a class="search-option" role="option" aria-selected="false" tabindex="-1" id="search-option-explain" href="${escape(`${base}${EXPLAIN_PAGE}/`)}" data-explain>${content}</a>`;
}

/** The pages that were opened from here before. */
export function recentMarkup(recent: readonly Recent[], words: SearchWords, base: string): string {
  if (recent.length === 0) return '';
  const options = recent.map(({ address, title }, index) =>
    option(index + 1, base, address, title, escape(title)),
  );
  return group('recent', words.recent, options.join(''));
}

function optionOf(
  { document: { address, title, of, kind }, text, passage, marks, question }: Hit,
  number: number,
  base: string,
  words: SearchWords,
): string {
  const excerpt = excerptOf(text, passage, marks)
    .map((piece) => (piece.isMarked ? `<mark>${escape(piece.text)}</mark>` : escape(piece.text)))
    .join('');
  const name = `<span class="search-title"${kind === 'file' ? ' translate="no"' : ''}>${escape(title)}</span>`;
  const answers =
    question === null
      ? ''
      : `<span class="search-question">${escape(fill(words.answers, { question }))}</span>`;
  const where = of === '' ? '' : `<span class="search-of">${escape(of)}</span>`;
  return option(
    number,
    base,
    address,
    title,
    `${name}${where}${answers}<span class="search-excerpt">${excerpt}</span>`,
  );
}

function option(number: number, base: string, address: string, title: string, content: string): string {
  const [page = '', fragment] = address.split('#');
  const href = `${base}${page}/${fragment === undefined ? '' : `#${fragment}`}`;
  return `<a class="search-option" role="option" aria-selected="false" tabindex="-1" id="search-option-${String(number)}" href="${escape(href)}" data-address="${escape(address)}" data-title="${escape(title)}">${content}</a>`;
}

function group(id: string, name: string, options: string): string {
  return `<div role="group" aria-labelledby="search-kind-${id}"><p class="search-kind" id="search-kind-${id}" role="presentation">${escape(name)}</p>${options}</div>`;
}

const ENTITIES = new Map(
  Object.entries({
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  }),
);

function escape(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => ENTITIES.get(character) ?? character);
}
