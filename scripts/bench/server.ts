/** The built site and the bare page on one server: packed and cacheable, as a good host would have them. */
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { DIST } from '../build.ts';
import { BARE_FOLDER, readBarePage } from './bare-page.ts';
import { Line, type Slowness } from './line.ts';
import { chooseEncoding, pack } from './packed.ts';

/** A server that runs. */
export interface BenchServer {
  /** Of the site, with a slash at its end. */
  readonly address: string;
  readonly line: Line;
  close(): void;
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.mjs': 'text/javascript',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
  '.svg': 'image/svg+xml',
};

/** Serves over a line that is as slow as it is told to be. */
export async function serve(slowness: Slowness | null = null): Promise<BenchServer> {
  const line = new Line(slowness);
  const bare = await readBarePage();
  const find = async (name: string): Promise<Uint8Array | null> => {
    if (name.startsWith(BARE_FOLDER)) return bare.get(name.slice(BARE_FOLDER.length)) ?? null;
    return readFile(path.join(DIST, path.normalize(name))).catch(() => null);
  };
  const server = createServer((request, response) => {
    respond(request, response, find, line).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    line,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function respond(
  request: IncomingMessage,
  response: ServerResponse,
  find: (name: string) => Promise<Uint8Array | null>,
  line: Line,
): Promise<void> {
  const { pathname } = new URL(request.url ?? '/', 'http://localhost');
  const name = pathname.endsWith('/') ? `${pathname}index.html` : pathname;
  const bytes = await find(name);
  if (bytes === null) {
    response.writeHead(404).end();
    return;
  }
  const type = TYPES[path.extname(name)];
  const headers: Record<string, string> = {
    'content-type': type ?? 'application/octet-stream',
    'cache-control': name.endsWith('.html') ? 'no-cache' : 'max-age=31536000, immutable',
  };
  let body = bytes;
  // The site has packed its other files itself; the bare page's archive is one already, and gains a little.
  if (type !== undefined || name.startsWith(BARE_FOLDER)) {
    const encoding = chooseEncoding(request.headers['accept-encoding']);
    body = await pack(bytes, encoding);
    headers['content-encoding'] = encoding;
  }
  response.writeHead(200, { ...headers, 'content-length': body.length });
  await line.send(response, name, body);
}
