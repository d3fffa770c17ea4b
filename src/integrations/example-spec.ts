/** What an environment is started with to run an example: its files as they lie on the platform's disk, and its setup. */
import { taskPath, type PlatformDescription } from '../platforms/description.ts';
import type { EnvironmentSpec } from '../sandbox/protocol.ts';
import { contentsToFiles } from '../trace/file-content.ts';
import type { CompiledSource, FunctionSetup, Recording } from '../trace/recording.ts';
import { compilePython } from './compile-python.ts';
import { layerOn, modeOn, startOn, type Example } from './examples.ts';
import type { readPlatform } from './platforms.ts';

/** What starts the example's environment, and what its compiled files were made from. */
export interface ExampleSpec extends Pick<Recording, 'task' | 'compiledFrom'> {
  readonly spec: EnvironmentSpec;
}

/** `example` is the one of the platform whose image it is. Rejects with BadFile. */
export async function toSpec(
  example: Example,
  image: Awaited<ReturnType<typeof readPlatform>>,
): Promise<ExampleSpec> {
  const description = startOn(image.description, example);
  const setup: FunctionSetup = {
    handler: example.handler,
    suppressInit: example.suppressInit,
    ...modeOn(description, example),
    ...(example.start === undefined ? {} : { start: example.start }),
    ...(example.extension === undefined ? {} : { extension: example.extension }),
    ...(example.clock === undefined ? {} : { clock: example.clock }),
    timeout: example.timeout,
    variables: { ...description.variables, ...example.variables },
  };
  const { task, compiledFrom } = await layTask(example, description);
  const spec: EnvironmentSpec = {
    platform: description,
    image: contentsToFiles(image.files),
    task: contentsToFiles(task),
    setup,
    objects: {},
  };
  return { spec, task, compiledFrom };
}

/** The function's files and its layers' as they lie on the disk: compiled ones in the place of their sources. */
async function layTask(
  example: Example,
  platform: PlatformDescription,
): Promise<Pick<Recording, 'task' | 'compiledFrom'>> {
  const onDisk = Object.entries(example.task).filter(([name]) => !(name in example.compiled));
  const task = Object.fromEntries([
    ...onDisk.map(([name, content]) => [taskPath(platform, name), content] as const),
    ...Object.entries(layerOn(platform, example)),
  ]);
  const sources = Object.entries(example.compiled).flatMap(([name, original]) => {
    const content = example.task[name];
    return content !== undefined && 'text' in content
      ? [{ name: original, source: content.text, file: `${name}c` }]
      : [];
  });
  if (sources.length === 0) return { task, compiledFrom: {} };
  const compiled = await compilePython(sources);
  const compiledFrom: Record<string, CompiledSource> = {};
  sources.forEach(({ name, source, file }, index) => {
    const place = taskPath(platform, file);
    task[place] = { base64: Buffer.from(compiled[index] ?? []).toString('base64') };
    compiledFrom[place] = { path: name, text: source };
  });
  return { task, compiledFrom };
}
