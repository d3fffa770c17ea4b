/**
 * Whether a lab stays in sight while the words beside it are read. Then nothing is scrolled to it, and a moment of it is no
 * place of its own in the browser's history: the reader has gone nowhere. The style decides, by the size of the window.
 */
export function staysInSight(lab: Element): boolean {
  const bench = lab.closest('.walk-bench');
  return bench !== null && getComputedStyle(bench).position !== 'static';
}
