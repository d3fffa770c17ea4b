/**
 * Serves a folder as plain static files, as any static host would: no special headers, 404.html for
 * what is not there, a base path in front when the site was built with one. With --compress it sends texts
 * compressed, as most hosts do; with --allow-origin the one header that GitHub Pages sends, by which frames of
 * an opaque origin may fetch.
 *
 *     npm run serve -- [--port N] [--base /path/] [--compress] [--allow-origin] [FOLDER]
 */
import { once } from 'node:events';
import { createReadStream, existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { addressFromEnvironment, DIST, normalizeBase } from './build.ts';
import { CompressedFiles, encodingFor } from './compressed.ts';

export interface ServeOptions {
  readonly folder: string;
  readonly base: string;
  /** A port that must be had; null takes the first free one from 4321 on; 0 any. */
  readonly port: number | null;
  /** Where to listen; null is this machine only, by both of its loopback addresses. */
  readonly host: string | null;
  /** Keeps texts compressed, and sends them so to who takes them. */
  readonly compressed?: CompressedFiles;
  /** False has browsers store nothing of it: what a worker of the site keeps is then all that there is without a network. */
  readonly isStored?: boolean;
  /** Sends `Access-Control-Allow-Origin: *` with every file. */
  readonly allowOrigin?: boolean;
  /** Has an answer wait: a slow host. */
  readonly delay?: (pathname: string) => Promise<void>;
  /** Given while the folder is still being filled. */
  readonly building?: Building;
}

/** A site that is served while it is built. */
export interface Building {
  /** What is there already. It stays there: a page that was opened early goes on asking for its own scripts. */
  readonly first: string;
  /** True as soon as the folder is whole. */
  isOver: boolean;
}

export interface RunningServer {
  readonly url: string;
  close(): Promise<void>;
}

/** The port that was asked for is taken. */
export class PortTaken extends Error {
  override name = 'PortTaken';
}

const FIRST_PORT = 4321;
const PORTS_TRIED = 30;

const TYPES: Readonly<Record<string, string>> = {
  '.avif': 'image/avif',
  '.css': 'text/css; charset=utf-8',
  '.gif': 'image/gif',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
  '.xml': 'application/xml; charset=utf-8',
  '.zip': 'application/zip',
};

/** There is no site in the folder that is to be served. */
export class NothingToServe extends Error {
  override name = 'NothingToServe';
}

/** Starts to serve; rejects with PortTaken when the port that must be had is not free, or with NothingToServe. */
export async function serve(options: ServeOptions): Promise<RunningServer> {
  if (options.building === undefined && !existsSync(options.folder)) {
    throw new NothingToServe(`There is no folder ${options.folder}: npm run build makes the site, in dist/.`);
  }
  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    respond(options, request, response).catch(() => response.destroy());
  };
  const { servers, port } = await listenSomewhere(answer, options);
  const host = options.host ?? 'localhost';
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${String(port)}${options.base}`,
    close: async () => {
      await Promise.all(servers.map(close));
    },
  };
}

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

async function listenSomewhere(
  answer: Answer,
  options: ServeOptions,
): Promise<{ servers: Server[]; port: number }> {
  const ports = portsFor(options.port);
  for (const port of ports) {
    const servers = await listenOn(answer, port, options.host);
    if (servers !== null) return { servers, port: (servers[0]?.address() as AddressInfo).port };
  }
  const first = String(ports[0]);
  throw new PortTaken(
    options.port !== null
      ? `Port ${first} is taken: end what listens there, or name another one (PORT=4400 npm start).`
      : `The ports from ${first} to ${String(ports.at(-1))} are all taken: name a free one (PORT=4400 npm start).`,
  );
}

/** A named port is the only one; 0 is any that is free, of which the other address of "localhost" may be taken. */
function portsFor(port: number | null): readonly number[] {
  if (port !== null && port !== 0) return [port];
  return Array.from({ length: PORTS_TRIED }, (_, i) => (port === 0 ? 0 : FIRST_PORT + i));
}

/** Listens on one port, or gives null when anything else listens there already. */
async function listenOn(answer: Answer, port: number, host: string | null): Promise<Server[] | null> {
  // A browser tries both addresses of "localhost": with only one of them taken here, it could
  // reach another program's page by the other.
  const hosts = host === null ? ['127.0.0.1', '::1'] : [host];
  const servers: Server[] = [];
  for (const address of hosts) {
    // 0 keeps a silent connection: a server that ends it after some seconds may do so just when a client that
    // has kept it asks again, and the client reads "connection reset".
    const server = createServer({ keepAliveTimeout: 0 }, answer);
    try {
      server.listen((servers[0]?.address() as AddressInfo | undefined)?.port ?? port, address);
      await once(server, 'listening');
      servers.push(server);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      // A machine without IPv6 has only the first address.
      if (address === '::1' && (code === 'EADDRNOTAVAIL' || code === 'EAFNOSUPPORT')) continue;
      await Promise.all(servers.map(close));
      if (code === 'EADDRINUSE') return null;
      throw error;
    }
  }
  return servers;
}

async function close(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}

async function respond(
  options: ServeOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.writeHead(405, { allow: 'GET, HEAD' }).end();
    return;
  }
  if (options.allowOrigin === true) response.setHeader('access-control-allow-origin', '*');
  const url = new URL(request.url ?? '/', 'http://localhost');
  await options.delay?.(url.pathname);
  if (`${url.pathname}/` === options.base) {
    response.writeHead(301, { location: `${options.base}${url.search}` }).end();
    return;
  }
  const place = urlToPlace(url.pathname, options.base);
  const found = place === null ? null : await findIn(foldersOf(options), place);
  if (found === 'folder') {
    response.writeHead(301, { location: `${url.pathname}/${url.search}` }).end();
  } else if (found !== null) {
    await send(options, request, response, 200, found);
  } else if (options.building?.isOver === false) {
    response.writeHead(503, { 'content-type': 'text/html; charset=utf-8', 'retry-after': '5' }).end(COMING);
  } else {
    const page = await findFile(options.folder, '404.html');
    if (page !== null && page !== 'folder') await send(options, request, response, 404, page);
    else response.writeHead(404, { 'content-type': 'text/plain' }).end('Not found\n');
  }
}

/** While the whole is being built its folder is half full: what is read then comes from the first part alone. */
function foldersOf({ folder, building }: ServeOptions): readonly string[] {
  if (building === undefined) return [folder];
  return building.isOver ? [folder, building.first] : [building.first];
}

/** A page that was asked for too early: it comes again by itself. */
const COMING = `<!doctype html><html lang="en"><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><meta http-equiv="refresh" content="3">
<title>Being built</title><p>This page is being built. It opens by itself when it’s there.
<p lang="ja">このページは作成中です。できあがると自動で開きます。
`;

/** The place in the folder that a URL's path names; null when it is outside of the site. */
export function urlToPlace(pathname: string, base: string): string | null {
  if (!pathname.startsWith(base)) return null;
  let place: string;
  try {
    place = decodeURIComponent(pathname.slice(base.length));
  } catch {
    return null;
  }
  if (place.includes('\0') || place.split(/[/\\]/).includes('..')) return null;
  return place;
}

interface FoundFile {
  readonly file: string;
  readonly size: number;
}

/** The file in the first of some folders that has one. */
async function findIn(folders: readonly string[], place: string): Promise<FoundFile | 'folder' | null> {
  for (const folder of folders) {
    const found = await findFile(folder, place);
    if (found !== null) return found;
  }
  return null;
}

/** The file that answers for a place; 'folder' when the place is one and lacks the slash at its end. */
async function findFile(root: string, place: string): Promise<FoundFile | 'folder' | null> {
  const file = path.join(root, place);
  const status = await stat(file).catch(() => null);
  if (status?.isFile()) return place.endsWith('/') ? null : { file, size: status.size };
  if (!status?.isDirectory()) return null;
  const index = path.join(file, 'index.html');
  const indexStatus = await stat(index).catch(() => null);
  if (!indexStatus?.isFile()) return null;
  return place === '' || place.endsWith('/') ? { file: index, size: indexStatus.size } : 'folder';
}

async function send(
  { compressed, isStored = true }: ServeOptions,
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  { file, size }: FoundFile,
): Promise<void> {
  const encoding = compressed === undefined ? null : encodingFor(request.headers['accept-encoding']);
  const bytes = encoding === null ? null : ((await compressed?.read(file, encoding)) ?? null);
  response.writeHead(status, {
    'content-type': TYPES[path.extname(file)] ?? 'application/octet-stream',
    'content-length': bytes?.length ?? size,
    'cache-control': isStored ? 'no-cache' : 'no-store',
    ...(compressed !== undefined && { vary: 'Accept-Encoding' }),
    ...(encoding !== null && bytes !== null && { 'content-encoding': encoding }),
  });
  if (request.method === 'HEAD') response.end();
  else if (bytes !== null) response.end(bytes);
  else await pipeline(createReadStream(file), response);
}

/** PORT from the environment; null when it is not set. Throws RangeError when it is no port. */
export function portFromText(text: string | undefined): number | null {
  if (text === undefined || text === '') return null;
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new RangeError(`PORT must be a number from 0 to 65535, not "${text}".`);
}

/** Serves until Ctrl-C, and says where. `served` is called with the address. */
export async function serveUntilInterrupted(
  options: ServeOptions,
  served: (url: string) => void = () => undefined,
): Promise<void> {
  const server = await serve(options);
  console.log(
    `Serving ${path.relative(process.cwd(), options.folder) || '.'}/ at ${server.url}  (Ctrl-C ends it)`,
  );
  served(server.url);
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
  await server.close();
}

async function main(): Promise<void> {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        port: { type: 'string' },
        base: { type: 'string' },
        compress: { type: 'boolean', default: false },
        'allow-origin': { type: 'boolean', default: false },
      },
    });
    await serveUntilInterrupted({
      folder: path.resolve(process.env.INIT_CWD ?? '.', positionals[0] ?? DIST),
      base: values.base === undefined ? addressFromEnvironment().base : normalizeBase(values.base),
      port: portFromText(values.port ?? process.env.PORT),
      host: process.env.HOST || null,
      ...(values.compress && { compressed: new CompressedFiles() }),
      allowOrigin: values['allow-origin'],
    });
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}

if (import.meta.main) await main();
