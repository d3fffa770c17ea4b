/**
 * The address of a moment: `#<lab id>/<stop name>`, or `#<lab id>/step-14` for one that has no stop.
 */

/** A moment as an address names it. */
export type NamedMoment = { readonly stop: string } | { readonly step: number };

/** The moment of this lab that a fragment names; null when it names none. */
export function fragmentToMoment(fragment: string, lab: string): NamedMoment | null {
  const text = decode(fragment.replace(/^#/, ''));
  if (!text.startsWith(`${lab}/`)) return null;
  const name = text.slice(lab.length + 1);
  const step = /^step-([1-9]\d{0,6})$/.exec(name)?.[1];
  if (step !== undefined) return { step: Number(step) };
  return /^[a-z][a-z0-9-]*$/.test(name) ? { stop: name } : null;
}

/** The fragment, with its `#`, that names a moment of a lab. */
export function momentToFragment(moment: NamedMoment, lab: string): string {
  return `#${lab}/${'stop' in moment ? moment.stop : `step-${String(moment.step)}`}`;
}

/** A fragment comes from anywhere, and need not be well encoded. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
