import type { FastifyInstance } from 'fastify';
import { requireUser } from '../bearer.ts';
import type { AuthContext } from '../context.ts';
import { SessionsRepo } from '../sessions.repo.ts';
import { invalid } from '../wire/failure.ts';
import { readQuery } from '../wire/input.ts';
import { describeUser } from '../wire/user.ts';

/** The signed-in user, and signing out. */
export function userRoutes(app: FastifyInstance, context: AuthContext): void {
  app.get('/user', async (request) => {
    const { user, hasAudience } = await requireUser(context, request);
    if (!hasAudience) throw invalid("Token audience doesn't match request audience");
    return describeUser(context.pool, user);
  });

  app.post('/logout', async (request, reply) => {
    const scope = readQuery(request, 'scope') || 'global';
    const { user, session } = await requireUser(context, request);
    const sessions = new SessionsRepo(context.pool);
    if (!['global', 'local', 'others'].includes(scope))
      throw invalid(`Unsupported logout scope "${scope.slice(0, 40)}"`);
    if (scope === 'global' || !session) await sessions.removeAllOf(user.id);
    else if (scope === 'local') await sessions.remove(session.id);
    else await sessions.removeOthersOf(user.id, session.id);
    return reply.code(204).send();
  });
}
