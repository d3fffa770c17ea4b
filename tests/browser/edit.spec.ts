import { expect, test } from '@playwright/test';
import { BOTH } from './both.ts';
import { asItIs, hold, PYTHON } from './hold.ts';
import { openLab, type LabPage } from './lab-page.ts';

/** The editor that has come over a text, by the name of what it edits. */
const editor = (lab: LabPage, name: RegExp) => lab.root.getByRole('textbox', { name });

test(
  'a reader changes a line, runs it from the keyboard, and finds it again after a reload',
  BOTH,
  async ({ page }) => {
    const lab = await openLab(page);
    const block = lab.root.locator('lab-editable').first();
    const place = () =>
      block.evaluate(({ offsetTop, offsetWidth, offsetHeight }: HTMLElement) => [
        offsetTop,
        offsetWidth,
        offsetHeight,
      ]);
    const before = await place();
    await block.locator('.line').last().click();
    const code = editor(lab, /lambda_function\.py/);
    await expect(code).toBeFocused();
    expect(await place(), 'nothing has moved').toEqual(before);
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    await page.keyboard.type('print("hello")');
    await expect(lab.output).toContainText(
      'recorded when this site was built: a cold start, before your change',
    );
    await page.keyboard.press('ControlOrMeta+Enter');
    await expect(lab.status).toHaveText(/^Finished/);
    expect(await lab.log()).toContain('\nhello\n');
    await expect(code).toBeFocused();

    await page.keyboard.type('; print("again")');
    await page.keyboard.press('Shift+Enter');
    await expect.poll(() => lab.log()).toContain('\nhello\nagain\n');
    await expect(lab.output, 'changed code is deployed anew').toContainText('your run: a cold start');

    await page.reload();
    await expect(block).toContainText('print("hello"); print("again")');
    await expect(lab.root).toContainText('Your browser keeps it for your next visit.');
    await lab.root.getByText('What you changed').click();
    await expect(lab.root.locator('.lab-difference ins')).toHaveText('+     print("hello"); print("again")');
    await lab.root.getByRole('button', { name: 'Show the original' }).click();
    await expect(block).not.toContainText('hello');
    await lab.root.getByRole('button', { name: 'Bring my text back' }).click();
    await expect(block).toContainText('print("hello"); print("again")');
    await lab.reset.click();
    await expect(block).not.toContainText('hello');
    await page.reload();
    await expect(lab.root.getByRole('button', { name: 'Bring my text back' })).toBeVisible();
    await expect(block).not.toContainText('hello');
    await lab.root.getByRole('button', { name: 'Bring my text back' }).click();
    await expect(block, 'a reset loses nothing, even over a reload').toContainText('print("hello")');
  },
);

test('an event that is no JSON is shown at its place, and nothing runs', BOTH, async ({ page }) => {
  const lab = await openLab(page);
  const before = await lab.log();
  await (await lab.openEvent()).click();
  const event = editor(lab, /Event/);
  await expect(event).toBeFocused();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('{"a": 1,\nb}');
  await lab.run.click();
  await expect(lab.status).toHaveText(/^The event is not JSON, so nothing was run\./);
  await expect(event).toBeFocused();
  expect(await lab.log()).toBe(before);
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('{"a": 1}');
  await lab.runToItsEnd();
  await expect(lab.root.locator('.lab-fault')).toBeHidden();
});

test('the event that is run is the reader’s', async ({ page }) => {
  const lab = await openLab(page, { source: 'def lambda_handler(event, context):\n    return event\n' });
  await (await lab.openEvent()).click();
  await expect(editor(lab, /Event/)).toBeFocused();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('["読者", 1]');
  await lab.runToItsEnd();
  await expect(lab.answer.locator('pre')).toHaveText('["\\u8aad\\u8005", 1]');
});

test(
  'the keyboard passes through a lab, changes nothing on its way, and indents only for whoever writes',
  BOTH,
  async ({ page }) => {
    const lab = await openLab(page);
    await lab.root.getByRole('button', { name: 'Copy' }).focus();
    await page.keyboard.press('Tab');
    const code = editor(lab, /lambda_function\.py/);
    await expect(code).toBeFocused();
    await page.keyboard.press('Tab');
    await expect(lab.root.getByRole('tab', { name: 'Output' }), 'what comes next').toBeFocused();
    await page.keyboard.press('Shift+Tab');
    await expect(code).toBeFocused();
    await expect(lab.root.locator('.lab-edits')).toBeHidden();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Tab');
    await expect(code).toContainText('    import traceback');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Tab');
    await expect(code).not.toBeFocused();
    await expect(code).toHaveAttribute('aria-description', /Escape, then Tab/);
  },
);

