/** What the build prepares for the sandbox (`src/integrations/python.ts`): write it into the page as JSON. */
declare module 'virtual:sandbox-assets' {
  const assets: import('./sandbox/assets.ts').SandboxAssets;
  export default assets;
  /** What a page's policy must allow for the runner frame, as it names a script: `sha256-…`. */
  export const frameScriptHash: `sha256-${string}`;
}

/** What of the harness only a brought runtime needs (`src/integrations/python.ts`): sources by the modules' names. */
declare module 'virtual:brought-harness' {
  const harness: Readonly<Record<string, string>>;
  export default harness;
}

/** The pictures of shared links that were drawn (`src/integrations/cards.ts`): what each shows, by its path below `cards/`. */
declare module 'virtual:cards' {
  const cards: Readonly<Record<string, string>>;
  export default cards;
}

/** The script of an embed page (`src/integrations/embed.ts`): write it into the page as it is. */
declare module 'virtual:embed-script' {
  const script: string;
  export default script;
}

/** A component, for the files that are none themselves. */
declare module '*.astro' {
  const component: import('astro/runtime/server/index.js').AstroComponentFactory;
  export default component;
}
