/** What a run throws at the page is drawn as far as a page bears, the rest is told as a count, and the next run works. */
import { expect, test } from '@playwright/test';
import { prepareToThrow, throwNext, type REFUSED, type ThrownName } from '../../scripts/bench/thrown.ts';
import { openLab, type LabPage, type Language } from './lab-page.ts';

const SOURCE = 'def lambda_handler(event, context):\n    return "whole"\n';

/** Shows a view, whether its tab stands in the row or behind More. */
async function openView(lab: LabPage, view: string): Promise<void> {
  await lab.root.evaluate((root, name) => {
    const tab = root.querySelector<HTMLElement>(`.pane-views [data-tab="${name}"]`);
    if (tab?.hidden === true) root.querySelector<HTMLElement>('.lab-more')?.click();
    tab?.click();
  }, view);
}

interface Case {
  readonly view: 'output' | 'stack' | 'messages' | 'files' | 'bucket';
  readonly kind: 'lines' | 'characters' | 'things';
  /** What the view says of what it leaves out, and how many elements it then holds at most. */
  readonly says: Readonly<Record<Language, RegExp>>;
  readonly most: number;
}

type Words = Pick<Case, 'kind' | 'says'>;

const things = (count: string): Words => ({
  kind: 'things',
  says: {
    en: new RegExp(`${count} more are not listed\\.`),
    ja: new RegExp(`このほか ${count} 件は一覧に出していません。`),
  },
});
const lines = (count: string): Words => ({
  kind: 'lines',
  says: {
    en: new RegExp(`\\[${count} lines are left out here\\.\\]`),
    ja: new RegExp(`\\[ここで ${count} 行を省いています\\]`),
  },
});
const characters = (count: string): Words => ({
  kind: 'characters',
  says: {
    en: new RegExp(`\\[${count} more characters are left out\\.\\]`),
    ja: new RegExp(`\\[続く ${count} 文字を省いています\\]`),
  },
});

const CASES: Partial<Record<ThrownName, Case>> = {
  '8 million newlines': { view: 'output', ...lines('7,998,\\d{3}'), most: 2500 },
  'one line of 8 MB': { view: 'output', ...characters('7,934,464'), most: 100 },
  '2 million carriage returns': { view: 'output', ...characters('1,999,501'), most: 1200 },
  '30,000 warnings': { view: 'output', ...lines('58,\\d{3}'), most: 6500 },
  '19,000 files': { view: 'files', ...things('18,800'), most: 3000 },
  '45,000 objects': { view: 'bucket', ...things('44,800'), most: 3000 },
  '9,000 buckets': { view: 'bucket', ...things('8,90\\d'), most: 2000 },
  '3,500 nested folders': { view: 'files', ...things('6,9\\d{2}'), most: 1500 },
  'an answer of 5.9 MB': { view: 'output', ...characters('5,834,466'), most: 100 },
  '100 frames with 10,000 locals': { view: 'stack', ...things('9,800'), most: 2500 },
  'a message of 8 MB': { view: 'messages', ...characters('7,934,464'), most: 400 },
  'a line of two streams in turns': { view: 'output', ...characters('59,5\\d{2}'), most: 1000 },
};

for (const language of ['en', 'ja'] as const) {
  test(`what is left out is told as a count, and the next run works (${language})`, async ({ page }) => {
    test.slow();
    await prepareToThrow(page);
    const lab = await openLab(page, { source: SOURCE, language });
    const finished = language === 'en' ? /^Finished/ : /^終了/;
    const slider = lab.root.locator('input[type="range"]');
    const seen = new Set<string>();
    for (const [name, { view, kind, says, most }] of Object.entries(CASES)) {
      // The words are the same for each case of a kind.
      if (language === 'ja' && seen.has(kind)) continue;
      seen.add(kind);
      await test.step(name, async () => {
        await throwNext(page, name as ThrownName);
        await lab.run.click();
        await expect(lab.status).toHaveText(finished);
        if (view === 'stack') {
          await lab.root.locator('.time-next').click();
          await slider.fill('100');
        }
        await openView(lab, view);
        const sheet = lab.root.locator(`.sheet[data-view="${view}"]`);
        await expect(sheet).toContainText(says[language]);
        expect(await sheet.locator('*').count()).toBeLessThan(most);
        await throwNext(page, null);
        await openView(lab, 'output');
        await lab.run.click();
        await expect(lab.answer.locator('pre')).toHaveText('"whole"');
        await expect(lab.status).toHaveText(finished);
      });
    }
  });
}

test('what a run may not send ends it at once, with a sentence that says which, and the next run works', async ({
  page,
}) => {
  const most: Readonly<Record<keyof typeof REFUSED, string>> = {
    '90,000 files': '20,000 changes of files',
    'a path of 500,000 levels': '30,000 characters in one text',
    '5,000 nested folders': '4,000 folders in one path',
    '200 MB in all': '128,000,000 bytes',
    'a date out of range': '',
  };
  test.slow();
  await prepareToThrow(page);
  const lab = await openLab(page, { source: SOURCE });
  for (const [name, what] of Object.entries(most)) {
    await test.step(name, async () => {
      await throwNext(page, name as ThrownName);
      await lab.run.click();
      const says =
        what === '' ? 'what it sent to this page makes no sense' : `it sent this page more than ${what}.`;
      await expect(lab.status).toContainText(`The lab ended the run: ${says}`);
      await expect(lab.answer).toContainText(says);
      await expect(lab.answer).toContainText('The environment is gone: the next run is a cold start.');
      await throwNext(page, null);
      await lab.run.click();
      await expect(lab.answer.locator('pre')).toHaveText('"whole"');
    });
  }
});

test('a view that cannot be drawn says so in its place, and the rest of the lab goes on', async ({
  page,
}) => {
  const faults: string[] = [];
  page.on('pageerror', ({ message }) => faults.push(message));
  const lab = await openLab(page, { source: SOURCE });
  await lab.root.evaluate((root) => {
    // A defect of the page, not of the run: the list of files is gone from under the view.
    Object.defineProperty(root.querySelector('[data-view="files"] .lab-storage-body'), 'replaceChildren', {
      configurable: true,
      value: () => {
        throw new Error('a defect');
      },
    });
  });
  await lab.run.click();
  await expect(lab.status).toHaveText(/^Finished/);
  await openView(lab, 'files');
  const files = lab.root.getByRole('region', { name: 'Files', exact: true });
  await expect(files).toHaveText(/^This view could not be drawn\. The rest of the lab goes on/);
  await openView(lab, 'output');
  await expect(lab.answer).toContainText('"whole"');
  expect(faults).toContain('a defect');
  await lab.root.evaluate((root) => {
    Reflect.deleteProperty(
      root.querySelector('[data-view="files"] .lab-storage-body') ?? {},
      'replaceChildren',
    );
  });
  await lab.run.click();
  await openView(lab, 'files');
  await expect(files.getByRole('listitem').filter({ hasText: 'lambda_function.py' }).last()).toBeVisible();
  await expect(files).not.toContainText('could not be drawn');
});
