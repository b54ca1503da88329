import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { requireAdmin } from '../bearer.ts';
import type { AuthContext } from '../context.ts';
import { inTransaction } from '../database.ts';
import { FactorsRepo, type FactorRow } from '../factors.repo.ts';
import { OneTimeTokensRepo } from '../one-time-tokens.repo.ts';
import { SessionsRepo } from '../sessions.repo.ts';
import { UsersRepo, type UserRow } from '../users.repo.ts';
import { invalid, missing } from '../wire/failure.ts';
import { flag, readBody, readId, readQuery, text } from '../wire/input.ts';
import { describeUsers, shapeFactor } from '../wire/user.ts';
import { findUser } from './admin-users.ts';

const DEFAULT_PER_PAGE = 50;
const MAX_PER_PAGE = 1000;
const renaming = z.object({ friendly_name: text });
const deletion = z.object({ should_soft_delete: flag });

/** Administrators list and remove users, and see and remove their factors. */
export function adminListRoutes(app: FastifyInstance, context: AuthContext): void {
  app.addHook('onRequest', (request) => requireAdmin(context, request));

  app.get('/admin/users', async (request, reply) => {
    const page = readCount(request, 'page', 1);
    const perPage = Math.min(readCount(request, 'per_page', DEFAULT_PER_PAGE), MAX_PER_PAGE);
    const found = await new UsersRepo(context.pool).page(
      readQuery(request, 'filter').slice(0, 255),
      perPage,
      (page - 1) * perPage,
    );
    void reply.header('x-total-count', found.total);
    void reply.header('link', linksOf(context.baseUrl, page, perPage, found.total));
    return { users: await describeUsers(context.pool, found.users), aud: 'authenticated' };
  });

  app.delete('/admin/users/:id', async (request) => {
    const user = await findUser(context, request);
    if (readBody(request, deletion).should_soft_delete) await softDelete(context, user);
    else await new UsersRepo(context.pool).remove(user.id);
    return {};
  });

  app.get('/admin/users/:id/factors', async (request) => {
    const user = await findUser(context, request);
    return (await new FactorsRepo(context.pool).ofUser(user.id)).map(shapeFactor);
  });

  app.put('/admin/users/:id/factors/:factorId', async (request) => {
    const factor = await findFactor(context, request);
    const { friendly_name: name } = readBody(request, renaming);
    if (name === '') return shapeFactor(factor);
    await new FactorsRepo(context.pool).rename(factor.id, name);
    return shapeFactor({ ...factor, friendly_name: name, updated_at: new Date() });
  });

  app.delete('/admin/users/:id/factors/:factorId', async (request) => {
    const factor = await findFactor(context, request);
    await inTransaction(context.pool, async (client) => {
      await new FactorsRepo(client).remove(factor.id);
      await new SessionsRepo(client).lowerByFactor(factor.id);
    });
    return shapeFactor(factor);
  });
}

async function findFactor(context: AuthContext, request: FastifyRequest): Promise<FactorRow> {
  const user = await findUser(context, request);
  const id = readId(request, 'factorId', 'factor_id must be an UUID');
  const factor = (await new FactorsRepo(context.pool).ofUser(user.id)).find((one) => one.id === id);
  if (!factor) throw missing('mfa_factor_not_found', 'Factor not found');
  return factor;
}

/** Keeps the row for what refers to it, without names, metadata, factors or sessions. */
async function softDelete(context: AuthContext, user: UserRow): Promise<void> {
  if (user.deleted_at) return;
  await inTransaction(context.pool, async (client) => {
    const users = new UsersRepo(client);
    await users.byIdForUpdate(user.id);
    await users.removeIdentities(user.id);
    await new FactorsRepo(client).removeAllOf(user.id);
    await new SessionsRepo(client).removeAllOf(user.id);
    await new OneTimeTokensRepo(client).removeAllOf(user.id);
    await users.update(user.id, {
      email: obscured(user, user.email),
      phone: obscured(user, user.phone),
      password_hash: null,
      new_email: null,
      user_metadata: {},
      app_metadata: {},
      deleted_at: new Date(),
    });
  });
}

function obscured(user: UserRow, name: string | null): string | null {
  return name === null ? null : createHash('sha256').update(`${user.id}${name}`).digest('base64url');
}

/** A positive number from the query; clients send empty strings for what they leave out. */
function readCount(request: FastifyRequest, name: string, fallback: number): number {
  const given = readQuery(request, name);
  if (given === '') return fallback;
  if (!/^\d{1,7}$/.test(given)) throw invalid(`Bad Pagination Parameters: ${name} must be a number`);
  if (name === 'per_page' && Number(given) === 0)
    throw invalid('Bad Pagination Parameters: per_page must be greater than 0');
  return Math.max(1, Number(given));
}

/** The client reads one digit after the first `=` of each link: `page` has to come first. */
function linksOf(baseUrl: string, page: number, perPage: number, total: number): string {
  const last = Math.max(1, Math.ceil(total / perPage));
  const link = (target: number, rel: string): string =>
    `<${baseUrl}/admin/users?page=${target}&per_page=${perPage}>; rel="${rel}"`;
  return [...(page < last ? [link(page + 1, 'next')] : []), link(last, 'last')].join(', ');
}
