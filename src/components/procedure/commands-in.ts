/** The commands of a procedure's README: its blocks of `sh`, in order. The article shows them, and a check runs them. */
export function commandsIn(markdown: string): readonly string[] {
  return Array.from(markdown.matchAll(/^```sh\n(.*?)^```$/gms), ([, block = '']) => block);
}
