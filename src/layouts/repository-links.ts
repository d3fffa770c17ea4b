/** Where in the source code's repository a reader mends or reports a page; null for what cannot be linked to. */
export interface RepositoryLinks {
  readonly source: string;
  readonly report: string;
  readonly edit: string | null;
}

/**
 * The links of a page. `repository` is null where the build was told of none: then there is nowhere to lead to.
 * `file` is the page's text in the repository, null where several files make the page.
 */
export function repositoryLinks(
  repository: string | null,
  file: string | null,
  address: string,
): RepositoryLinks | null {
  if (repository === null) return null;
  const source = repository.replace(/\/+$/, '');
  // The page's address in the title and in the text: a reader needs only to say what is wrong.
  const report = new URLSearchParams({ title: address, body: `${address}\n\n` }).toString();
  return {
    source,
    report: `${source}/issues/new?${report}`,
    edit: file === null ? null : `${source}/edit/main/${file}`,
  };
}

/** The longest address that a repository's host takes for sure. */
const LONGEST = 8000;

/**
 * A report that names the place on the page, too: of a lab, its moment or what somebody made of it. `hash` is the address's,
 * with its `#`; one that would make the address too long is left out.
 */
export function reportWithHash(report: string, hash: string): string {
  if (hash === '' || hash === '#') return report;
  const url = new URL(report);
  const address = url.searchParams.get('title') ?? '';
  url.searchParams.set('body', `${address}${hash}\n\n`);
  return url.href.length > LONGEST ? report : url.href;
}
