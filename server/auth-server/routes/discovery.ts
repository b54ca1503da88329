import type { FastifyInstance } from 'fastify';
import type { AuthContext } from '../context.ts';

/** The providers that Supabase Auth knows and this server lacks; clients read which of them are on. */
const absentProviders = [
  'apple',
  'azure',
  'bitbucket',
  'discord',
  'facebook',
  'figma',
  'fly',
  'github',
  'gitlab',
  'google',
  'kakao',
  'keycloak',
  'linkedin',
  'linkedin_oidc',
  'notion',
  'slack',
  'slack_oidc',
  'snapchat',
  'spotify',
  'twitch',
  'twitter',
  'workos',
  'x',
  'zoom',
];

/** Looking does no harm at these addresses: monitors ask by HEAD. */
const looking = { exposeHeadRoute: true };

/** What anyone may know: the public keys, whether the server lives, which ways of signing in are on. */
export function discoveryRoutes(app: FastifyInstance, context: AuthContext): void {
  const { settings } = context;

  app.get('/.well-known/jwks.json', looking, async (_request, reply) => {
    void reply.header('cache-control', 'public, max-age=600');
    // Under HS256 too: tokens signed before the setting was changed stay valid.
    return { keys: await context.keys.published() };
  });

  // For libraries that find the keys by the issuer. The OAuth server the other addresses belong to is not offered.
  app.get('/.well-known/openid-configuration', looking, (_request, reply) => {
    void reply.header('cache-control', 'public, max-age=600');
    const issuer = context.baseUrl;
    return {
      issuer,
      authorization_endpoint: `${issuer}/oauth/authorize`,
      token_endpoint: `${issuer}/oauth/token`,
      jwks_uri: `${issuer}/.well-known/jwks.json`,
      userinfo_endpoint: `${issuer}/oauth/userinfo`,
      response_types_supported: ['code'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['RS256', 'ES256', 'HS256'],
      code_challenge_methods_supported: ['S256', 'plain'],
    };
  });

  app.get('/health', looking, async () => {
    await context.pool.query('SELECT 1');
    return {
      version: 'local',
      name: 'Quartermaster local auth',
      description: 'Speaks the wire protocol of Supabase Auth',
    };
  });

  app.get('/settings', looking, () => ({
    external: {
      ...Object.fromEntries(absentProviders.map((provider) => [provider, false])),
      anonymous_users: settings.anonymousEnabled,
      email: true,
      phone: settings.phoneEnabled,
    },
    disable_signup: !settings.signupEnabled,
    mailer_autoconfirm: settings.autoconfirm,
    phone_autoconfirm: settings.autoconfirm,
    sms_provider: '',
    saml_enabled: false,
  }));
}
