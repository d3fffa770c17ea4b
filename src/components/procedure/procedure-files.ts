/** Edge: reads the procedures and the examples' tasks as the bundler sees them. */
import { ownValue } from '../../trace/own-value.ts';

const PROCEDURES = import.meta.glob<string>('../../../content/procedures/*/*.{sh,json,md}', {
  query: '?raw',
  import: 'default',
  eager: true,
});
const TASKS = import.meta.glob<string>('../../../content/examples/*/task/*.py', {
  query: '?raw',
  import: 'default',
  eager: true,
});

/** The text of a procedure's file. Throws when there is none. */
export function readProcedureFile(procedure: string, file: string): string {
  const text = ownValue(PROCEDURES, `../../../content/procedures/${procedure}/${file}`);
  if (text === undefined) throw new Error(`There is no content/procedures/${procedure}/${file}.`);
  return text;
}

/** The text of an example's handler. Throws when there is none. */
export function readHandler(example: string): string {
  const text = ownValue(TASKS, `../../../content/examples/${example}/task/lambda_function.py`);
  if (text === undefined) throw new Error(`content/examples/${example} has no lambda_function.py.`);
  return text;
}
