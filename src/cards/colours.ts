/**
 * The colours of the pictures: the light ones of the site's tokens (`src/styles/tokens.css`), where each stands once. A
 * picture cannot know the theme of the page that shows it.
 */

/** Each colour by the token that has it. */
const TOKENS = {
  paper: 'paper',
  raised: 'raised',
  ink: 'ink',
  muted: 'muted',
  line: 'line',
  code: 'code-ink',
  marked: 'marked',
  markedEdge: 'marked-edge',
  error: 'error',
  errorSoft: 'error-soft',
  handler: 'owner-handler',
  handlerSoft: 'owner-handler-soft',
  runtime: 'owner-runtime',
  runtimeSoft: 'owner-runtime-soft',
  library: 'owner-library',
  librarySoft: 'owner-library-soft',
} as const;

export type Colours = Readonly<Record<keyof typeof TOKENS, string>>;

/** The colours in the text of the tokens. Throws RangeError where a token is missing or has no light colour. */
export function coloursIn(css: string): Colours {
  const lightOf = (token: string): string => {
    const [, colour] = new RegExp(`--${token}:\\s*light-dark\\((#[0-9a-f]{6}),`).exec(css) ?? [];
    if (colour === undefined)
      throw new RangeError(`--${token} has no light colour of the form light-dark(#rrggbb, …).`);
    return colour;
  };
  return Object.fromEntries(
    Object.entries(TOKENS).map(([name, token]) => [name, lightOf(token)]),
  ) as unknown as Colours;
}
