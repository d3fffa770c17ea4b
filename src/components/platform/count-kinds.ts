/** How many of a platform's behaviours are of each kind. */
export function countKinds(
  behaviours: readonly { readonly kind: 'same' | 'inferred' | 'differs' }[],
): Record<'same' | 'inferred' | 'differs', number> {
  const counts = { same: 0, inferred: 0, differs: 0 };
  for (const { kind } of behaviours) counts[kind] += 1;
  return counts;
}
