import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

const VERSION = 0;
const ID_BYTES = 16;
const MAC_BYTES = 16;
const CHECKSUM_BYTES = 4;
const MAX_COUNTER = 0x7fff_ffff;

export interface RefreshToken {
  sessionId: string;
  counter: number;
  /** What the session's key must have signed. */
  signed: Buffer;
  mac: Buffer;
}

/**
 * Supabase Auth's second form of refresh tokens: base64url of version, session id, counter (uvarint), HMAC-SHA-256 cut
 * to 16 bytes, and 4 bytes of SHA-256 as a checksum. Nothing needs to be stored: the server can make it again.
 */
export function encodeRefreshToken(sessionId: string, counter: number, key: Buffer): string {
  const signed = Buffer.concat([
    Buffer.from([VERSION]),
    Buffer.from(sessionId.replaceAll('-', ''), 'hex'),
    uvarint(counter),
  ]);
  const body = Buffer.concat([signed, macOf(signed, key)]);
  return Buffer.concat([body, checksumOf(body)]).toString('base64url');
}

/** The parts of a well-formed token; null for anything else. The signature is checked by `isSignedBy`. */
export function decodeRefreshToken(token: string): RefreshToken | null {
  if (token.length > 80 || !/^[A-Za-z0-9_-]+$/.test(token)) return null;
  const bytes = Buffer.from(token, 'base64url');
  if (bytes.length < 1 + ID_BYTES + 1 + MAC_BYTES + CHECKSUM_BYTES || bytes[0] !== VERSION) return null;
  const body = bytes.subarray(0, -CHECKSUM_BYTES);
  if (!checksumOf(body).equals(bytes.subarray(-CHECKSUM_BYTES))) return null;
  const signed = body.subarray(0, -MAC_BYTES);
  const counter = readUvarint(signed.subarray(1 + ID_BYTES));
  if (counter === null) return null;
  const hex = signed.subarray(1, 1 + ID_BYTES).toString('hex');
  const sessionId = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  return { sessionId, counter, signed, mac: body.subarray(-MAC_BYTES) };
}

/** Whether the token has one of the two forms Supabase Auth gives out: the older one is twelve characters. */
export function hasTokenForm(token: string): boolean {
  return /^[a-z0-9]{12}$/.test(token) || decodeRefreshToken(token) !== null;
}

export function isSignedBy(token: RefreshToken, key: Buffer): boolean {
  return timingSafeEqual(token.mac, macOf(token.signed, key));
}

function macOf(signed: Buffer, key: Buffer): Buffer {
  return createHmac('sha256', key).update(signed).digest().subarray(0, MAC_BYTES);
}

function checksumOf(body: Buffer): Buffer {
  return createHash('sha256').update(body).digest().subarray(0, CHECKSUM_BYTES);
}

function uvarint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  while (rest >= 0x80) {
    bytes.push((rest & 0x7f) | 0x80);
    rest >>>= 7;
  }
  bytes.push(rest);
  return Buffer.from(bytes);
}

function readUvarint(bytes: Buffer): number | null {
  let value = 0;
  for (const [index, byte] of bytes.entries()) {
    value += (byte & 0x7f) * 2 ** (7 * index);
    if (value > MAX_COUNTER) return null;
    if (byte < 0x80) return index === bytes.length - 1 ? value : null;
  }
  return null;
}
