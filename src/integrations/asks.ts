/**
 * The questions that sections, errors and terms answer, in words of readers: `content/search/asks.{language}.json`, by the
 * address of what answers. The search finds by them what a page says in other words.
 */
import path from 'node:path';
import { z } from 'astro/zod';
import type { Language } from '../i18n/languages.ts';
import { readChecked } from './checked-json.ts';

const FOLDER = path.resolve(import.meta.dirname, '../../content/search');

const asksSchema = z.record(
  z.string().min(1),
  z
    .array(
      z
        .string()
        .trim()
        .min(2)
        .max(120)
        .regex(/^\P{Cc}+$/u),
    )
    .min(1)
    .max(12),
);

/** The questions of a language, by address. Rejects with BadFile. */
export async function readAsks(language: Language): Promise<Readonly<Record<string, readonly string[]>>> {
  return readChecked(path.join(FOLDER, `asks.${language}.json`), asksSchema);
}
