import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { promisify } from 'node:util';
import bcrypt from 'bcryptjs';
import { AuthFailure } from './wire/failure.ts';

const deriveKey = promisify(argon2);

/** OWASP's Argon2id parameters (Password Storage Cheat Sheet): 19 MiB, two passes, one lane. */
const ours = { variant: 'argon2id', memory: 19_456, passes: 2, parallelism: 1 } as const;
const TAG_BYTES = 32;
const SALT_BYTES = 16;
/** Hashes brought along by an administrator may cost more than ours, but not without bound. */
const MOST = { memory: 65_536, passes: 10, parallelism: 8, tag: 128, bcryptCost: 12 };
/** Supabase Auth hashes by bcrypt, which reads 72 bytes: the same bound keeps both interchangeable. */
export const MAX_PASSWORD_BYTES = 72;
/** If more than this wait, the last would wait longer than people do. */
const MAX_WAITING = 128;

interface StoredHash {
  variant: 'argon2i' | 'argon2id';
  memory: number;
  passes: number;
  parallelism: number;
  salt: Buffer;
  tag: Buffer;
}

/** Hashes and checks passwords off the event loop, as many at a time as there are cores. */
export class Passwords {
  readonly #slots: number;
  readonly #decoy: StoredHash;
  #running = 0;
  readonly #waiting: (() => void)[] = [];

  constructor(slots = availableParallelism()) {
    this.#slots = slots;
    this.#decoy = { ...ours, salt: randomBytes(SALT_BYTES), tag: randomBytes(TAG_BYTES) };
  }

  /** The PHC string to store. */
  async hash(password: string): Promise<string> {
    const salt = randomBytes(SALT_BYTES);
    const tag = await this.#derive(password, { ...ours, salt, tag: Buffer.alloc(TAG_BYTES) });
    return `$${ours.variant}$v=19$m=${ours.memory},t=${ours.passes},p=${ours.parallelism}$${unpadded(salt)}$${unpadded(tag)}`;
  }

  /**
   * Whether the password is the stored one. Without a stored hash (unknown user, invited user) the same work is done,
   * so that the time taken says nothing. A bcrypt hash that was brought along takes its own time, until `isOurs` has it
   * replaced at the first sign-in.
   */
  async verify(password: string, stored: string | null): Promise<boolean> {
    const tooLong = Buffer.byteLength(password) > MAX_PASSWORD_BYTES;
    if (stored !== null && !tooLong && isBcrypt(stored)) {
      return this.#inTurn(() => bcrypt.compare(password, stored));
    }
    const known = stored === null || tooLong ? null : parseHash(stored);
    const against = known ?? this.#decoy;
    const tag = await this.#derive(tooLong ? '' : password, against);
    return timingSafeEqual(tag, against.tag) && known !== null;
  }

  #derive(password: string, hash: StoredHash): Promise<Buffer> {
    return this.#inTurn(() =>
      deriveKey(hash.variant, {
        message: password,
        nonce: hash.salt,
        memory: hash.memory,
        passes: hash.passes,
        parallelism: hash.parallelism,
        tagLength: hash.tag.length,
      }),
    );
  }

  async #inTurn<T>(work: () => Promise<T>): Promise<T> {
    await this.#enter();
    try {
      return await work();
    } finally {
      this.#leave();
    }
  }

  async #enter(): Promise<void> {
    if (this.#running < this.#slots) {
      this.#running += 1;
      return;
    }
    if (this.#waiting.length >= MAX_WAITING) {
      throw new AuthFailure(
        504,
        'request_timeout',
        'Processing this request timed out, please retry after a moment.',
        { retryAfterSeconds: 5 },
      );
    }
    // The slot is handed over by the one who leaves, so the count does not change in between.
    await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  #leave(): void {
    const next = this.#waiting.shift();
    if (next) next();
    else this.#running -= 1;
  }
}

/** Whether an administrator's `password_hash` can be taken over: Argon2 in the PHC form, or bcrypt. */
export function isKnownHash(stored: string): boolean {
  return isBcrypt(stored) || parseHash(stored) !== null;
}

/** Whether a stored hash is of the kind we make; others are replaced at the next sign-in. */
export function isOurs(stored: string): boolean {
  return stored.startsWith(`$${ours.variant}$v=19$m=${ours.memory},t=${ours.passes},p=${ours.parallelism}$`);
}

function isBcrypt(stored: string): boolean {
  const cost = /^\$2[aby]\$(\d\d)\$[./A-Za-z0-9]{53}$/.exec(stored)?.[1];
  return cost !== undefined && Number(cost) >= 4 && Number(cost) <= MOST.bcryptCost;
}

function parseHash(stored: string): StoredHash | null {
  const match =
    /^\$(argon2id?)\$v=19\$m=(\d{1,9}),t=(\d{1,4}),p=(\d{1,4})\$([A-Za-z0-9+/]{11,128})\$([A-Za-z0-9+/]{16,256})$/.exec(
      stored,
    );
  if (!match) return null;
  const [, variant, memory, passes, parallelism, salt, tag] = match;
  const hash: StoredHash = {
    variant: variant === 'argon2i' ? 'argon2i' : 'argon2id',
    memory: Number(memory),
    passes: Number(passes),
    parallelism: Number(parallelism),
    salt: Buffer.from(salt ?? '', 'base64'),
    tag: Buffer.from(tag ?? '', 'base64'),
  };
  const within =
    hash.memory >= 8 * hash.parallelism &&
    hash.memory <= MOST.memory &&
    hash.passes >= 1 &&
    hash.passes <= MOST.passes &&
    hash.parallelism >= 1 &&
    hash.parallelism <= MOST.parallelism &&
    hash.salt.length >= 8 &&
    hash.tag.length <= MOST.tag;
  return within ? hash : null;
}

function unpadded(bytes: Buffer): string {
  return bytes.toString('base64').replaceAll('=', '');
}
