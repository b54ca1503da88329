import { request } from 'node:http';
import { connect } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startInstallation } from '../fixtures/installation.ts';
import type { Installation, Node } from '../fixtures/installation.ts';

let installation: Installation;
let node: Node;
let token: string;
beforeAll(async () => {
  installation = await startInstallation();
  await installation.provision('acme');
  node = await installation.startNode({
    publicUrl: 'https://stock.example.com:8443',
    hosts: ['scanner.warehouse.internal', '[fd00::7]'],
  });
  token = await installation.open(installation.ownerOf('acme'), node);
});
afterAll(() => installation.close());

interface Seen {
  status: number;
  text: string;
}

/** Asks the server by a host name, as a browser does that resolved the name to this address. */
function under(host: string, path: string, more: Record<string, string> = {}): Promise<Seen> {
  const { hostname, port } = new URL(node.url);
  return new Promise((resolve, reject) => {
    const headers = { host, authorization: `Bearer ${token}`, ...more };
    request({ hostname, port, path, headers }, (response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => (text += chunk.toString()));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
    })
      .on('error', reject)
      .end();
  });
}

const paths = [
  '/api/health',
  '/api/metrics',
  '/api/trpc/auth.me',
  '/config.json',
  '/',
  '/admin',
  '/assets/x.js',
];

test('under a name that somebody else owns nothing is answered: neither health, figures, data nor pages', async () => {
  const foreign = [
    'evil.test',
    'localhost.evil.test',
    'evil.test:4870',
    '127.0.0.1.evil.test',
    'notlocalhost',
    'stock.example.com.evil.test',
    'xstock.example.com',
    '203.0.113.9',
    '[2001:db8::1]',
    'evil.test#localhost',
  ];
  for (const host of foreign) {
    for (const path of paths) {
      const { status, text } = await under(host, path);
      expect(status, `${host} ${path}`).toBe(400);
      expect(JSON.parse(text), `${host} ${path}`).toMatchObject({ error: { data: { code: 'INVALID' } } });
      expect(text).not.toMatch(/anonKey|qm_|"ready"/);
    }
  }
});

test('under its own names it answers: loopback, the public address, and those it was given', async () => {
  const own = [
    'localhost',
    'LOCALHOST:4870',
    '127.0.0.1:1',
    '[::1]:4870',
    'stock.example.com',
    'Stock.Example.com:8443',
    'scanner.warehouse.internal',
    '[fd00::7]:4870',
  ];
  for (const host of own) {
    for (const path of ['/api/health', '/api/metrics', '/api/trpc/auth.me', '/config.json']) {
      expect((await under(host, path)).status, `${host} ${path}`).toBe(200);
    }
  }
});

test('a name that only a proxy’s header tells is not believed', async () => {
  const { status } = await under('evil.test', '/api/health', { 'x-forwarded-host': 'localhost' });
  expect(status).toBe(400);
});

test('a probe of the old kind, which names no host, is answered', async () => {
  const { hostname, port } = new URL(node.url);
  const text = await new Promise<string>((resolve, reject) => {
    let all = '';
    const socket = connect(Number(port), hostname, () => socket.write('GET /api/health HTTP/1.0\r\n\r\n'));
    socket.on('data', (chunk: Buffer) => (all += chunk.toString()));
    socket.on('close', () => resolve(all));
    socket.on('error', reject);
  });
  expect(text).toMatch(/^HTTP\/1\.1 200 /);
});
