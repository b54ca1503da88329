import type { FastifyInstance } from 'fastify';
import type { AuthContext } from '../context.ts';
import { badRequest, missing } from '../wire/failure.ts';

/** What Supabase Auth has and this server has not, refused with the codes of an installation that has it off. */
export function notOfferedRoutes(app: FastifyInstance, _context: AuthContext): void {
  app.get('/authorize', () => {
    throw badRequest('validation_failed', 'Unsupported provider: provider is not enabled');
  });
  app.post('/sso', () => {
    throw missing('saml_provider_disabled', 'SAML 2.0 is disabled');
  });
  app.get('/user/identities/authorize', () => {
    throw missing('manual_linking_disabled', 'Manual linking is disabled');
  });
  app.delete('/user/identities/:id', () => {
    throw missing('manual_linking_disabled', 'Manual linking is disabled');
  });
}
