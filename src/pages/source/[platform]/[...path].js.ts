/** The code of a file of the runtime, as a classic script: embeds of an opaque origin may load one without a header of the host's. */
import type { APIRoute } from 'astro';
import { imageFiles, readImageFile, sourcePage } from '../../../components/article/image-files.ts';
import { highlightToHtml } from '../../../components/code/highlight.ts';
import { allLabs } from '../../../components/moment/moments-in.ts';

interface Props {
  platform: string;
  file: string;
}

/** One file for each text file of each platform that an embed is of. */
export async function getStaticPaths(): Promise<
  { params: { platform: string; path: string }; props: Props }[]
> {
  const { labs } = await allLabs();
  const platforms = new Set(labs.map(({ platform }) => platform));
  return [...platforms].flatMap((platform) =>
    imageFiles(platform).map((file) => ({
      params: { platform, path: file.slice(1) },
      props: { platform, file },
    })),
  );
}

export const GET: APIRoute<Props> = async ({ props: { platform, file } }) => {
  const options = { language: 'python', firstLine: 1, marked: [], idPrefix: null } as const;
  const code = await highlightToHtml(readImageFile(platform, file), options);
  // As Code.astro writes it; no path has a character that an attribute would take for its own.
  const block = `<pre class="code is-numbered" tabindex="0" role="group" aria-label="${file}" translate="no"><code>${code}</code></pre>`;
  return new Response(
    `embedTake(${JSON.stringify(sourcePage(platform, file))},${JSON.stringify(block)});\n`,
    {
      headers: { 'content-type': 'text/javascript; charset=utf-8' },
    },
  );
};
