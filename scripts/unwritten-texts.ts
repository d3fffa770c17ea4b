/**
 * The texts that are not yet written as CONTRIBUTING.md says: `not-yet-rewritten.json` names them by their files, a file in
 * two languages with the language behind it (`content/glossary.json en`). The list only gets shorter: `checks/voice.ts`
 * fails when a text on it has become clean.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { SiteText } from './site-texts.ts';

/** The names on the list. */
export async function readUnwritten(root: string): Promise<readonly string[]> {
  const list = await readFile(path.join(root, 'scripts', 'not-yet-rewritten.json'), 'utf8');
  return JSON.parse(list) as readonly string[];
}

/** The name of a text on the list. */
export function nameOf({ file, language }: Pick<SiteText, 'file' | 'language'>): string {
  return file.split(/[/.]/).includes(language) ? file : `${file} ${language}`;
}
