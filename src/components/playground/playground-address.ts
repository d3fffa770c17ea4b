/** Does *Open in the playground* make sense for a recording, and where does it lead? */
import type { Language } from '../../i18n/languages.ts';
import { pagePath, pathUnder, PLAYGROUND_PAGE } from '../../i18n/links.ts';
import { EVENT } from '../../lab/code/text-names.ts';
import { writeCodeLink } from '../../lab/link/code-link.ts';
import { LinkFault } from '../../lab/link/link-fault.ts';
import { labToRecord } from '../../lab/link/playground-record.ts';
import type { Recording } from '../../trace/recording.ts';
import { ownValue } from '../../trace/own-value.ts';
import { platformVariables } from '../platform/platform-variables.ts';

/** The page of the playground, without any code. */
export function playgroundAddress(language: Language): string {
  return pathUnder(import.meta.env.BASE_URL, pagePath(language, PLAYGROUND_PAGE));
}

/** The fragment that brings a recording's function there; null where the playground cannot do the same, or no link can hold it. */
export async function recordingToFragment(recording: Recording): Promise<string | null> {
  const { platform, setup, task, taskRoot, runs } = recording;
  const given = await platformVariables(platform);
  const own = Object.entries(setup.variables).filter(([name, value]) => ownValue(given, name) !== value);
  const texts = Object.entries(task).flatMap(([path, content]) =>
    'text' in content ? [[path, content.text] as const] : [],
  );
  const lab = { platform, setup, variables: Object.fromEntries(own), taskRoot, task };
  const record = labToRecord(lab, { ...Object.fromEntries(texts), [EVENT]: runs[0]?.beginning.event ?? '' });
  if (record === null) return null;
  try {
    return await writeCodeLink(record);
  } catch (error) {
    if (error instanceof LinkFault) return null;
    throw error;
  }
}
