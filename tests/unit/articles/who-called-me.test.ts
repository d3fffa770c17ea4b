/** What «Who calls your Lambda handler?» claims. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { before, describe, it } from 'node:test';
import { elementsNamed, readMdx } from '../../../src/components/article/read-mdx.ts';
import { runHandler } from '../run-handler.ts';
import { framesIn, recordedRuns, tellOf, type Told } from './example-runs.ts';

/** What each platform's script is, and the frames of the stack that its handler prints. */
const PLATFORMS = {
  'lambda-today': {
    script: '/var/runtime/bootstrap.py',
    frames: [
      '<module> (bootstrap.py)',
      'main (bootstrap.py)',
      'main (__main__.py)',
      'run (bootstrap.py)',
      'handle_event_request (bootstrap.py)',
      'lambda_handler (lambda_function.py)',
    ],
    importing: ['main (__main__.py)', 'run (bootstrap.py)', '_get_handler (bootstrap.py)'],
  },
  'lambda-2016': {
    script: '/var/runtime/awslambda/bootstrap.py',
    frames: [
      '<module> (bootstrap.py)',
      'main (bootstrap.py)',
      'handle_event_request (bootstrap.py)',
      'lambda_handler (lambda_function.py)',
    ],
    importing: ['main (bootstrap.py)', '_get_handlers (bootstrap.py)'],
  },
} as const;
const FRAMES = PLATFORMS['lambda-2016'].frames;

/** One environment for all questions: each event asks one. */
const QUESTIONS = ['stack', 'stack', 'program', 'streams', 'elsewhere'] as const;
const HANDLER = `import sys, traceback

asked = []
traceback.print_stack()
elsewhere = {'traceback': traceback}
exec(compile('def ask():\\n    traceback.print_stack()\\n', '/nowhere/else.py', 'exec'), elsewhere)

def lambda_handler(event, context):
    asked.append(event)
    if event == 'stack':
        traceback.print_stack()
    if event == 'program':
        print(sys.modules['__main__'].__file__, __name__)
    if event == 'streams':
        print(sys.stdout is sys.__stdout__, sys.stderr is sys.__stderr__)
    if event == 'elsewhere':
        elsewhere['ask']()
    return asked
`;

for (const [platform, { script, frames: FRAMES, importing }] of Object.entries(PLATFORMS))
  describe(`a handler that asks who called it on ${platform}`, () => {
    let runs: readonly Told[] = [];
    const logOf = (question: (typeof QUESTIONS)[number]): string =>
      runs[QUESTIONS.indexOf(question)]?.log ?? '';

    before(async () => {
      const events = QUESTIONS.map((question) => JSON.stringify(question));
      const environments = await runHandler(HANDLER, { platform, events });
      runs = environments.flatMap((environment) => environment.runs.map(tellOf));
      assert.deepEqual(
        runs.map(({ cold }) => cold),
        [true, false, false, false, false],
      );
    });

    // Claims: bootstrap-is-the-program
    it('runs in a process whose program is the script', () => {
      assert.match(logOf('program'), new RegExp(`^${script} lambda_function$`, 'm'));
    });

    // Claims: warm-frames-are-the-cold-ones
    it('is called by the same lines when it is warm', () => {
      const stack = (log: string): string =>
        log.slice(log.search(/^START/m), log.search(/^END/m)).replace(/^.*\n/, '');
      assert.deepEqual(framesIn(stack(runs[0]?.log ?? '')), FRAMES);
      assert.equal(stack(runs[1]?.log ?? ''), stack(runs[0]?.log ?? ''));
    });

    // Claims: globals-live-on
    it('finds its globals as the runs before left them', () => {
      assert.deepEqual(
        runs.map(({ outcome }) => outcome),
        QUESTIONS.map((_, last) => ({
          status: 'returned',
          payload: JSON.stringify(QUESTIONS.slice(0, last + 1)).replaceAll(',', ', '),
        })),
      );
    });

    // Claims: script-replaces-both-streams
    it('writes to other files than those that the process began with', () => {
      assert.match(logOf('streams'), /^False False$/m);
    });

    // Claims: missing-file-prints-no-line
    it('prints no source line for a file that is not there', () => {
      assert.match(logOf('elsewhere'), / {2}File "\/nowhere\/else\.py", line 2, in ask\nEND /);
    });

    // Claims: top-level-runs-under-the-import
    it('prints frames of an import, before the first START alone, from its top level', () => {
      const [start = '', ...others] = runs.map(({ log }) => log.slice(0, log.search(/^START/m)));
      const frames = framesIn(start);
      assert.equal(frames[0], FRAMES[0]);
      const last = frames.indexOf(importing.at(-1) ?? '');
      assert.deepEqual(frames.slice(last + 1 - importing.length, last + 1), importing);
      assert.equal(frames.at(-1), '<module> (lambda_function.py)');
      assert.ok(frames.some((frame) => frame.startsWith('import_module ')));
      assert.ok(!frames.some((frame) => frame.startsWith('handle_event_request ')));
      assert.deepEqual(others, ['', '', '', '']);
    });
  });

