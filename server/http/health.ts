import type { FastifyInstance } from 'fastify';
import type { Platform } from '../platform.ts';

interface Health {
  live: true;
  ready: boolean;
  /** The lowest version of the desktop app that may work with this server. */
  lowestClient: string;
  /** Problems of the settings that stop only the actions they would make unsafe. */
  warnings: 'autoconfirm'[];
  checks: { database: boolean; auth: boolean; issuer: boolean; registry: boolean };
}

/** A result is reused for this long, so that health checks cost little. Milliseconds. */
const cachedMs = 1000;

/** GET /api/health: alive, and whether database, sign-in keys, their issuer and session registry are ready (200) or not (503). */
export function registerHealth(app: FastifyInstance, platform: Platform): void {
  let known: { at: number; health: Promise<Health> } | undefined;
  app.get('/api/health', async (_request, reply) => {
    if (!known || performance.now() - known.at > cachedMs) {
      known = { at: performance.now(), health: look(platform) };
    }
    const health = await known.health;
    return reply
      .status(health.ready ? 200 : 503)
      .header('cache-control', 'no-store')
      .send(health);
  });
}

async function look(platform: Platform): Promise<Health> {
  const database = await platform.tenancy.control.answers();
  const { ready: auth, issuerFits: issuer } = platform.keys;
  const checks = { database, auth, issuer, registry: platform.isFresh() };
  const warnings: Health['warnings'] = platform.tenancy.identities.mailboxes.isMissing ? ['autoconfirm'] : [];
  const ready = Object.values(checks).every(Boolean);
  return { live: true, ready, lowestClient: platform.lowestClient, warnings, checks };
}
