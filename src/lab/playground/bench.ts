/** A function on a bench, read and put there whole: for what keeps functions, shares them and packs them. */
import type { Draft } from '../code/drafts.ts';
import type { LabRoot } from '../lab-root.ts';
import type { CodeRecord } from '../link/code-record.ts';
import { textsToRecord, type BenchPlace } from './bench-record.ts';

/** What one of the playground's labs comes with. */
export function placeOf(lab: LabRoot): BenchPlace {
  const { data, originals } = lab.host;
  const { platform, places, bench } = data;
  return {
    platform,
    taskRoot: places.taskRoot,
    layers: bench?.layers ?? null,
    isPlatforms: (path) => Object.hasOwn(places.image, path),
    originals,
  };
}

/** The function as it is now. Variables only where the reader has said so, or where it stays with them. */
export function recordOf(lab: LabRoot, withVariables: boolean): CodeRecord {
  return textsToRecord(lab.host.texts.all(), placeOf(lab), withVariables);
}

/** Puts texts in the place of all that the bench holds; what was stepped through was another function. */
export function putTexts(lab: LabRoot, texts: Draft): void {
  const { steps, texts: held } = lab.host;
  if (steps.step !== null) steps.leave();
  held.put(texts);
}
