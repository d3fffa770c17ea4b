/** What do the numbers of REPORT say: what was billed, and how much memory was used? */
import type { Finding } from '../explanation.ts';
import type { ReportFact } from '../facts.ts';
import { isInAdvance, type Traced } from '../runs.ts';
import { linesOf, open, shown, type Context } from './context.ts';

/** What was billed. */
export function findBilling({ traced }: Context): readonly Finding[] {
  const real = traced.filter(({ run, report }) => !run.isEmulated && report !== null);
  const findings: Finding[] = [];
  const say = (
    id: 'init-billed' | 'init-free' | 'billed-in-steps' | 'billed-to-limit' | 'numbers-unfit',
    those: readonly Traced[],
  ): void => {
    const [one] = those;
    if (one === undefined) return;
    const index = those.length === 1 ? one.index : null;
    const lines = those.flatMap(({ report }) => linesOf(report));
    findings.push(shown(id, { count: those.length }, index, lines));
  };
  const timed = real.filter((one) => (one.report?.initMs ?? null) !== null && !isInAdvance(one));
  say(
    'init-billed',
    timed.filter(({ billing }) => billing === 'run-and-init'),
  );
  say(
    'init-free',
    timed.filter(({ billing }) => billing === 'run' || billing === 'steps'),
  );
  for (const { index, run, initReports, billing, report } of real) {
    const second = initReports.findLast(({ phase }) => phase === 'invoke');
    const first = initReports.find(({ phase, status }) => phase === 'init' && status !== 'success');
    const secondMs = second?.ms ?? null;
    const firstMs = first?.ms ?? null;
    if (secondMs !== null && run.initBilled === true && run.billedMs !== null) {
      findings.push(
        shown('second-init-billed', { secondMs, billedMs: run.billedMs }, index, linesOf(second, report)),
      );
    }
    if (firstMs !== null && billing === 'run' && report?.initMs === null) {
      findings.push(shown('first-init-unbilled', { firstMs }, index, linesOf(first, report)));
    }
  }
  say(
    'billed-in-steps',
    real.filter(({ billing }) => billing === 'steps'),
  );
  say(
    'billed-to-limit',
    real.filter(({ billing }) => billing === 'capped'),
  );
  say('numbers-unfit', real.filter(isUnfit));
  if (timed.some(({ billing }) => billing === 'unclear')) findings.push(open('open-billing'));
  return findings;
}

function isUnfit({ billing, report, initReports }: Traced): boolean {
  const duration = report?.durationMs ?? null;
  if (report === null || duration === null || report.restoreMs !== null) return false;
  if (isOver(report)) return true;
  const inside = initReports.findLast(({ phase }) => phase === 'invoke')?.ms ?? 0;
  if (inside > duration) return true;
  // An init that isn't shown may be in what was billed.
  return report.billedMs !== null && billing === null && !(report.isCut && !report.text.includes('REPORT'));
}

/** Used may be a little above Size. */
const MOST_OF_SIZE = 1.05;

function isOver({ usedMb, memoryMb }: ReportFact): boolean {
  return usedMb !== null && memoryMb !== null && usedMb > memoryMb * MOST_OF_SIZE;
}

/** From this share of its memory on a function is near its limit. */
const NEAR = 0.9;

/** Below this share it has room. */
const ROOM = 0.8;

/** What was used of the memory, where it matters. */
export function findMemory({ traced }: Context): readonly Finding[] {
  const real = traced.filter(({ run, report }) => !run.isEmulated && report !== null && !isOver(report));
  const share = ({ run }: Traced): number => (run.usedMb ?? 0) / (run.memoryMb ?? Infinity);
  const findings: Finding[] = [];
  const full = real.filter((one) => one.run.usedMb !== null && one.run.usedMb === one.run.memoryMb);
  const spared = full.filter(({ run }) => ['success', 'error', 'timeout'].includes(run.outcome));
  const [first] = spared;
  if (first !== undefined) {
    findings.push(
      shown(
        'memory-full',
        { memoryMb: first.run.memoryMb ?? 0, count: spared.length },
        spared.length === 1 ? first.index : null,
        spared.flatMap(({ report }) => linesOf(report)),
      ),
    );
  }
  const isKilled = traced.some(({ run }) => run.outcome === 'killed');
  const near = real
    .filter((one) => share(one) >= NEAR && one.run.outcome !== 'memory' && one.run.outcome !== 'killed')
    .toSorted((one, other) => share(other) - share(one))[0];
  if (isKilled && near !== undefined) {
    findings.push(
      shown(
        'memory-near',
        { usedMb: near.run.usedMb ?? 0, memoryMb: near.run.memoryMb ?? 0 },
        near.index,
        linesOf(near.report),
      ),
    );
  }
  const hasTrouble = traced.some(({ run }) => run.outcome === 'error' || run.outcome === 'timeout');
  const most = real
    .filter(({ run }) => run.usedMb !== null && run.memoryMb !== null)
    .toSorted((one, other) => share(other) - share(one))[0];
  const hasKill = traced.some(
    ({ run }) => run.outcome === 'memory' || run.outcome === 'killed' || run.outcome === 'crash',
  );
  if (hasTrouble && !hasKill && most !== undefined && share(most) < ROOM) {
    findings.push(
      shown(
        'memory-spare',
        { usedMb: most.run.usedMb ?? 0, memoryMb: most.run.memoryMb ?? 0 },
        most.index,
        linesOf(most.report),
      ),
    );
  }
  return findings;
}