test('texts live on in the page where the browser keeps nothing', BOTH, async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(window, 'localStorage', {
      get() {
        throw new DOMException('refused', 'SecurityError');
      },
    });
  });
  const lab = await openLab(page);
  await lab.root.locator('lab-editable').first().locator('.line').last().click();
  await expect(editor(lab, /lambda_function\.py/)).toBeFocused();
  await page.keyboard.press('End');
  await page.keyboard.type('; print("kept")');
  await expect(lab.root).toContainText('a reload loses it');
  await lab.runToItsEnd();
  expect(await lab.log()).toContain('kept');
});

test('on a phone the editor’s text is not so small that the browser would zoom into it', async ({
  browser,
  baseURL,
}) => {
  const context = await browser.newContext({
    viewport: { width: 360, height: 740 },
    hasTouch: true,
    baseURL: baseURL ?? '',
  });
  try {
    const page = await context.newPage();
    const lab = await openLab(page);
    await lab.root.locator('lab-editable').first().locator('.line').last().click();
    const code = editor(lab, /lambda_function\.py/);
    await expect(code).toBeFocused();
    if (await page.evaluate(() => matchMedia('(pointer: coarse)').matches)) {
      await expect(code).toHaveCSS('font-size', '16px');
    }
    await expect(code).toHaveAttribute('autocapitalize', 'off');
    await expect(code).toHaveAttribute('spellcheck', 'false');
  } finally {
    await context.close();
  }
});

test('nothing moves when the editor takes over, at any width', BOTH, async ({ page }) => {
  for (const width of [360, 768, 1440]) {
    await page.setViewportSize({ width, height: 900 });
    const lab = await openLab(page);
    for (const name of ['/var/task/lambda_function.py', 'event']) {
      if (name === 'event') await lab.openEvent();
      const block = lab.root.locator(`lab-editable[data-name="${name}"]`);
      const measure = () =>
        block.evaluate((element) => {
          const root = element.querySelector('.lab-editor')?.shadowRoot ?? element;
          return Array.from(root.querySelectorAll('.line, .cm-line'), (line) => {
            // Where the letters are: the two kinds of line have their padding in different places. Within the lab, which
            // stays in sight of a walk while the page scrolls.
            const range = document.createRange();
            range.selectNodeContents(line);
            const letters = range.getClientRects()[0];
            if (letters === undefined || letters.width === 0) return 'empty';
            const { top = 0 } = element.closest('lab-root')?.getBoundingClientRect() ?? {};
            return [letters.left, (letters.top + letters.bottom) / 2 - top].map(Math.round).join();
          });
        });
      await block.scrollIntoViewIfNeeded();
      const before = await measure();
      const height = await block.evaluate(({ offsetHeight }: HTMLElement) => offsetHeight);
      await page.evaluate(() => {
        // What moved, from where to where: a failure says more than a sum.
        const shifts: string[] = [];
        Object.assign(window, { shifts });
        interface Moved {
          node: Node | null;
          previousRect: DOMRectReadOnly;
          currentRect: DOMRectReadOnly;
        }
        const toText = ({ x, y, width, height }: DOMRectReadOnly) => [x, y, width, height].join(' ');
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) {
            const { value, sources } = entry as unknown as { value: number; sources: readonly Moved[] };
            for (const { node, previousRect, currentRect } of sources) {
              // The caret, which CodeMirror draws: it goes from the line's start to where the reader clicked.
              if (previousRect.width === 1 && currentRect.width === 1) continue;
              const what =
                node instanceof Element ? node.outerHTML.slice(0, 200) : (node?.nodeValue ?? 'gone');
              shifts.push(`${what}: ${toText(previousRect)} to ${toText(currentRect)}`);
            }
            if (sources.length === 0) shifts.push(`something by ${String(value)}`);
          }
        }).observe({ type: 'layout-shift' });
      });
      await block.locator('.line').first().click();
      await expect(block.getByRole('textbox')).toBeFocused();
      expect(await measure(), `at ${String(width)}`).toEqual(before);
      expect(await block.evaluate(({ offsetHeight }: HTMLElement) => offsetHeight)).toBe(height);
      expect(await page.evaluate(() => (window as unknown as { shifts: string[] }).shifts)).toEqual([]);
    }
  }
});

