/** What each lab of a page does when it comes to life, a piece a task: between two of them a page of a dozen answers its reader. */

const waiting: (() => void)[] = [];

/** Does a piece of work in a task of its own, behind those that wait already. */
export function oneByOne(work: () => void): void {
  waiting.push(work);
  if (waiting.length === 1) setTimeout(next);
}

function next(): void {
  const work = waiting[0];
  try {
    work?.();
  } finally {
    // A piece that throws holds up none of the others.
    waiting.shift();
    if (waiting.length > 0) setTimeout(next);
  }
}
