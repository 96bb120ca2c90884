import type { NestExpressApplication } from '@nestjs/platform-express';
import { SwaggerModule } from '@nestjs/swagger';
import type { NextFunction, Request, Response } from 'express';
import { buildDocument } from './build-document.js';

const docsPath = '/api/docs';

// The rest of the API answers no page and forbids everything. Swagger UI needs its own files, the inline styles of its
// page, icons as data: URLs, and calls to this origin; nothing of it may be framed or sent elsewhere.
const docsPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/**
 * Serves the contract at `/api/openapi.json` and Swagger UI, under a content security policy of its own, at `/api/docs`.
 * The document is built on the first request for either.
 */
export function serveDocument(app: NestExpressApplication): void {
  app.use(docsPath, (_request: Request, response: Response, next: NextFunction) => {
    response.setHeader('Content-Security-Policy', docsPolicy);
    next();
  });
  SwaggerModule.setup(docsPath, app, () => buildDocument(app), {
    jsonDocumentUrl: 'api/openapi.json',
    yamlDocumentUrl: 'api/openapi.yaml',
    customSiteTitle: 'Crewship Integrations API',
    swaggerOptions: {
      persistAuthorization: true,
      displayRequestDuration: true,
      tryItOutEnabled: true,
      filter: true,
      docExpansion: 'none',
      // The badge would ask a service on the internet about this instance's document.
      validatorUrl: null,
    },
  });
}
