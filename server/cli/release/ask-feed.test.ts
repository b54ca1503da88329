import { createServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, it } from 'vitest';
import { askByHttp } from './ask-feed.ts';

let server: Server | undefined;
afterEach(() => server?.close());

/** A server that answers everything with these bytes and closes the connection, as those of HTTP/1.0 do. */
async function serve(head: string, body: Buffer): Promise<string> {
  server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => socket.end(Buffer.concat([Buffer.from(head), body])));
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

it('reads a large answer as slowly as it is kept, from a server that has closed the connection', async () => {
  const sent = Buffer.alloc(3_000_000, 'q');
  const address = await serve(`HTTP/1.0 200 OK\r\nContent-Length: ${sent.length}\r\n\r\n`, sent);
  const response = await askByHttp(address, {});
  let received = 0;
  for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
    received += chunk.length;
    await sleep(2);
  }
  expect([response.status, received]).toEqual([200, sent.length]);
});

it('follows no redirect', async () => {
  const address = await serve('HTTP/1.0 302 Found\r\nLocation: http://127.0.0.1:9/\r\n\r\n', Buffer.alloc(0));
  expect((await askByHttp(address, {})).status).toBe(302);
});

it('says when a server is away', async () => {
  await expect(askByHttp('http://127.0.0.1:9/', {})).rejects.toThrow('ECONNREFUSED');
});

it('ends when it is told to', async () => {
  const address = await serve('HTTP/1.0 200 OK\r\nContent-Length: 9\r\n\r\n', Buffer.from('q'));
  const ending = new AbortController();
  const response = await askByHttp(address, { signal: ending.signal });
  ending.abort();
  await expect(response.text()).rejects.toThrow();
});
