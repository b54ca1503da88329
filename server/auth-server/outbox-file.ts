import { appendFile, chmod, rename, stat } from 'node:fs/promises';
import path from 'node:path';

const MAX_BYTES = 1_000_000;

/**
 * A file of JSON lines that only its owner can read. Full, it is set aside as `….previous…` in place of the one set
 * aside before, so that the two together never grow beyond twice the limit and the newest lines are always there.
 */
export class OutboxFile {
  readonly #file: string;
  readonly #maxBytes: number;
  #writing: Promise<void> = Promise.resolve();

  constructor(file: string, maxBytes = MAX_BYTES) {
    this.#file = file;
    this.#maxBytes = maxBytes;
  }

  /** Adds the lines, one call after the other. @throws whatever the file system says. */
  append(lines: unknown[]): Promise<void> {
    const text = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
    const written = this.#writing.catch(() => {}).then(() => this.#write(text));
    this.#writing = written;
    return written;
  }

  async #write(text: string): Promise<void> {
    const known = await stat(this.#file).catch(() => null);
    if (known && known.size + Buffer.byteLength(text) > this.#maxBytes)
      await rename(this.#file, previousOf(this.#file));
    // A file somebody made beforehand keeps its mode when it is appended to.
    else if (known && (known.mode & 0o077) !== 0) await chmod(this.#file, 0o600);
    await appendFile(this.#file, text, { mode: 0o600 });
  }
}

function previousOf(file: string): string {
  const { dir, name, ext } = path.parse(file);
  return path.join(dir, `${name}.previous${ext}`);
}
