import process from 'node:process';
import { TRPCError } from '@trpc/server';
import type { DestinationStream } from 'pino';
import { loadConfig } from './config.ts';
import { ConfigError } from './process/config-error.ts';
import type { ServerConfig } from './config.ts';
import { createApp } from './http/app.ts';
import { replyWithFailure } from './http/failures.ts';
import { registerHealth } from './http/health.ts';
import { registerMetrics, ServerMetrics } from './http/metrics.ts';
import { registerTrpc } from './http/trpc-route.ts';
import { registerWebApp } from './http/web-app.ts';
import { openPlatform } from './platform.ts';
import type { Platform } from './platform.ts';
import { setUpWords } from './process/words/set-up-words.mjs';

export interface RunningServer {
  /** `http://127.0.0.1:4870` */
  url: string;
  platform: Platform;
  /** Stops taking requests, finishes what is under way, closes every connection. Safe to repeat. */
  close(): Promise<void>;
}

/**
 * Starts the API: control plane (made and migrated when needed), session registry, HTTP. With port 0 it takes a free
 * one. Everything already opened is closed again when a part fails.
 */
export async function startServer(
  config: ServerConfig,
  options: { logStream?: DestinationStream } = {},
): Promise<RunningServer> {
  const app = createApp(config, options.logStream);
  const platform = await openPlatform(config, app.log);
  let closing: Promise<void> | undefined;
  const close = () => {
    closing ??= app.close().finally(() => platform.close());
    return closing;
  };
  try {
    const metrics = new ServerMetrics(platform);
    registerMetrics(app, metrics, config.metricsToken);
    registerHealth(app, platform);
    await registerTrpc(app, platform, metrics);
    await registerWebApp(app, config);
    app.setNotFoundHandler((request, reply) =>
      replyWithFailure(
        new TRPCError({ code: 'NOT_FOUND', message: 'There is nothing here.' }),
        request,
        reply,
      ),
    );
    const url = await app.listen({ host: config.host, port: config.port });
    return { url, platform, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** `node server/main.ts`: the API alone, configured by the environment. */
async function main(): Promise<void> {
  const server = await startServer(loadConfig(process.env));
  process.stdout.write(`listening on ${server.url}\n`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      void server.close().then(() => process.exit(0));
    });
  }
}

if (import.meta.main) {
  main().catch((error: unknown) => {
    const text =
      error instanceof ConfigError ? error.message : error instanceof Error ? error.stack : String(error);
    process.stderr.write(`${text ?? setUpWords('config.not_started')}\n`);
    process.exit(1);
  });
}
