/** What the worker reads out of a page's HTML. */

/** The build that made a page; null for what is none of this site's pages, as the form of a hotel's network. */
export function buildOfPage(html: string): string | null {
  return /<meta name="build" content="([0-9a-f]+)">/.exec(html)?.[1] ?? null;
}

/** The page's own title, without the site's name behind it. */
export function titleOfPage(html: string): string {
  const title = /<title>([^<]*)<\/title>/.exec(html)?.[1] ?? '';
  const own = title.replace(/ · [^·]*$/, '');
  return own.replace(/&(amp|lt|gt|quot|#39);/g, (_whole, name: string) => ENTITIES.get(name) ?? '');
}

/** The data that a page may ask for later: the paths below the base that it names. */
export function dataOfPage(html: string, base: string): readonly string[] {
  const named = Array.from(html.matchAll(/["'](\/[\w./-]+\.json)["']/g), ([, address = '']) => address);
  return [...new Set(named)]
    .filter((address) => address.startsWith(base))
    .map((address) => address.slice(base.length));
}

const ENTITIES = new Map(Object.entries({ amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" }));
