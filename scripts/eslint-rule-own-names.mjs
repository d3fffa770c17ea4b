/**
 * A rule of ours: no record is asked for a name by `record[name]` or `name in record`, nor given one by `record[name] = …`. A
 * name may be `constructor` or `__proto__`, and a plain object then answers with what nobody has put there, or keeps nothing.
 * `ownValue` asks; a `Map`, or `Object.fromEntries`, gives. Names that the code itself writes out are left alone, and so is a
 * question that `Object.hasOwn` has answered ahead of it.
 */
import ts from 'typescript';

const MESSAGE =
  'A name may be `constructor` or `__proto__`: ask by ownValue of src/trace/own-value.ts (or a Map), and collect in a Map or by Object.fromEntries.';

/** @type {import('eslint').Rule.RuleModule} */
export const ownNames = {
  meta: { type: 'problem', schema: [], messages: { plain: MESSAGE } },
  create(context) {
    const { sourceCode } = context;
    /** @type {{ program: ts.Program, esTreeNodeToTSNodeMap: { get(node: unknown): ts.Node } }} */
    const services = sourceCode.parserServices;
    const checker = services.program.getTypeChecker();
    /** @param {unknown} node */
    const typeOf = (node) => checker.getTypeAtLocation(services.esTreeNodeToTSNodeMap.get(node));
    /** @param {unknown} node */
    const isNameFromOutside = (node) => !isOwnName(typeOf(node));
    /** @param {unknown} node */
    const isRecord = (node) => {
      const type = checker.getNonNullableType(typeOf(node));
      return checker.getIndexInfoOfType(type, ts.IndexKind.String) !== undefined;
    };
    /**
     * Whether what surrounds a question has asked for the same name before, or has got it from the same record.
     *
     * @param {import('eslint').Rule.Node} node
     * @param {string} record
     * @param {string} name
     */
    const isKnown = (node, record, name) => {
      const asked = `Object.hasOwn(${record}, ${name})`;
      /** @type {import('eslint').Rule.Node | null} */
      let around = node.parent;
      for (; around !== null && around.type !== 'FunctionDeclaration'; around = around.parent) {
        if (around.type === 'ForInStatement') {
          const [left, right] = [sourceCode.getText(around.left), sourceCode.getText(around.right)];
          if (left === `const ${name}` && right === record) return true;
        }
        let ahead = null;
        if (around.type === 'ConditionalExpression' || around.type === 'IfStatement') ahead = around.test;
        else if (around.type === 'LogicalExpression') ahead = around.left;
        if (ahead !== null && sourceCode.getText(ahead).includes(asked)) return true;
      }
      return false;
    };
    return {
      MemberExpression(node) {
        const { object, property, computed } = node;
        if (!computed || object.type === 'Super' || property.type === 'PrivateIdentifier') return;
        if (!isNameFromOutside(property) || !isRecord(object)) return;
        if (isKnown(node, sourceCode.getText(object), sourceCode.getText(property))) return;
        context.report({ node, messageId: 'plain' });
      },
      BinaryExpression(node) {
        const { operator, left, right } = node;
        if (operator !== 'in' || left.type === 'PrivateIdentifier') return;
        if (isNameFromOutside(left)) context.report({ node: right, messageId: 'plain' });
      },
    };
  },
};

/**
 * Whether all that a type allows is written out in the code: a number, a symbol, one of some words.
 *
 * @param {ts.Type} type
 * @returns {boolean}
 */
function isOwnName(type) {
  if (type.isUnion()) return type.types.every(isOwnName);
  return (
    (type.flags & (ts.TypeFlags.NumberLike | ts.TypeFlags.StringLiteral | ts.TypeFlags.ESSymbolLike)) !== 0
  );
}
