import type { FastifyInstance, FastifyRequest } from 'fastify';
import { requireUser } from '../bearer.ts';
import type { AuthContext } from '../context.ts';
import { badRequest, missing } from '../wire/failure.ts';

/** Features of Supabase Auth that this server lacks, refused with the codes of an installation that has them off. */
export function notOfferedRoutes(app: FastifyInstance, context: AuthContext): void {
  app.get('/authorize', () => {
    throw badRequest('validation_failed', 'Unsupported provider: provider is not enabled');
  });
  const noSaml = () => {
    throw missing('saml_provider_disabled', 'SAML 2.0 is disabled');
  };
  app.post('/sso', noSaml);
  app.get('/sso/saml/metadata', noSaml);
  app.post('/sso/saml/acs', noSaml);

  const noLinking = async (request: FastifyRequest) => {
    await requireUser(context, request);
    throw missing('manual_linking_disabled', 'Manual linking is disabled');
  };
  app.get('/user/identities/authorize', noLinking);
  app.delete('/user/identities/:id', noLinking);
}
