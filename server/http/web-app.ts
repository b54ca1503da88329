import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import helmet from '@fastify/helmet';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { ServerConfig } from '../config.ts';

/**
 * The same interface for a browser: the pages with a strict policy and a new nonce at every load, their assets, and
 * /config.json with the addresses. Without a build only /config.json is served.
 */
export async function registerWebApp(app: FastifyInstance, config: ServerConfig): Promise<void> {
  app.get('/config.json', async (request, reply) => {
    const apiUrl = config.publicUrl ?? `${request.protocol}://${request.host}`;
    return reply.header('cache-control', 'no-store').send({
      apiUrl: apiUrl.replace(/\/+$/, ''),
      authUrl: config.auth.url,
      anonKey: config.auth.anonKey,
      demo: config.demo,
    });
  });

  const page = async (name: 'main' | 'admin', reply: FastifyReply) => {
    const file = path.join(config.webDir, name, 'index.html');
    if (!existsSync(file)) {
      return reply
        .status(404)
        .type('text/plain; charset=utf-8')
        .send('The web interface has not been built here.');
    }
    const nonce = randomBytes(18).toString('base64');
    const html = (await readFile(file, 'utf8')).replaceAll('__CSP_NONCE__', nonce);
    return reply
      .header('content-security-policy', policy(nonce, config))
      .header('cache-control', 'no-store')
      .type('text/html; charset=utf-8')
      .send(html);
  };

  await app.register(async (web) => {
    await web.register(helmet, {
      contentSecurityPolicy: false,
      crossOriginEmbedderPolicy: false,
      strictTransportSecurity: config.publicUrl?.startsWith('https:') === true,
      referrerPolicy: { policy: 'no-referrer' },
    });
    await web.register(fastifyStatic, {
      root: path.join(config.webDir, 'assets'),
      prefix: '/assets/',
      decorateReply: false,
      immutable: true,
      maxAge: '365d',
    });
    web.get('/admin', (_request, reply) => page('admin', reply));
    web.get('/admin/*', (_request, reply) => page('admin', reply));
    web.get('/', (_request, reply) => page('main', reply));
    // The routes of the interface are its own: every path that is neither a file nor the API gives the page.
    web.get('/*', (request, reply) =>
      request.url.startsWith('/api/') || /\.[a-z0-9]{2,5}(\?|$)/i.test(request.url)
        ? reply.callNotFound()
        : page('main', reply),
    );
  });
}

function policy(nonce: string, config: ServerConfig): string {
  const connect = ["'self'", config.auth.url, ...(config.publicUrl === undefined ? [] : [config.publicUrl])];
  return [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}'`,
    "style-src 'self'",
    `style-src-elem 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    `connect-src ${connect.map((source) => (source.startsWith("'") ? source : new URL(source).origin)).join(' ')}`,
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
  ].join('; ');
}
