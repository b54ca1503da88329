import { Secret, TOTP } from 'otpauth';
import QRCode from 'qrcode';
import { invalid } from './wire/failure.ts';

/** What authenticator apps all understand, and Supabase Auth uses: SHA-1, six digits, 30 s. */
const parameters = { algorithm: 'SHA1', digits: 6, period: 30 };
/** One step to either side makes up for clocks that differ (RFC 6238, 5.2). */
const WINDOW = 1;
const SECRET_BYTES = 20;

export interface TotpEnrolment {
  secret: string;
  uri: string;
  qrSvg: string;
}

/** A new shared secret, as text, as `otpauth:` address and as a picture of that address. */
export async function enrolTotp(issuer: string, label: string): Promise<TotpEnrolment> {
  const secret = new Secret({ size: SECRET_BYTES });
  const uri = new TOTP({ ...parameters, issuer, label, secret }).toString();
  try {
    const qrSvg = await QRCode.toString(uri, { type: 'svg', errorCorrectionLevel: 'M' });
    return { secret: secret.base32, uri, qrSvg };
  } catch {
    throw invalid('The issuer is too long for a QR code');
  }
}

/** The 30 s step the code belongs to, counted from 1970; null for a code that is not right now. */
export function stepOfTotp(secret: string, code: string, now = Date.now()): number | null {
  if (!/^\d{6}$/.test(code)) return null;
  const totp = new TOTP({ ...parameters, secret: Secret.fromBase32(secret) });
  const delta = totp.validate({ token: code, window: WINDOW, timestamp: now });
  return delta === null ? null : Math.floor(now / (parameters.period * 1000)) + delta;
}
