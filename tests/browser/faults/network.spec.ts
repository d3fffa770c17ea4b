/** A line that is cut again and again: what has come is not fetched once more. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from '@playwright/test';
import { BOTH } from '../both.ts';
import { LabPage, skipQuestion } from '../lab-page.ts';

const LAB = 'print-the-stack--lambda-2016';
const PIECE = 16_384;

/** What was asked for of a file of Python's, and what went over the line. */
interface Sent {
  readonly url: string;
  readonly from: number;
  readonly of: number;
  bytes: number;
}

/** A host in front of the site that gives parts of files, as real ones do, and cuts every line when `left` bytes are sent. */
class CutHost {
  readonly sent: Sent[] = [];
  left = 0;
  readonly #site: string;
  readonly #files = new Map<string, Buffer>();
  readonly #server = createServer((request, response) => void this.#answer(request, response));

  constructor(site: string) {
    this.#site = site;
  }

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${String((this.#server.address() as AddressInfo).port)}`;
  }

  stop(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  async #answer({ url = '', headers }: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = this.#files.get(url) ?? (await this.#fetch(url, response));
    if (!url.includes('/_sandbox/')) {
      response.end(body);
      return;
    }
    this.#files.set(url, body);
    const from = Number(/bytes=(\d+)-/.exec(headers.range ?? '')?.[1] ?? 0);
    const entry: Sent = { url, from, of: body.length, bytes: 0 };
    this.sent.push(entry);
    response.writeHead(from > 0 ? 206 : 200, {
      'content-type': 'application/octet-stream',
      'content-length': body.length - from,
      ...(from > 0
        ? { 'content-range': `bytes ${String(from)}-${String(body.length - 1)}/${String(body.length)}` }
        : {}),
    });
    for (let at = from; at < body.length; at += PIECE) {
      if (this.left <= 0) {
        response.destroy();
        return;
      }
      const piece = body.subarray(at, at + PIECE);
      this.left -= piece.length;
      entry.bytes += piece.length;
      response.write(piece);
      await turn();
    }
    response.end();
  }

  async #fetch(url: string, response: ServerResponse): Promise<Buffer> {
    const { status, headers, ...answer } = await fetch(this.#site + url).then(async (from) => ({
      status: from.status,
      headers: from.headers,
      body: Buffer.from(await from.arrayBuffer()),
    }));
    response.statusCode = status;
    response.setHeader('content-type', headers.get('content-type') ?? '');
    return answer.body;
  }
}

test(
  'a line that is cut at every tenth of the download: Retry goes on where it was',
  BOTH,
  async ({ page, baseURL }) => {
    const { origin, pathname } = new URL(baseURL ?? '');
    const host = new CutHost(origin);
    const address = await host.start();
    try {
      await page.goto(`${address}${pathname}en/who-called-me/#${LAB}`);
      const lab = new LabPage(page, 'en', LAB);
      await page.waitForFunction(() => customElements.get('lab-root') !== undefined);
      await skipQuestion(lab.root);
      const most = 40;
      for (let tries = 0; tries < most; tries += 1) {
        host.left = 590_000;
        await (tries === 0 ? lab.run : lab.retry).click();
        await expect(lab.status).toHaveText(/^(?:A file of Python’s .* could not be fetched|Finished)/);
        if (((await lab.status.textContent()) ?? '').startsWith('Finished')) break;
      }
      await expect(lab.status).toHaveText(/^Finished/);
      await expect(lab.output).toContainText('in lambda_handler');
      const whole = new Set<string>();
      for (const { url, from, of, bytes } of host.sent) {
        expect(whole, 'a file that has come whole is not asked for again').not.toContain(url);
        if (from + bytes === of) whole.add(url);
      }
      const parts = host.sent.filter(({ from }) => from > 0);
      expect(parts.length, 'what was cut off is gone on with').toBeGreaterThan(1);
    } finally {
      host.stop();
    }
  },
);
