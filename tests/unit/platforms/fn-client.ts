/** An HTTP client of our own for a Unix socket, written from RFC 9112: what stands in for Fn's server in a test. */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

export interface Response {
  readonly status: number;
  /** By their names in small letters. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** One connection, on which requests go out and responses come back one after the other. */
export class UnixClient {
  readonly #socket: Socket;
  #bytes = Buffer.alloc(0);
  #isOver = false;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('data', (data) => (this.#bytes = Buffer.concat([this.#bytes, data])));
    socket.on('close', () => (this.#isOver = true));
    socket.on('error', () => undefined);
  }

  static async open(path: string): Promise<UnixClient> {
    const socket = connect(path);
    await once(socket, 'connect');
    return new UnixClient(socket);
  }

  /** Sends bytes as they are, and gives the response to them; null when the connection ends without one. */
  async send(request: string | Buffer): Promise<Response | null> {
    this.#socket.write(request);
    return this.#read();
  }

  /** Sends bytes and says that there are no more. */
  async sendLast(request: string): Promise<Response | null> {
    this.#socket.end(request);
    return this.#read();
  }

  /** Whether the other end has closed the connection; waits until it has. */
  async isClosed(): Promise<boolean> {
    if (!this.#isOver) await once(this.#socket, 'close');
    return this.#isOver;
  }

  close(): void {
    this.#socket.destroy();
  }

  async #read(): Promise<Response | null> {
    for (;;) {
      const response = this.#take();
      if (response !== null || this.#isOver) return response;
      await Promise.race([once(this.#socket, 'data'), once(this.#socket, 'close')]);
    }
  }

  #take(): Response | null {
    const end = this.#bytes.indexOf('\r\n\r\n');
    if (end < 0) return null;
    const [first = '', ...lines] = this.#bytes.subarray(0, end).toString('latin1').split('\r\n');
    const headers = Object.fromEntries(
      lines.map((line) => {
        const [name = '', ...value] = line.split(':');
        return [name.toLowerCase(), value.join(':').trim()];
      }),
    );
    const after = end + 4 + Number(headers['content-length']);
    if (this.#bytes.length < after) return null;
    const body = this.#bytes.subarray(end + 4, after).toString();
    this.#bytes = this.#bytes.subarray(after);
    return { status: Number(first.split(' ')[1]), headers, body };
  }
}

/** The bytes of a call as Fn's server posts one. */
export function call(body: string, headers: Readonly<Record<string, string>> = {}): string {
  const all = { Host: 'localhost', 'Content-Length': String(Buffer.byteLength(body)), ...headers };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  return ['POST /call HTTP/1.1', ...lines, '', body].join('\r\n');
}