describe('the recorded stack', () => {
  // Claims: result-becomes-json
  it('is in the log, and the answer is null', async () => {
    for (const [platform, { frames }] of Object.entries(PLATFORMS)) {
      const [run] = (await recordedRuns('print-the-stack', platform)).map(tellOf);
      assert.deepEqual(framesIn(run?.log ?? ''), frames);
      assert.deepEqual(run?.outcome, { status: 'returned', payload: 'null' });
    }
  });

  // Claims: platform-writes-start-and-end, print-stack-writes-stderr
  it('goes to standard error, between lines of the platform that the script does not hold', async () => {
    for (const [platform, { script, frames }] of Object.entries(PLATFORMS)) {
      const [run] = await recordedRuns('print-the-stack', platform);
      const written = run?.events.flatMap((event) => (event.kind === 'output' ? [event] : [])) ?? [];
      const by = (stream: string): string =>
        written.flatMap((event) => (event.stream === stream ? [event.text] : [])).join('');
      assert.match(
        by('platform'),
        /^(?:INIT_START .*\n)?START RequestId: .*\nEND RequestId: .*\nREPORT RequestId: .*\n$/,
      );
      assert.deepEqual(framesIn(by('stderr')), frames);
      assert.equal(by('stdout'), '');
      const text = await readFile(`src/platforms/${platform}/disk${script}`, 'utf8');
      assert.doesNotMatch(text, /\b(?:START|END|REPORT)\b/);
    }
  });

  // Claims: sourceless-frame-reads-as-published
  it('ends as the published one, compiled on the author’s computer', async () => {
    const [run] = (await recordedRuns('sourceless-pyc')).map(tellOf);
    const article = await readFile('content/articles/en/who-called-me.mdx', 'utf8');
    const quoted = elementsNamed(readMdx(article), 'Quoted')
      .filter(({ attributes }) => attributes.get('source') === 'post')
      .map(({ content }) => article.slice(content?.start, content?.end));
    const published = /^( {2}File "\/Users\/[^\n]*\n)END/m.exec(quoted.join('\n'))?.[1];
    assert.ok(published);
    assert.ok(run?.log.includes(`${published}END `), run?.log);
  });

  // Claims: today-starts-a-script-too
  it('begins with a script today as well, and ends in a function of the same name', async () => {
    const [run] = (await recordedRuns('print-the-stack', 'lambda-today')).map(tellOf);
    const frames = framesIn(run?.log ?? '');
    assert.equal(frames[0], '<module> (bootstrap.py)');
    assert.deepEqual(frames.slice(-2), FRAMES.slice(-2));
  });

  // Claims: the-loop-is-in-run
  it('leads through the package’s loop today, and the script’s main has none', async () => {
    const [run] = (await recordedRuns('print-the-stack', 'lambda-today')).map(tellOf);
    assert.deepEqual(framesIn(run?.log ?? '').slice(1, 4), [
      'main (bootstrap.py)',
      'main (__main__.py)',
      'run (bootstrap.py)',
    ]);
    const loops = async (file: string, name: string): Promise<boolean> => {
      const text = await readFile(`src/platforms/${file}`, 'utf8');
      const [body] = new RegExp(`^def ${name}\\(.*?(?=^\\S|$(?![^]))`, 'ms').exec(text) ?? [];
      assert.ok(body);
      return /^ +while True:$/m.test(body);
    };
    assert.deepEqual(
      [
        await loops('lambda-2016/disk/var/runtime/awslambda/bootstrap.py', 'main'),
        await loops('lambda-today/disk/var/runtime/bootstrap.py', 'main'),
        await loops(
          'lambda-today/disk/var/lang/lib/python3.14/site-packages/awslambdaric/bootstrap.py',
          'run',
        ),
      ],
      [true, false, true],
    );
  });
});
