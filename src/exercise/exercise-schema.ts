/**
 * What a file of `content/exercises` holds: a task, and statements that are true or not of the record of some runs. They name
 * what happened, never what the code looks like. Writers: the site's authors. Readers: the pages, `npm run invoke`, the tests.
 */
import { z } from 'astro/zod';
import { frame } from './frame-schema.ts';

const text = z.strictObject({ en: z.string().min(1), ja: z.string().min(1) });

/** Which texts are meant: the whole text, a part of it, or its beginning. */
const words = z
  .strictObject({ is: z.string().optional(), has: z.string().optional(), starts: z.string().optional() })
  .refine((value) => Object.values(value).some((part) => part !== undefined), {
    error: 'says nothing of the text: give "is", "has" or "starts"',
  });

const phase = z.enum(['init', 'wait', 'invoke', 'respond', 'report-error']);

/** The phase that the environment is in when it happens. */
const during = phase.optional();

/** What happens, in the words of the record. */
const happening = z.union([
  /** A function is entered; `from` is its caller, `within` any function that has not returned yet. */
  z.strictObject({ call: frame, from: frame.optional(), within: frame.optional(), during }),
  /** A function returns; `value` is what a person would read of it. */
  z.strictObject({ return: frame, value: words.optional(), during }),
  /** An error comes through a function. */
  z.strictObject({ raise: frame, error: words.optional(), during }),
  /** A line of the log is begun; without `stream` one that the platform has not written. */
  z.strictObject({ line: words, stream: z.enum(['stdout', 'stderr', 'platform']).optional(), during }),
  /** Something crosses between the process and the platform. */
  z.strictObject({ message: words, body: words.optional(), during }),
  /** A phase begins. */
  z.strictObject({ phase }),
  /** A file is written, or an object put. */
  z.strictObject({ file: words, during }),
  z.strictObject({ object: words, during }),
]);

const status = z.enum(['returned', 'completed', 'raised', 'exited', 'timed-out', 'shut-down']);

/** The number of a run, from 1. */
const run = z.int().positive();

const times = z.union([
  z.int().nonnegative(),
  z
    .strictObject({ least: z.int().nonnegative().optional(), most: z.int().nonnegative().optional() })
    .refine(({ least = 0, most = Infinity }) => least <= most, { error: 'asks for more than it allows' }),
]);

/** Something that a run's record says, or doesn't. Getters, as zod wants them where a schema holds itself. */
const fact = z.union([
  /** It happens so often, at least once unless `times` says another; in one run, or in all of them together. */
  z.strictObject({ happens: happening, times: times.optional(), run: run.optional() }),
  /** Both happen, and the first time of the one is before the first time of the other. */
  z.strictObject({ happens: happening, before: happening, run: run.optional() }),
  /** What the client gets, as JSON: the value, a text in it, or the type of an error. Of one run, or of each. */
  z.strictObject({ answers: z.json(), run: run.optional() }),
  z.strictObject({ answerHas: z.string(), run: run.optional() }),
  z.strictObject({ fails: z.string(), run: run.optional() }),
  /** How it ends, of one run or of each. */
  z.strictObject({ ends: status, run: run.optional() }),
  /** The run is answered by the process of the run before it. */
  z.strictObject({ warm: z.int().min(2) }),
  /** What is there when a run has ended, the last one unless `run` says another: a file of the disk, or an object. */
  z.strictObject({
    leaves: z.strictObject({ file: z.string() }),
    text: words.optional(),
    run: run.optional(),
  }),
  z.strictObject({
    leaves: z.strictObject({ object: z.string() }),
    text: words.optional(),
    run: run.optional(),
  }),
  z.strictObject({
    get every() {
      return z.array(fact).min(1);
    },
  }),
  z.strictObject({
    get some() {
      return z.array(fact).min(1);
    },
  }),
  z.strictObject({
    get not(): typeof fact {
      return fact;
    },
  }),
]);

const statement = z.strictObject({
  /** The statement itself: a sentence in the present tense, as it stands in the list. */
  says: text,
  /** What is shown while it is not true yet: what happened in its place, or where to look. */
  notYet: text,
  is: fact,
  /** The moment to look at while it is not true yet; left out, the one that the fact itself tells. */
  look: z.strictObject({ at: happening, run: run.optional() }).optional(),
});

export const exerciseSchema = z.strictObject({
  $schema: z.string().optional(),
  /** The article that it stands in. */
  article: z.string(),
  /** The example whose code it begins with, and the platform that it runs on. */
  example: z.string(),
  platform: z.string(),
  /** What to do. Text between backquotes is code. */
  task: text,
  /** The events of the runs, all in one environment as long as it lives; left out, the example's first event once. */
  events: z.array(z.json()).min(1).max(5).optional(),
  /** How a run may end and be looked at: any other end leaves every statement unchecked. */
  mayEnd: z.array(status).min(1).default(['returned']),
  statements: z.array(statement).min(2).max(5),
  /** Why it is so: one to three sentences, shown when all is true. */
  why: text,
});

/** The same, and the runs that are named are there. Astro takes no object with conditions for a collection. */
export const exerciseFileSchema = exerciseSchema.superRefine(({ events, statements }, context) => {
  const count = events?.length ?? 1;
  for (const [index, statement] of statements.entries()) {
    const named = runsIn(statement).find((number) => number > count);
    if (named !== undefined)
      context.addIssue({
        code: 'custom',
        path: ['statements', index],
        message: `names run ${String(named)}, and an attempt has ${String(count)}`,
      });
  }
});

/** The numbers of the runs that a statement names, however deep. */
function runsIn(value: unknown): readonly number[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]: [string, unknown]) =>
    (key === 'run' || key === 'warm') && typeof inner === 'number' ? [inner] : runsIn(inner),
  );
}

/** One exercise. */
export type ExerciseFile = z.infer<typeof exerciseSchema>;
export type Statement = ExerciseFile['statements'][number];
export type Fact = z.infer<typeof fact>;
export type Happening = z.infer<typeof happening>;
export type Words = z.infer<typeof words>;
