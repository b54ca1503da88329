import type { FastifyInstance } from 'fastify';
import type { AuthContext } from '../context.ts';

/** What anyone may know: the public keys, whether the server lives, which ways of signing in are on. */
export function discoveryRoutes(app: FastifyInstance, context: AuthContext): void {
  const { settings } = context;

  app.get('/.well-known/jwks.json', async (_request, reply) => {
    void reply.header('cache-control', 'public, max-age=600');
    return { keys: settings.algorithm === 'HS256' ? [] : await context.keys.published() };
  });

  app.get('/health', async () => {
    await context.pool.query('SELECT 1');
    return {
      version: 'local',
      name: 'Quartermaster local auth',
      description: 'Speaks the wire protocol of Supabase Auth',
    };
  });

  app.get('/settings', () => ({
    external: { email: true, phone: settings.phoneEnabled, anonymous_users: settings.anonymousEnabled },
    disable_signup: !settings.signupEnabled,
    mailer_autoconfirm: settings.autoconfirm,
    phone_autoconfirm: settings.autoconfirm,
    sms_provider: '',
    saml_enabled: false,
  }));
}
