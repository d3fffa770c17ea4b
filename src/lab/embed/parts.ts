import { readLabPage } from '../page-data.ts';
declare const embedParts: Readonly<Record<string, readonly string[]>>;
declare const embedRequire: (name: string) => unknown;
export async function importPart(name: string): Promise<unknown> {
  console.log(readLabPage(document).base, embedParts);
  return embedRequire(`${name}.js`);
}
