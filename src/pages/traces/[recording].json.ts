/** A recorded run with all its events, which a lab fetches at the first step. */
import { getCollection } from 'astro:content';
import type { APIRoute } from 'astro';
import type { RecordedRun } from '../../trace/format.ts';

interface Props {
  run: RecordedRun | undefined;
}

/** One file for each recording. */
export async function getStaticPaths(): Promise<{ params: { recording: string }; props: Props }[]> {
  const recordings = await getCollection('recordings');
  return recordings.map(({ id, data }) => ({ params: { recording: id }, props: { run: data.runs[0] } }));
}

export const GET: APIRoute<Props> = ({ props }) => Response.json(props.run);
