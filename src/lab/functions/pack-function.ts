/** Hands a function to the reader as a zip. It comes when it is asked for, as a packer does. */
import { namesToSafePaths } from '../../trace/safe-paths.ts';
import type { LabRoot } from '../lab-root.ts';
import { pageAddress } from '../link/copy-lab.ts';
import { placeOf, recordOf } from '../playground/bench.ts';
import { textToBench } from '../playground/setup-text.ts';
import { SETUP } from '../code/text-names.ts';
import { saveBytes } from '../storage/save-bytes.ts';
import { zipFiles } from '../storage/zip-files.ts';
import type { FunctionWords } from '../words.ts';
import { functionToFiles, zipName, type FunctionPlatform } from './function-files.ts';

/** Variables by which platforms tell a process its memory. */
const MEMORY = ['AWS_LAMBDA_FUNCTION_MEMORY_SIZE', 'FN_MEMORY'];

/** Downloads the function on a bench, and gives the archive's name. Rejects with `LinkFault` for a file that cannot go along. */
export async function packFunction(
  lab: LabRoot,
  name: string,
  test: string | null,
  words: FunctionWords['readme'],
): Promise<string> {
  const { data, page, signal } = lab.host;
  const place = placeOf(lab);
  const { variables } = data.setup;
  const platform: FunctionPlatform = {
    name: place.platform,
    title: lab.querySelector('.bench-platform > span')?.textContent.trim() ?? place.platform,
    taskRoot: place.taskRoot,
    layersRoot: place.layers,
    handler: textToBench(place.originals[SETUP] ?? '').handler,
    memoryVariable: MEMORY.find((one) => Object.hasOwn(variables, one)) ?? null,
    isLambda: Object.hasOwn(variables, 'AWS_LAMBDA_FUNCTION_NAME'),
    test,
  };
  const address = pageAddress(lab.ownerDocument, page.embedOf);
  const files = functionToFiles(
    { name, record: recordOf(lab, true), platform, answer: lab.answer, address },
    words,
  );
  const pieces = await zipFiles(
    files.map(({ name: file, text }) => ({
      name: file,
      bytes: () => Promise.resolve(new TextEncoder().encode(text)),
    })),
    () => undefined,
    signal,
  );
  const [file = ''] = namesToSafePaths([zipName(name)]);
  saveBytes(file, pieces, lab.ownerDocument);
  return file;
}
