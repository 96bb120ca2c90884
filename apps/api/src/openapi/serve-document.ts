import type { NestExpressApplication } from '@nestjs/platform-express';
import { SwaggerModule } from '@nestjs/swagger';
import type { AppConfig } from '#config';
import { buildDocument } from './build-document.js';

/** Serves the contract at `/api/openapi.json` and Swagger UI at `/api/docs`. Built on the first request for either. */
export function serveDocument(app: NestExpressApplication, config: AppConfig): void {
  SwaggerModule.setup('api/docs', app, () => buildDocument(app, config.http.publicUrl), {
    jsonDocumentUrl: 'api/openapi.json',
    yamlDocumentUrl: 'api/openapi.yaml',
    customSiteTitle: 'Crewship Integrations API',
    swaggerOptions: {
      persistAuthorization: true,
      displayRequestDuration: true,
      tryItOutEnabled: true,
      filter: true,
      docExpansion: 'none',
    },
  });
}
