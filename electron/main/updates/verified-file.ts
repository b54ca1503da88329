import { randomBytes } from 'node:crypto';
import { createReadStream, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { Provider } from 'electron-updater';
import type { AppUpdater, ResolvedUpdateFileInfo, UpdateInfo } from 'electron-updater';
import type { ProviderRuntimeOptions } from 'electron-updater/out/providers/Provider.js';
import type { Artefact } from '../../releases/artefact.ts';

/** Serves one verified file to electron-updater on this machine, under an address nobody can guess. */
export async function serveVerifiedFile(
  file: string,
  artefact: Artefact,
): Promise<{ address: string; stop(): void }> {
  const where = `/${randomBytes(24).toString('hex')}/${encodeURIComponent(path.posix.basename(artefact.path))}`;
  const server = createServer((request, response) => {
    if (request.method !== 'GET' || request.url !== where) return void response.writeHead(404).end();
    response.writeHead(200, { 'content-length': statSync(file).size });
    createReadStream(file).pipe(response);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  const stop = () => {
    server.closeAllConnections();
    server.close();
  };
  return { address: `http://127.0.0.1:${port}${where}`, stop };
}

/**
 * Describes a package to electron-updater from the signed metadata, in place of its own unsigned feed: it checks the
 * signed SHA-512 once more, and on Windows the publisher's signature.
 */
export class SignedProvider extends Provider<UpdateInfo> {
  readonly #artefact: Artefact;
  readonly #address: string;

  constructor(
    options: { artefact: Artefact; address: string },
    _updater: AppUpdater,
    runtime: ProviderRuntimeOptions,
  ) {
    super(runtime);
    this.#artefact = options.artefact;
    this.#address = options.address;
  }

  getLatestVersion(): Promise<UpdateInfo> {
    const { version, length, sha512, path: name } = this.#artefact;
    const url = path.posix.basename(name);
    return Promise.resolve({
      version,
      path: url,
      sha512,
      files: [{ url, sha512, size: length }],
      // No release has a date here: the signed metadata expires instead.
      releaseDate: new Date(0).toISOString(),
    });
  }

  resolveFiles(info: UpdateInfo): ResolvedUpdateFileInfo[] {
    return info.files.map((file) => ({ url: new URL(this.#address), info: file }));
  }
}
