/** A solution's files by their paths on the platform's disk: where the recording's task has a file of that name. */
export function taskNames(
  files: Readonly<Record<string, string>>,
  task: Readonly<Record<string, unknown>>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(files).map(([name, text]) => {
      const path = Object.keys(task).find((place) => place.endsWith(`/${name}`));
      if (path === undefined) throw new Error(`The solution changes ${name}, which is no file of the lab.`);
      return [path, text];
    }),
  );
}
