/**
 * Is it a policy that keeps an environment from starting? A host (or an extension) may send one beside the page's own. Frame and
 * worker are under it as well, and cannot say so; so the page does each thing itself that an environment needs, and hears what
 * the browser refuses. The page's own policy allows every one of them: what is refused is another one's doing.
 */
import { EnvironmentCrashed, PolicyRefuses, PythonFileMissing } from './errors.ts';

/** Something that an environment needs, and the directive of a policy that would have to allow it. */
export interface Refusal {
  readonly directive: string;
  readonly source: string;
}

/** What a browser tells of a refusal. */
export type Violation = Pick<
  SecurityPolicyViolationEvent,
  'blockedURI' | 'disposition' | 'effectiveDirective' | 'originalPolicy'
>;

/** Milliseconds that a browser may take to tell of what it has refused, and an attempt may take altogether. */
const TELL_MILLISECONDS = 150;
const ATTEMPT_MILLISECONDS = 1000;

/** The directives that stand in for one which a policy does not have, in their order. */
const STAND_INS: ReadonlyMap<string, readonly string[]> = new Map([
  ['worker-src', ['child-src', 'script-src', 'default-src']],
  ['script-src-elem', ['script-src', 'default-src']],
  ['script-src', ['default-src']],
  ['connect-src', ['default-src']],
]);

/** The first bytes of every module, which are the smallest one. */
const WASM = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);

/**
 * The error that a reader is told of in the place of this one: `PolicyRefuses` where a policy is behind it, else the same. `frame`
 * is the document of the runner frame. It never rejects.
 */
export async function policyBehind(error: unknown, page: Document, frame: string): Promise<unknown> {
  if (!mayBePolicy(error)) return error;
  const script = /<script>([^]*)<\/script>/.exec(frame)?.[1] ?? '';
  const hash = /'sha256-[^']+'/.exec(frame)?.[0] ?? '';
  const refusals: Refusal[] = [];
  const asked = new URL('?policy', page.baseURI).href;
  const hear = (violation: Violation): void => {
    // What else is fetched meanwhile may be led elsewhere, as by a hotel's network: the page's own policy refuses that.
    if (violation.effectiveDirective === 'connect-src' && violation.blockedURI !== asked) return;
    const refusal = violationToRefusal(violation, hash);
    if (refusal === null || refusals.some((known) => isSame(known, refusal))) return;
    refusals.push(refusal);
  };
  page.addEventListener('securitypolicyviolation', hear);
  await Promise.race([tryAll(page, { asked, frame, script }), wait(ATTEMPT_MILLISECONDS)]);
  await wait(TELL_MILLISECONDS);
  page.removeEventListener('securitypolicyviolation', hear);
  return refusals.length === 0 ? error : new PolicyRefuses(refusalsToText(refusals), error);
}

/** What is refused, and by which directives: `blob: 'wasm-unsafe-eval' (script-src), 'self' (connect-src)`. */
export function refusalsToText(refusals: readonly Refusal[]): string {
  const directives = [...new Set(refusals.map(({ directive }) => directive))];
  const sources = (name: string): string =>
    refusals.flatMap(({ directive, source }) => (directive === name ? [source] : [])).join(' ');
  return directives.map((name) => `${sources(name)} (${name})`).join(', ');
}

/** What a violation says that an environment lacks, and which directive of the policy would have to allow it; null for any other. */
export function violationToRefusal(violation: Violation, frameHash: string): Refusal | null {
  const { blockedURI, disposition, effectiveDirective, originalPolicy } = violation;
  if (disposition !== 'enforce') return null;
  const source = sourceOf(effectiveDirective, blockedURI, frameHash);
  if (source === null) return null;
  const written = originalPolicy
    .split(';')
    .map((directive) => directive.trim().split(/\s/)[0]?.toLowerCase());
  const chain = [effectiveDirective, ...(STAND_INS.get(effectiveDirective) ?? [])];
  return { directive: chain.find((name) => written.includes(name)) ?? effectiveDirective, source };
}

function sourceOf(directive: string, blocked: string, frameHash: string): string | null {
  if (directive === 'connect-src') return `'self'`;
  if (directive === 'worker-src') return 'blob:';
  // It names no sources; what is refused is a text where the frame's document goes.
  if (directive === 'require-trusted-types-for') return 'srcdoc';
  if (!directive.startsWith('script-src')) return null;
  if (blocked === 'inline') return frameHash;
  if (blocked === 'wasm-eval') return `'wasm-unsafe-eval'`;
  return blocked.startsWith('blob') ? 'blob:' : null;
}

function isSame(one: Refusal, other: Refusal): boolean {
  return one.directive === other.directive && one.source === other.source;
}

/** False for what came and was wrong, and for an end of the process's own: no policy does that. */
function mayBePolicy(error: unknown): boolean {
  if (error instanceof PythonFileMissing) return error.status === null;
  if (error instanceof EnvironmentCrashed) return error.failure !== 'Exited';
  const { name } = error as { readonly name?: unknown };
  return name === 'RunnerBlocked' || name === 'BootStalled' || name === 'TypeError';
}

/** Does in the page what an environment needs; how it ends does not matter. */
async function tryAll(
  page: Document,
  { asked, frame, script }: { readonly asked: string; readonly frame: string; readonly script: string },
): Promise<void> {
  const tries: readonly (() => unknown)[] = [
    // A redirect is not followed, for the same reason.
    () => fetch(asked, { method: 'HEAD', redirect: 'manual' }),
    () => WebAssembly.compile(WASM),
    startWorker,
    () => (page.createElement('iframe').srcdoc = frame),
    () => {
      addScript(page, 'text', script);
    },
    () => {
      addScript(page, 'src', toBlob(''));
    },
  ];
  // Some throw at once where texts have to be trusted (Trusted Types).
  await Promise.allSettled(
    tries.map(
      (one) =>
        new Promise((resolve) => {
          resolve(one());
        }),
    ),
  );
}

function addScript(page: Document, how: 'src' | 'text', value: string): void {
  const element = page.createElement('script');
  element[how] = value;
  page.head.append(element);
  element.remove();
}

function startWorker(): Promise<void> {
  return new Promise((resolve) => {
    const worker = new Worker(toBlob('postMessage(0)'));
    worker.onmessage = worker.onerror = () => {
      worker.terminate();
      resolve();
    };
  });
}

function toBlob(script: string): string {
  return URL.createObjectURL(new Blob([script], { type: 'text/javascript' }));
}

function wait(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
