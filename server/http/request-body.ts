import type { IncomingMessage } from 'node:http';
import { TRPCError } from '@trpc/server';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Platform } from '../platform.ts';

/** Whether a body declares more than this many bytes. */
export function isLong(request: FastifyRequest, bytes: number): boolean {
  return Number(request.headers['content-length'] ?? 0) > bytes;
}

/** Whether a body comes in pieces, without saying how long it is. */
export function hasUnknownLength(request: FastifyRequest): boolean {
  return request.headers['transfer-encoding'] !== undefined;
}

/** Whatever clerks do all day long: bodies up to here count nothing. Bytes. */
const small = 16 * 1024;

/**
 * Charges a body to its sender's budget; one that doesn't declare its length counts as the longest allowed. The rest of
 * a refused body isn't waited for.
 * @throws RATE_LIMITED
 */
export function takeBody(
  request: FastifyRequest,
  reply: FastifyReply,
  { userId, most }: { userId: string; most: number },
  { largeBodies, gate }: Pick<Platform, 'largeBodies' | 'gate'>,
): void {
  const bytes = hasUnknownLength(request) ? most : Number(request.headers['content-length'] ?? 0);
  if (bytes <= small || largeBodies.tryTake(userId, bytes)) return;
  gate.counts.rateLimited.bytes += 1;
  reply.header('connection', 'close');
  throw largeBodies.refusal(bytes);
}

/** Reads a body of at most this many bytes as text. The rest is discarded unread, so that the refusal arrives. */
export function readBody(payload: IncomingMessage, bytes: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const stop = (error: TRPCError) => {
      payload.off('data', take).off('end', finish).off('error', fail).off('aborted', fail);
      payload.on('error', () => {}).resume();
      reject(error);
    };
    const take = (chunk: Buffer) => {
      size += chunk.length;
      if (size > bytes) stop(new TRPCError({ code: 'PAYLOAD_TOO_LARGE' }));
      else chunks.push(chunk);
    };
    const finish = () => resolve(Buffer.concat(chunks).toString('utf8'));
    const fail = () => stop(new TRPCError({ code: 'BAD_REQUEST' }));
    payload.on('data', take).once('end', finish).once('error', fail).once('aborted', fail);
  });
}
