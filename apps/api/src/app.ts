import type { Server } from 'node:http';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Request } from 'express';
import type { Logger } from 'pino';
import { Authenticator, internalFence, refuseSilentRoutes } from '#access';
import type { AppConfig } from '#config';
import {
  ContractPipe,
  inOrder,
  originGuard,
  ProblemFilter,
  rateLimits,
  rawBody,
  requestOrigin,
  securityHeaders,
  storableUrl,
} from '#http';
import { translateDatabaseError } from '#prisma';
import { AppModule } from './app.module.js';
import { ReplayFilter } from './modules/idempotency/replay.filter.js';
import { serveDocument } from './openapi/serve-document.js';
import { GroupedExpressAdapter } from './platform/grouped-express.adapter.js';
import { createLogger, NestLogger } from './platform/logger.js';
import { type Ports, systemPorts } from './platform/ports.module.js';
import { requestLog } from './platform/request-log.middleware.js';

/** What tests and other hosts may replace. */
export interface AppOptions {
  ports?: Ports;
  logger?: Logger;
}

/** The application, ready to listen. Tests use the very same one. */
export async function createApp(config: AppConfig, options: AppOptions = {}): Promise<NestExpressApplication> {
  const ports = options.ports ?? systemPorts();
  const logger = options.logger ?? createLogger(config.observability.logLevel);
  const adapter = new GroupedExpressAdapter();
  const app = await NestFactory.create<NestExpressApplication>(AppModule.with(config, ports), adapter, {
    bodyParser: false,
    logger: new NestLogger(logger),
    abortOnError: false,
    // So that `integrations/crews` is never taken for the id of an integration, whatever the order of the modules.
    routeResolutionStrategy: 'specificity',
  });
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('query parser', 'simple');
  app.set('trust proxy', trustOf(config));
  const filter = new ProblemFilter([translateDatabaseError], (error, context) =>
    logger.error({ error, ...context }, 'request failed'),
  );
  if (config.http.allowedOrigins.length > 0) app.enableCors(crossOrigin(config));
  app.use(
    inOrder(
      requestOrigin(ports.ids),
      requestLog(logger, ports.clock),
      securityHeaders(config.http.publicUrl),
      internalFence(),
      rateLimits(config.limits, ports.clock),
      originGuard([config.http.publicUrl, ...config.http.allowedOrigins]),
      storableUrl(),
      adapter.fixedPaths(),
      ...rawBody(isInstanceAdmin(app.get(Authenticator, { strict: false }))),
    ),
  );
  app.use(failuresOf(filter));
  app.useGlobalPipes(new ContractPipe());
  // The last one is asked first, and the first takes everything.
  app.useGlobalFilters(filter, new ReplayFilter());
  serveDocument(app);
  refuseSilentRoutes(app);
  await app.init();
  const server = app.getHttpServer() as Server;
  server.keepAliveTimeout = 65_000;
  return app;
}

function isInstanceAdmin(authenticator: Authenticator) {
  return async (request: Request): Promise<boolean> => {
    const caller = await authenticator.authenticate(request, null);
    return caller.ok && caller.instanceAdmin;
  };
}

// Loopback is believed because a proxy on the same host is the usual deployment; others must be listed.
function trustOf(config: AppConfig): string[] {
  return ['loopback', ...config.http.trustedProxies];
}

// Only the listed pages may read answers; without a list there are no such headers at all.
function crossOrigin(config: AppConfig) {
  return {
    origin: [...config.http.allowedOrigins],
    credentials: true,
    exposedHeaders: [
      'ETag',
      'Idempotency-Replayed',
      'Link',
      'Retry-After',
      'X-Request-Id',
      'X-Total-Count',
      'X-RateLimit-Limit',
      'X-RateLimit-Remaining',
      'X-RateLimit-Reset',
    ],
    maxAge: 600,
  };
}

function failuresOf(filter: ProblemFilter) {
  // Express knows an error handler by its four parameters.
  return (
    error: unknown,
    request: Parameters<ProblemFilter['answer']>[1],
    response: Parameters<ProblemFilter['answer']>[2],
    _next: () => void,
  ): void => filter.answer(error, request, response);
}
