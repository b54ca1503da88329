import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

export interface LoopbackFeed {
  readonly address: string;
  /** Every path asked for, with its range. */
  readonly asked: string[];
  /** Answers a path by itself from now on, as an attacker on the way would; undefined ends that. */
  attack(file: string, answer: Answer | undefined): void;
  stop(): Promise<void>;
}

/** Serves a repository on this machine as a web server or bucket does, ranges included. */
export async function serveFeed(folder: string): Promise<LoopbackFeed> {
  const attacks = new Map<string, Answer>();
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const name = decodeURIComponent(new URL(request.url ?? '/', 'http://feed').pathname).slice(1);
    asked.push(request.headers.range ? `${name} ${request.headers.range}` : name);
    const attack = attacks.get(name);
    if (attack) return attack(request, response);
    const file = path.join(folder, name);
    if (!existsSync(file)) return void response.writeHead(404).end();
    const { size } = statSync(file);
    const begin = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
    response.writeHead(begin > 0 ? 206 : 200, {
      'content-length': size - begin,
      ...(begin > 0 && { 'content-range': `bytes ${begin}-${size - 1}/${size}` }),
    });
    createReadStream(file, { start: begin }).pipe(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    asked,
    attack: (file, answer) => void (answer ? attacks.set(file, answer) : attacks.delete(file)),
    stop: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
