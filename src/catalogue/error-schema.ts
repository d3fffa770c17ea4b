/**
 * What a file of `content/errors` holds: one outcome that people search for, what is seen of it, why it happens and how to
 * mend it. Writers: its authors. Readers: the error's page, the list of errors, the checks. Text between backquotes is code.
 */
import { z } from 'astro/zod';

const text = z.strictObject({ en: z.string().min(1), ja: z.string().min(1) });

/** Words that need no translation, as they are printed; or a name in each language. */
const name = z.union([z.string().min(1), text]);

/** When it happens: before the handler runs, in it, when the process was ended, or without a process at all. */
export const MOMENTS = ['before', 'in', 'ended', 'refused'] as const;

/** How a statement is known: `seen` in logs and answers that somebody published, `measured` by a case of our own. */
export const EVIDENCE = ['measured', 'seen', 'documented', 'inferred', 'unknown'] as const;

/** Lines that cannot be made here, in the words of a source of `content/sources.json`. */
const quoted = z.strictObject({
  source: z.string(),
  /** The lines of the log, each as it stands there; empty where nothing is logged, null where no source has them. */
  log: z.array(z.string()).nullable(),
  /** What the caller receives; null where no source has it. */
  answer: z.string().nullable(),
  /** Why a page in a browser cannot do it, and what of the lines is put in place. */
  note: text,
});

export const errorSchema = z.strictObject({
  $schema: z.string().optional(),
  /** The system whose outcome it is: a folder of `src/platforms`. */
  platform: z.string(),
  when: z.enum(MOMENTS),
  /** Its place among those of its moment, from 1: what is asked more often comes first. */
  order: z.int().positive(),
  title: name,
  /** Other words by which people search for it, as they are printed. */
  names: z.array(z.string().min(1)),
  /** One or two sentences: what happened. */
  says: text,
  /** True for what is left when no other error has a line: its keys are read last. */
  general: z.boolean().default(false),
  /** What a pasted line holds of it, in small letters: numbers and ids stay away. */
  keys: z
    .array(
      z
        .string()
        .min(3)
        .regex(/^[^A-Z\t]*$/),
    )
    .min(1),
  shown: z.union([z.strictObject({ example: z.string() }), z.strictObject({ quoted })]),
  environment: z.strictObject({ life: z.enum(['kept', 'reset', 'gone', 'none']), says: text }),
  /** Begins with a short answer, which ends with the first full stop. */
  retried: text,
  billed: text,
  /** What happened, step by step. */
  happened: z.array(text).min(1).max(5),
  /** In the order in which to check them. */
  causes: z
    .array(
      z.strictObject({
        title: text,
        says: text,
        /** The examples that do it and that mend it; null where a page cannot. */
        do: z.string().nullable(),
        mend: z.string().nullable(),
      }),
    )
    .min(1)
    .max(4),
  /** What older runtimes said. */
  older: z.array(z.strictObject({ when: text, says: text })),
  known: z
    .array(z.strictObject({ says: text, how: z.enum(EVIDENCE), source: z.string().optional() }))
    .min(2)
    .max(9),
  related: z.array(z.string()).min(1).max(5),
  /** The articles that tell more. */
  articles: z.array(z.string()).min(1).max(3),
});

/** One outcome of the catalogue. */
export type ErrorFile = z.infer<typeof errorSchema>;
