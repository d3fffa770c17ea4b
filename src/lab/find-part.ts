/**
 * The element that a lab's markup must hold. Throws when it is not there or of another kind: then page and script
 * are not of one build.
 */
export function findPart<T extends Element>(root: Element, selector: string, type: new () => T): T {
  const found = root.querySelector(selector);
  if (found instanceof type) return found;
  throw new Error(`${root.id} has no ${type.name} at ${selector}.`);
}
