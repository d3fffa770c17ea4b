import type { ExerciseFile } from './exercise-schema.ts';

/** The events of an exercise's runs, as JSON text; `first` is the example's own. */
export function eventTexts({ events }: Pick<ExerciseFile, 'events'>, first: string): readonly string[] {
  return events?.map((event) => JSON.stringify(event)) ?? [first];
}
