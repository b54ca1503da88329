import { connect } from 'node:net';

/** Requests sent byte by byte, as no well-behaved client sends them. */
export interface RawRequest {
  path: string;
  method?: string;
  headers: Readonly<Record<string, string>>;
  /** What is sent of the body, whatever the headers say of it. */
  body?: string | Buffer;
}

export interface RawAnswer {
  /** 0 when the server closed without a word. */
  status: number;
  /** Headers and body, until the server closed or the answer was whole. */
  text: string;
}

/** Sends a request and gives what comes back, without waiting for the server to read all of it. */
export function sendRaw(
  apiUrl: string,
  { path, method = 'POST', headers, body = '' }: RawRequest,
): Promise<RawAnswer> {
  const { hostname, port, host } = new URL(apiUrl);
  const lines = Object.entries({ host, ...headers }).map(([name, value]) => `${name}: ${value}`);
  return new Promise((resolve) => {
    let text = '';
    const socket = connect(Number(port), hostname, () => {
      socket.write(`${method} ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`);
      socket.write(body);
    });
    socket.setTimeout(20_000, () => socket.destroy());
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString('utf8');
      const [, length] = /\r\ncontent-length: (\d+)\r\n/i.exec(text) ?? [];
      const start = text.indexOf('\r\n\r\n');
      if (start !== -1 && length !== undefined && Buffer.byteLength(text.slice(start + 4)) >= Number(length))
        socket.destroy();
    });
    // A server that has answered and closed doesn't take the rest.
    socket.on('error', () => {});
    socket.on('close', () => resolve({ status: Number(/^HTTP\/1\.1 (\d+)/.exec(text)?.[1] ?? 0), text }));
  });
}
