import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { parse } from 'yaml';

const ROOT = path.resolve(import.meta.dirname, '../../..');

interface Step {
  readonly id?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
}

interface Job {
  readonly needs?: string;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly environment?: { readonly name: string; readonly url: string };
  readonly steps: readonly Step[];
}

interface Workflow {
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<'build' | 'deploy', Job>>;
}

async function readWorkflow(): Promise<Workflow> {
  return parse(await readFile(path.join(ROOT, '.github/workflows/pages.yml'), 'utf8')) as Workflow;
}

test('the workflow builds for the address that GitHub gives the site, and publishes that build', async () => {
  const { build, deploy } = (await readWorkflow()).jobs;
  const at = (name: string): number =>
    build.steps.findIndex(({ uses, run }) => run === name || uses?.startsWith(`${name}@`) === true);
  const order = [
    'actions/checkout',
    'actions/setup-node',
    'actions/cache',
    'actions/configure-pages',
    'npm ci',
    'npm run cards',
    'npm run build',
    'actions/upload-pages-artifact',
  ].map(at);
  assert.deepEqual(
    order,
    order.toSorted((a, b) => a - b),
  );
  assert.ok(!order.includes(-1), `${order.join(' ')}: -1 is a step that is missing`);
  const pages = build.steps[at('actions/configure-pages')];
  assert.deepEqual(build.steps[at('npm run build')]?.env, {
    SITE: `\${{ steps.${pages?.id ?? ''}.outputs.origin }}`,
    BASE: `\${{ steps.${pages?.id ?? ''}.outputs.base_path }}`,
    REPOSITORY: '${{ github.server_url }}/${{ github.repository }}',
  });
  assert.deepEqual(build.steps[at('actions/upload-pages-artifact')]?.with, { path: 'dist' });
  assert.deepEqual(build.steps[at('actions/setup-node')]?.with, { 'node-version': 24, cache: 'npm' });
  assert.equal(deploy.needs, 'build');
  const [deployment] = deploy.steps;
  assert.match(deployment?.uses ?? '', /^actions\/deploy-pages@/);
  assert.deepEqual(deploy.environment, {
    name: 'github-pages',
    url: `\${{ steps.${deployment?.id ?? ''}.outputs.page_url }}`,
  });
});

test('each job may do what it has to and no more, by actions of a known major version', async () => {
  const { permissions, jobs } = await readWorkflow();
  assert.deepEqual(permissions, { contents: 'read' });
  assert.deepEqual(jobs.build.permissions, { contents: 'read', pages: 'read' });
  assert.deepEqual(jobs.deploy.permissions, { pages: 'write', 'id-token': 'write' });
  for (const { uses } of [...jobs.build.steps, ...jobs.deploy.steps])
    if (uses !== undefined) assert.match(uses, /^actions\/[\w-]+@v\d+$/);
});

test('what it runs by npm is there', async () => {
  const { jobs } = await readWorkflow();
  const { scripts } = JSON.parse(await readFile(path.join(ROOT, 'package.json'), 'utf8')) as {
    readonly scripts: Readonly<Record<string, string>>;
  };
  const names = jobs.build.steps.flatMap(({ run }) => /^npm run ([\w-]+)$/.exec(run ?? '')?.[1] ?? []);
  assert.ok(names.length > 0);
  assert.deepEqual(
    names.filter((name) => !(name in scripts)),
    [],
  );
});
