import { z } from 'zod';
import {
  duration,
  durations,
  flag,
  isHost,
  isNetwork,
  isOrigin,
  list,
  postgresUrl,
  secret,
  webUrl,
  whole,
} from './environment-values.js';

const mebibyte = 1_048_576;
const path = z.string();
const word = z.string();

/** Gives a variable the example that a message about a wrong value shows. */
function shown<T extends z.ZodType>(schema: T, example: string): T {
  return schema.meta({ example });
}

/** Every variable that the product reads, except the numbered `ENCRYPTION_KEY_V<n>`. One entry is one line of `.env.example`. */
export const environmentSchema = z.object({
  NODE_ENV: shown(z.enum(['development', 'test', 'production']).default('development'), 'production'),
  PORT: shown(whole(0, 65_535).prefault('8080'), '8080'),
  HOST: shown(word.default('127.0.0.1'), '0.0.0.0'),
  PUBLIC_URL: shown(webUrl.optional(), 'https://crewship.example.com'),
  DATA_DIR: shown(path.default('.data'), '/var/lib/crewship'),
  DATABASE_URL: shown(postgresUrl.optional(), 'postgresql://user:password@db.example.com:5432/crewship'),
  DATABASE_POOL_MAX: shown(whole(1, 500).prefault('10'), '10'),
  ENCRYPTION_KEY: shown(word.optional(), '64 hexadecimal characters, as `openssl rand -hex 32` prints'),
  CREWSHIP_ENCRYPTION_KEY_VERSION: shown(word.optional(), '2'),
  NEXTAUTH_SECRET: shown(secret(32).optional(), 'the output of `openssl rand -base64 48`'),
  ADMIN_TOKEN: shown(secret(1).optional(), 'the output of `openssl rand -hex 32`'),
  CREWSHIP_INTERNAL_TOKEN: shown(secret(16).optional(), 'the output of `openssl rand -hex 32`'),
  INTERNAL_SOCKET: shown(path.optional(), '/run/crewship/internal.sock'),
  CREWSHIP_ALLOW_SIGNUP: shown(flag.prefault('false'), 'true'),
  CREWSHIP_ALLOWED_ORIGINS: shown(
    list(isOrigin, 'must be origins (scheme and host, no path) between commas').prefault(''),
    'https://app.example.com,https://admin.example.com',
  ),
  CREWSHIP_TRUSTED_PROXY_CIDRS: shown(
    list(isNetwork, 'must be addresses or networks between commas').prefault(''),
    '10.0.0.0/8,fd00::/8',
  ),
  CREWSHIP_RATELIMIT_DISABLED: shown(flag.prefault('false'), 'false'),
  CREWSHIP_RATELIMIT_API_PER_MINUTE: shown(whole(1, 10_000_000).prefault('12000'), '12000'),
  CREWSHIP_RATELIMIT_AUTH_PER_MINUTE: shown(whole(1, 10_000_000).prefault('600'), '600'),
  CREWSHIP_RATELIMIT_CRED_TEST_PER_MINUTE: shown(whole(1, 10_000_000).prefault('600'), '600'),
  CREWSHIP_LOCKOUT_THRESHOLD: shown(whole(1, 1_000_000).prefault('10'), '10'),
  EGRESS_ALLOW: shown(
    list(
      (item) => isNetwork(item) || isHost(item),
      'must be host names, addresses or networks between commas',
    ).prefault(''),
    'mcp.internal,10.1.0.0/16',
  ),
  COMPOSIO_API_KEY: shown(secret(1).optional(), 'the key that Composio shows once'),
  COMPOSIO_ENABLED: shown(flag.optional(), 'true'),
  COMPOSIO_BASE_URL: shown(webUrl.prefault('https://backend.composio.dev'), 'https://backend.composio.dev'),
  COMPOSIO_DEFAULT_CONNECTOR: shown(flag.prefault('false'), 'false'),
  MCP_REGISTRY_URL: shown(
    webUrl.prefault('https://registry.modelcontextprotocol.io'),
    'https://registry.modelcontextprotocol.io',
  ),
  MCP_REGISTRY_AUTO_SYNC: shown(flag.prefault('true'), 'false'),
  CONNECTORS_DIR: shown(path.optional(), '/etc/crewship/connectors'),
  PLUGINS_DIR: shown(path.optional(), '/var/lib/crewship/plugins'),
  TEMPLATES_DIR: shown(path.optional(), '/var/lib/crewship/templates'),
  ORG_TEMPLATES_DIR: shown(path.optional(), '/var/lib/crewship/org-templates'),
  PLUGIN_INSTALL_BODY_MAX_BYTES: shown(whole(1, 64 * mebibyte).prefault('65536'), '65536'),
  PLUGIN_INSTALL_FETCH_TIMEOUT: shown(duration.prefault('5m'), '5m'),
  PLUGIN_INSTALL_MAX_DIR_BYTES: shown(whole(1, 10_240 * mebibyte).prefault('104857600'), '104857600'),
  PLUGIN_ALLOW_UNPINNED: shown(flag.prefault('false'), 'false'),
  TELEGRAM_API_URL: shown(webUrl.prefault('https://api.telegram.org'), 'https://api.telegram.org'),
  SLACK_API_URL: shown(webUrl.prefault('https://slack.com/api'), 'https://slack.com/api'),
  GITHUB_WEBHOOK_SECRET: shown(secret(1).optional(), 'the secret of the webhook at GitHub'),
  DISCORD_APP_PUBLIC_KEY: shown(
    z
      .string()
      .regex(/^[0-9a-fA-F]{64}$/, 'must be 64 hexadecimal characters')
      .optional(),
    '64 hexadecimal characters from the Discord developer portal',
  ),
  CREWSHIP_JOBS: shown(z.enum(['embedded', 'off']).default('embedded'), 'off'),
  DELIVERY_RETRY_DELAYS: shown(durations.prefault('10s,30s,2m,10m,1h'), '10s,30s,2m,10m,1h'),
  LOG_LEVEL: shown(z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'), 'info'),
  OTEL_EXPORTER_OTLP_ENDPOINT: shown(webUrl.optional(), 'http://otel-collector:4318'),
});

/** The variables after parsing, before they are grouped. */
export type Environment = z.infer<typeof environmentSchema>;

/** The example of a right value for a variable, as its message shows it. */
export function exampleOf(variable: string): string {
  const schema = (environmentSchema.shape as Readonly<Record<string, z.ZodType>>)[variable];
  const example = schema?.meta()?.example;
  return typeof example === 'string' ? example : '';
}
