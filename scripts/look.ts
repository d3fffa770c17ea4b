/**
 * `npm run look`: contact sheets of the built pages in look/, so that looking at everything takes minutes. Every lab is
 * on them once a width, at a stop in the middle of its run; every article in four of the sixteen combinations of width,
 * theme and language, in others the next time. Builds the site first where that is needed.
 */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { chromium, type Browser } from '@playwright/test';
import { addressesOf } from './address-list.ts';
import { CONTENT, readArticles } from './article-files.ts';
import { buildIfChanged, BuildFailed, DIST, normalizeBase } from './build.ts';
import { readPages } from './built-pages.ts';
import { findBrowser } from './find-browser.ts';
import { chooseCombinations, WIDTHS } from './look/plan.ts';
import { writeSheet, type Shot } from './look/sheet.ts';
import { shootArticle, shootLabs, type LabPlace } from './look/shots.ts';
import { serve } from './serve.ts';

const ROOT = path.resolve(import.meta.dirname, '..');
const SHEETS = path.join(ROOT, 'look');
/** Which of the combinations come next. */
const TURN = path.join(ROOT, '.cache', 'look.json');

/** How many labs are on one sheet. */
const LABS_A_SHEET = { 390: 12, 768: 9, 1440: 9, 1920: 9 } as const;

/** Writes all sheets, and gives their names in the order in which they were written. */
async function writeSheets(browser: Browser, site: string, turn: number): Promise<readonly string[]> {
  const written: string[] = [];
  const write = async (name: string, title: string, shots: readonly Shot[]): Promise<void> => {
    await writeSheet(browser, title, shots, path.join(SHEETS, name));
    console.log(`look/${name}`);
    written.push(name);
  };
  const places = labsOf(addressesOf(await readPages(DIST)));
  for (const width of WIDTHS) {
    const shots = await shootLabs(browser, site, places, width);
    const count = LABS_A_SHEET[width.width];
    for (let first = 0; first < shots.length; first += count) {
      const number = String(first / count + 1);
      const title = `Labs at ${width.width} px, light, en: sheet ${number} of ${Math.ceil(shots.length / count)}`;
      await write(`labs-${width.width}-${number}.png`, title, shots.slice(first, first + count));
    }
  }
  const articles = [...(await readArticles(CONTENT, 'en')).keys()].map((file) => path.basename(file, '.mdx'));
  for (const [index, article] of articles.entries()) {
    const shots: Shot[] = [];
    for (const combination of chooseCombinations(index, turn))
      shots.push(await shootArticle(browser, site, article, combination));
    await write(`article-${article}.png`, article, shots);
  }
  return written;
}

/** Each lab of the English pages once, where it is met first, with the stop in the middle of those it has there. */
function labsOf(addresses: readonly string[]): readonly LabPlace[] {
  const places = new Map<string, LabPlace>();
  for (const address of addresses) {
    const [, page, lab] = /^(en\/[^#]+)#([^/]+)$/.exec(address) ?? [];
    if (page === undefined || lab === undefined || places.has(lab)) continue;
    const stops = addresses.filter((other) => other.startsWith(`${address}/`));
    const stop = stops[Math.floor(stops.length / 2)]?.slice(address.length + 1) ?? 'step-1';
    places.set(lab, { lab, page, stop });
  }
  return [...places.values()];
}

/** The turn that is remembered; the first where none is. */
async function readTurn(): Promise<number> {
  const text = await readFile(TURN, 'utf8').catch(() => '0');
  const turn = Number(text);
  return Number.isInteger(turn) ? turn : 0;
}

async function main(): Promise<void> {
  const start = performance.now();
  const found = findBrowser('chromium');
  if (found === null) {
    console.error(
      'There is no Chromium here: npm run install-browsers brings one, or CHROMIUM names its file.',
    );
    process.exitCode = 1;
    return;
  }
  try {
    const address = { site: null, base: normalizeBase('/') };
    await buildIfChanged(address);
    await rm(SHEETS, { recursive: true, force: true });
    await mkdir(SHEETS, { recursive: true });
    const turn = await readTurn();
    const server = await serve({ folder: DIST, base: address.base, port: 0, host: null });
    const browser = await chromium.launch(found.launch);
    try {
      const written = await writeSheets(browser, server.url, turn);
      await writeFile(TURN, `${String(turn + 1)}\n`);
      const seconds = Math.round((performance.now() - start) / 1000);
      console.log(
        `${written.length} sheets in look/, written in ${seconds} s; the next run takes other combinations.`,
      );
    } finally {
      await browser.close();
      await server.close();
    }
  } catch (error) {
    if (!(error instanceof BuildFailed)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}

if (import.meta.main) await main();
