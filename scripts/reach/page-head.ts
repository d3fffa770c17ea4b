/** What a page's head tells machines: search engines, those who show a link as a card, those who embed it. */
import { Parser } from 'htmlparser2';

/** A `<link>` or `<meta>`, by its attributes. */
type Attributes = Readonly<Record<string, string>>;

/** One head, read. */
export class PageHead {
  readonly title: string;
  readonly #links: readonly Attributes[];
  readonly #metas: readonly Attributes[];
  /** The text of each block of JSON-LD. */
  readonly structured: readonly string[];

  constructor(html: string) {
    const links: Attributes[] = [];
    const metas: Attributes[] = [];
    const structured: string[] = [];
    let title = '';
    let within: 'title' | 'structured' | null = null;
    let text = '';
    const parser = new Parser({
      onopentag(name, attributes) {
        if (name === 'link') links.push(attributes);
        else if (name === 'meta') metas.push(attributes);
        else if (name === 'title') within = 'title';
        else if (name === 'script' && attributes.type === 'application/ld+json') within = 'structured';
        text = '';
      },
      ontext(part) {
        text += part;
      },
      onclosetag() {
        if (within === 'title') title = text;
        else if (within === 'structured') structured.push(text);
        within = null;
      },
    });
    // The rest of a page has labs, which are long.
    parser.end(html.slice(0, html.indexOf('</head>')));
    this.title = title;
    this.#links = links;
    this.#metas = metas;
    this.structured = structured;
  }

  /** The content of a `<meta>` by its name or property; null when there is none. */
  meta(name: string): string | null {
    const found = this.#metas.find((meta) => meta.name === name || meta.property === name);
    return found?.content ?? null;
  }

  get canonical(): string | null {
    return this.#links.find(({ rel }) => rel === 'canonical')?.href ?? null;
  }

  /** Each version of the page in a language, by `hreflang`. */
  get versions(): ReadonlyMap<string, string> {
    return new Map(
      this.#links.flatMap(({ rel, hreflang, href }) =>
        rel === 'alternate' && hreflang !== undefined ? [[hreflang, href ?? ''] as const] : [],
      ),
    );
  }

  /** The other forms of the page of a media type. */
  alternates(type: string): readonly Attributes[] {
    return this.#links.filter((link) => link.rel === 'alternate' && link.type === type);
  }

  get isListed(): boolean {
    return !(this.meta('robots') ?? '').includes('noindex');
  }
}
