import type { AddressInfo } from 'node:net';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { AppConfig } from '#config';
import { PrismaService } from '#prisma';

/** What a person sees when the process is ready: where things are, and the first call while there is no user yet. */
export async function greeting(app: NestExpressApplication, config: AppConfig): Promise<string> {
  const { port } = app.getHttpServer().address() as AddressInfo;
  const base = config.http.port === 0 ? `http://${config.http.host}:${port}` : config.http.publicUrl;
  const lines = [
    '',
    'Crewship Integrations is ready.',
    '',
    `  API         ${base}/api/v1`,
    `  Swagger UI  ${base}/api/docs`,
    `  OpenAPI     ${base}/api/openapi.json`,
    `  Health      ${base}/api/health`,
    '',
  ];
  const users = await app.get(PrismaService, { strict: false }).client.user.findFirst({ select: { id: true } });
  if (users) return lines.join('\n');
  return [
    ...lines,
    'Nobody has signed up yet. Make the first user; the answer holds a token for all further calls:',
    '',
    `  curl -s ${base}/api/v1/bootstrap -H 'Content-Type: application/json' \\`,
    `    -d '{"full_name": "Ada Lovelace", "email": "ada@example.com", "password": "correct horse battery"}'`,
    '',
  ].join('\n');
}