test('a function of several files: each has its tab and its editor, and all are deployed', async ({
  page,
}) => {
  // The page of an example with one file becomes that of one with two, before its script runs.
  await page.addInitScript(() => {
    document.addEventListener('readystatechange', () => {
      const lab = document.querySelector('#print-the-stack--lambda-2016');
      const file = lab?.querySelector('.pane-code [role="tabpanel"]');
      const tab = lab?.querySelector('.pane-code [role="tab"]');
      const script = lab?.querySelector(':scope > script[type="application/json"]:not([id])');
      if (!file || !tab || !script || document.readyState !== 'interactive') return;
      const other = file.cloneNode(true) as Element;
      const path = '/var/task/helper.py';
      const text = 'def help():\n    return "helped"\n';
      const lines = text.trimEnd().split('\n');
      const editable = other.querySelector<HTMLElement>('lab-editable');
      if (editable) Object.assign(editable.dataset, { name: path, label: `Code: ${path}` });
      const code = other.querySelector('pre code');
      if (code) {
        code.innerHTML = lines
          .map((line, at) => `<span class="line" data-line="${String(at + 1)}">${line}</span>`)
          .join('\n');
      }
      const otherTab = tab.cloneNode(true) as HTMLElement;
      otherTab.dataset.tab = path;
      otherTab.id = 'helper-tab';
      otherTab.setAttribute('aria-selected', 'false');
      const name = otherTab.querySelector('.tab-name');
      if (name) name.textContent = 'helper.py';
      tab.after(otherTab);
      if (other instanceof HTMLElement) Object.assign(other.dataset, { name: path });
      other.setAttribute('aria-labelledby', 'helper-tab');
      other.setAttribute('hidden', 'until-found');
      file.after(other);
      const data = JSON.parse(script.textContent) as { task: Record<string, { text: string }> };
      data.task[path] = { text };
      script.textContent = JSON.stringify(data);
    });
  });
  const lab = await openLab(page);
  const [main, helper] = [lab.root.locator('lab-editable').nth(0), lab.root.locator('lab-editable').nth(1)];
  await main.locator('.line').last().click();
  await expect(editor(lab, /lambda_function\.py/)).toBeFocused();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.insertText(
    'import helper\n\ndef lambda_handler(event, context):\n    return helper.help()',
  );
  await lab.runToItsEnd();
  await expect(lab.answer.locator('pre')).toHaveText('"helped"');
  await lab.root.getByRole('tab', { name: 'helper.py' }).click();
  await helper.locator('.line').last().click();
  await expect(editor(lab, /helper\.py/)).toBeFocused();
  await page.keyboard.press('End');
  await page.keyboard.type('.upper()');
  await lab.runToItsEnd();
  await expect(lab.answer.locator('pre')).toHaveText('"HELPED"');
  await expect(lab.output, 'changed code is deployed anew').toContainText('your run: a cold start');
  await lab.root.getByText('What you changed').click();
  await expect(lab.root.locator('.lab-difference b')).toHaveText([
    '/var/task/lambda_function.py',
    '/var/task/helper.py',
  ]);
  await page.reload();
  await expect(helper).toContainText('"helped".upper()');
});

test(
  'the original and the reader’s text take turns while the editor is open, and what is shown is told truly',
  BOTH,
  async ({ page }) => {
    const lab = await openLab(page);
    await lab.root.locator('lab-editable').first().locator('.line').last().click();
    const code = editor(lab, /lambda_function\.py/);
    await expect(code).toBeFocused();
    await page.keyboard.press('End');
    await page.keyboard.type(' # mine');
    await expect(lab.output).toContainText('before your change');
    await lab.root.getByRole('button', { name: 'Show the original' }).click();
    await expect(code).not.toContainText('# mine');
    await expect(lab.output, 'the recording is of this very text').not.toContainText('before your change');
    const back = lab.root.getByRole('button', { name: 'Bring my text back' });
    await expect(back).toBeFocused();
    await back.click();
    await expect(code).toContainText('# mine');
    await expect(lab.output).toContainText('before your change');
    await lab.reset.click();
    await expect(code).not.toContainText('# mine');
    await back.click();
    await expect(code, 'Reset loses nothing either').toContainText('# mine');
  },
);

test('who goes on writing while Python is loading is told that the run is of before', async ({ page }) => {
  const python = await hold(page, PYTHON);
  const lab = await openLab(page);
  await lab.root.locator('lab-editable').first().locator('.line').last().click();
  await expect(editor(lab, /lambda_function\.py/)).toBeFocused();
  await page.keyboard.press('End');
  await page.keyboard.press('Shift+Enter');
  await expect(lab.stop).toBeVisible();
  await page.keyboard.type('; print("late")');
  python.answer(asItIs);
  await expect(lab.status).toHaveText(/^Finished/);
  expect(await lab.log()).not.toContain('late');
  await expect(lab.output).toContainText('your run: a cold start, before your change');
  await lab.runToItsEnd();
  expect(await lab.log()).toContain('late');
  await expect(lab.output).not.toContainText('before your change');
});

