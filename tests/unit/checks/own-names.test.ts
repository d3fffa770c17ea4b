/** The rule that no record is asked for a name from outside as if it held nothing but its own. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Linter } from 'eslint';
import ts from 'typescript';
import tseslint from 'typescript-eslint';
import { ownNames } from '../../../scripts/eslint-rule-own-names.mjs';

const FILE = 'asked.ts';

/** What the code is about; nothing of TypeScript's own library is needed for it. */
const GIVEN = `
interface Names { readonly [name: string]: string }
declare const record: Names, maybe: { of?: Names }, list: readonly string[], name: string;
declare let made: { [name: string]: string };
declare const key: 'a' | 'b', count: number;
declare const Object: { hasOwn(record: object, name: string): boolean };
`;

/** How often the rule speaks of a line of code. */
function faultsIn(line: string): number {
  const text = `${GIVEN}${line}\n`;
  const host = ts.createCompilerHost({});
  const program = ts.createProgram(
    [FILE],
    { noLib: true, noResolve: true, strict: true },
    {
      ...host,
      getSourceFile: (name, target) =>
        name === FILE ? ts.createSourceFile(name, text, target, true) : undefined,
    },
  );
  const messages = new Linter().verify(
    text,
    {
      files: ['**/*.ts'],
      languageOptions: { parser: tseslint.parser, parserOptions: { programs: [program] } },
      plugins: { names: { rules: { own: ownNames } } },
      rules: { 'names/own': 'error' },
    },
    FILE,
  );
  for (const { ruleId, message } of messages) assert.equal(ruleId, 'names/own', message);
  return messages.length;
}

describe('a name from outside', () => {
  for (const line of [
    'export const a = record[name];',
    'export const a = maybe.of?.[name];',
    'made[name] = name;',
    'export const a = name in record;',
    'export const a = [record[name], Object.hasOwn(record, name)];',
    'export const a = Object.hasOwn(made, name) ? record[name] : name;',
    'delete made[name];',
  ])
    it(`is refused in ${line}`, () => {
      assert.equal(faultsIn(line), 1);
    });

  for (const line of [
    "export const a = record['a'];",
    'export const a = record[key];',
    'export const a = record[count];',
    'export const a = list[count];',
    "export const a = 'of' in maybe;",
    'export const a = Object.hasOwn(record, name) ? record[name] : undefined;',
    'export const a = Object.hasOwn(record, name) && record[name] === name;',
    'if (Object.hasOwn(made, name)) made[name] = name;',
    'for (const each in record) made = { [each]: record[each] };',
  ])
    it(`is none, or has been looked for, in ${line}`, () => {
      assert.equal(faultsIn(line), 0);
    });
});
