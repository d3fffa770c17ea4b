/** The same as the JSON of that name, as a classic script: embeds of an opaque origin may load one without a header of the host's. */
import type { APIRoute } from 'astro';
import { allMoments } from '../../components/moment/moments-in.ts';
import type { RecordedRun } from '../../trace/format.ts';

interface Props {
  run: RecordedRun | undefined;
}

/** One file for each lab that has an embed. */
export async function getStaticPaths(): Promise<{ params: { recording: string }; props: Props }[]> {
  const { labs } = await allMoments();
  return labs.map(({ on, recording }) => ({
    params: { recording: on.lab },
    props: { run: recording.runs[0] },
  }));
}

export const GET: APIRoute<Props> = ({ params, props }) =>
  new Response(
    `embedTake(${JSON.stringify(`traces/${params.recording ?? ''}`)},${JSON.stringify(props.run)});\n`,
    {
      headers: { 'content-type': 'text/javascript; charset=utf-8' },
    },
  );
