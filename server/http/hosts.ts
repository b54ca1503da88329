import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ServerConfig } from '../config.ts';
import { Problem } from '../ground/problem.ts';

const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/**
 * Answers under the server's own names only: the owner of any name can make it resolve to this address, and a page
 * opened under it could then read the answers (DNS rebinding). Its own names are those of loopback, the host of the
 * public address, those of QM_HOSTS, and the very address the connection came to, by which probes ask. A request
 * without a Host comes from no browser.
 */
export function refuseOtherHosts(
  app: FastifyInstance,
  config: Pick<ServerConfig, 'publicUrl' | 'hosts'>,
): void {
  const own = new Set(config.hosts);
  if (config.publicUrl !== undefined) own.add(new URL(config.publicUrl).hostname);
  app.addHook('onRequest', (request, _reply, done) => {
    const name = nameOf(request.headers.host);
    if (name === '' || loopback.test(name) || own.has(name) || name === ownAddress(request)) {
      done();
      return;
    }
    done(new Problem('INVALID', 'request.host'));
  });
}

/** The name without its port, in small letters. */
function nameOf(host: string | undefined): string {
  return (host ?? '').toLowerCase().replace(/:\d*$/, '');
}

function ownAddress({ socket }: FastifyRequest): string {
  const address = (socket.localAddress ?? '').replace(/^::ffff:/, '');
  return address.includes(':') ? `[${address}]` : address;
}