test('a draft of an example that has changed since says so, and loses no file', async ({ page }) => {
  const address = 'en/who-called-me/';
  await page.goto(address);
  await page.evaluate(() => {
    const id = 'print-the-stack--lambda-2016';
    const texts = { event: '{"mine": 1}', '/var/task/gone.py': 'print("gone")\n' };
    localStorage.setItem(`draft:${id}`, JSON.stringify({ original: 'other', texts }));
  });
  const lab = await openLab(page);
  await expect(lab.root).toContainText('the example has changed since');
  await expect(lab.root.locator('lab-editable[data-name="event"]')).toContainText('{"mine": 1}');
  await lab.root.getByText('What you changed').click();
  await expect(lab.root.locator('.lab-difference:not(.lab-lost)')).toContainText('+ {"mine": 1}');
  const lost = lab.root.locator('.lab-lost');
  await lost.locator('summary').click();
  await expect(lost.locator('pre')).toHaveText('print("gone")');
  await lab.root.getByRole('button', { name: 'Show the original' }).click();
  await lab.root.getByRole('button', { name: 'Bring my text back' }).click();
  await page.reload();
  await lost.locator('summary').click();
  await expect(lost.locator('pre')).toHaveText('print("gone")');
  await lab.root.getByText('What you changed').click();
  await expect(lab.root.locator('.lab-difference:not(.lab-lost)')).toContainText('+ {"mine": 1}');
});

test('an editor that cannot be loaded is a sentence, the code still runs, and the next try opens it', async ({
  page,
}) => {
  const script = /\/_astro\/editor[^/]*\.js/;
  await page.route(script, (route) => route.abort());
  const lab = await openLab(page);
  const line = lab.root.locator('lab-editable').first().locator('.line').last();
  await line.click();
  await expect(lab.status).toHaveText(/^The editor could not be loaded/);
  await lab.runToItsEnd();
  await page.unroute(script);
  await page.reload();
  await line.click();
  await expect(editor(lab, /lambda_function\.py/)).toBeFocused();
});

test(
  'a fault in the event is marked while it is written, and the mark and the sentence go when it is right',
  BOTH,
  async ({ page }) => {
    const lab = await openLab(page);
    await (await lab.openEvent()).click();
    const event = editor(lab, /Event/);
    await expect(event).toBeFocused();
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.insertText('{"a": 1,\n b: 2}');
    await expect(event).toHaveAttribute('aria-invalid', 'true');
    await expect(event.locator('.cm-fault')).toHaveText('b');
    const sentence = lab.root.locator('.lab-fault');
    await expect(sentence).toBeHidden();
    await page.keyboard.press('Shift+Enter');
    await expect(sentence).toHaveText(/line 2, column 2\.$/);
    await page.keyboard.type('"b": 2}');
    await page.keyboard.press('Shift+End');
    await page.keyboard.press('Delete');
    await expect(sentence).toBeHidden();
    await expect(event).toHaveAttribute('aria-invalid', 'false');
  },
);

test('what is being composed with an input method stays one word, and reaches the handler', async ({
  page,
}) => {
  const lab = await openLab(page, { source: 'def lambda_handler(event, context):\n    return event\n' });
  await (await lab.openEvent()).click();
  const event = editor(lab, /Event/);
  await expect(event).toBeFocused();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('""');
  await page.keyboard.press('ArrowLeft');
  const driver = await page.context().newCDPSession(page);
  for (const text of ['ど', 'どく', 'どくし', '読者']) {
    await driver.send('Input.imeSetComposition', {
      text,
      selectionStart: text.length,
      selectionEnd: text.length,
    });
    await expect(event).toHaveText(`"${text}"`);
  }
  await driver.send('Input.insertText', { text: '読者' });
  await expect(event).toHaveText('"読者"');
  await lab.runToItsEnd();
  await expect(lab.answer.locator('pre')).toHaveText('"\\u8aad\\u8005"');
});

test('Copy copies what is shown', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const lab = await openLab(page);
  const copied = async (): Promise<string> => {
    await lab.root.getByRole('button', { name: 'Copy' }).click();
    await expect(lab.status).toHaveText(/copied/i);
    return page.evaluate(() => navigator.clipboard.readText());
  };
  const original = await copied();
  await lab.root.locator('lab-editable').first().locator('.line').last().click();
  await expect(editor(lab, /lambda_function\.py/)).toBeFocused();
  await page.keyboard.press('End');
  await page.keyboard.type(' # mine');
  await expect.poll(copied).toBe(original.replace(/\n$/, ' # mine\n'));
});
