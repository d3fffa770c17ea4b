/**
 * Does Lighthouse find nothing on a phone, in accessibility, best practices and what search engines ask for? One look a page;
 * how quick the pages are is for `npm run bench -- lighthouse` to say, since a busy machine decides it.
 */
import { CompressedFiles } from '../compressed.ts';
import { PAGES, withLighthouse, type Category } from '../lighthouse.ts';
import { serve } from '../serve.ts';
import { BASE_ADDRESS, reportFaultsUnderBase, UNDER_BASE } from '../site-under-base.ts';

const EVERYWHERE: readonly Category[] = ['accessibility', 'best-practices'];

/** What is below 100, a line for each page and category with what it was lost for. */
async function findFaults(): Promise<readonly string[]> {
  const { base } = BASE_ADDRESS;
  const server = await serve({
    folder: UNDER_BASE,
    base,
    port: 0,
    host: null,
    compressed: new CompressedFiles(),
  });
  const faults: string[] = [];
  try {
    await withLighthouse(async (lookAt) => {
      for (const { path, isListed } of PAGES) {
        const look = await lookAt(`${server.url}${path}`, isListed ? [...EVERYWHERE, 'seo'] : EVERYWHERE);
        for (const [category, points] of Object.entries(look.points))
          if (points < 100) faults.push(`${path}: ${category} ${String(points)}`);
        faults.push(...look.faults.map((fault) => `${path}: ${fault}`));
      }
    });
  } finally {
    await server.close();
  }
  return faults;
}

await reportFaultsUnderBase(findFaults);
