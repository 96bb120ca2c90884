import { join, resolve } from 'node:path';
import { Secret } from '#kernel';
import type { AppConfig } from './app-config.js';
import type { Environment } from './environment.schema.js';
import type { KeyRing } from './key-ring.js';

/** What is not in the environment, or only perhaps. */
interface Settled {
  dataDir: string;
  ring: KeyRing;
  sessionSecret: Secret;
  internalToken: Secret;
}

class UnopenedDatabaseUrl extends Secret {
  constructor() {
    super('');
  }

  override reveal(): string {
    throw new Error(
      'the embedded database has not been opened yet: its connection string comes from withDatabaseUrl()',
    );
  }
}

/** Groups the parsed variables by use and freezes them. */
export function groupConfig(env: Environment, settled: Settled): AppConfig {
  const { dataDir } = settled;
  const config: AppConfig = {
    environment: env.NODE_ENV,
    dataDir,
    http: httpOf(env),
    database: {
      embedded: env.DATABASE_URL === undefined,
      url: env.DATABASE_URL ?? new UnopenedDatabaseUrl(),
      poolMax: env.DATABASE_POOL_MAX,
    },
    vault: settled.ring,
    auth: {
      sessionSecret: settled.sessionSecret,
      adminToken: env.ADMIN_TOKEN ?? null,
      internalToken: settled.internalToken,
      internalSocket: env.INTERNAL_SOCKET ?? null,
      allowSignup: env.CREWSHIP_ALLOW_SIGNUP,
      lockoutThreshold: env.CREWSHIP_LOCKOUT_THRESHOLD,
    },
    limits: {
      disabled: env.CREWSHIP_RATELIMIT_DISABLED,
      apiPerMinute: env.CREWSHIP_RATELIMIT_API_PER_MINUTE,
      authPerMinute: env.CREWSHIP_RATELIMIT_AUTH_PER_MINUTE,
      credentialTestPerMinute: env.CREWSHIP_RATELIMIT_CRED_TEST_PER_MINUTE,
    },
    egress: { allow: env.EGRESS_ALLOW },
    composio: composioOf(env),
    mcpRegistry: { url: env.MCP_REGISTRY_URL, autoSync: env.MCP_REGISTRY_AUTO_SYNC },
    catalog: { connectorsDir: env.CONNECTORS_DIR ? resolve(env.CONNECTORS_DIR) : null },
    plugins: pluginsOf(env, dataDir),
    templates: {
      dir: resolve(env.TEMPLATES_DIR ?? join(dataDir, 'templates')),
      orgDir: resolve(env.ORG_TEMPLATES_DIR ?? join(dataDir, 'org-templates')),
    },
    channels: {
      telegramApiUrl: env.TELEGRAM_API_URL,
      slackApiUrl: env.SLACK_API_URL,
      githubWebhookSecret: env.GITHUB_WEBHOOK_SECRET ?? null,
      discordPublicKey: env.DISCORD_APP_PUBLIC_KEY ?? null,
    },
    jobs: { mode: env.CREWSHIP_JOBS },
    deliveries: { retryDelaysMs: Object.freeze(env.DELIVERY_RETRY_DELAYS) },
    observability: { logLevel: env.LOG_LEVEL, otlpEndpoint: env.OTEL_EXPORTER_OTLP_ENDPOINT ?? null },
  };
  for (const group of Object.values(config)) Object.freeze(group);
  return Object.freeze(config);
}

function httpOf(env: Environment): AppConfig['http'] {
  return {
    port: env.PORT,
    host: env.HOST,
    publicUrl: env.PUBLIC_URL ?? `http://localhost:${env.PORT}`,
    allowedOrigins: Object.freeze(env.CREWSHIP_ALLOWED_ORIGINS),
    trustedProxies: Object.freeze(env.CREWSHIP_TRUSTED_PROXY_CIDRS),
  };
}

function composioOf(env: Environment): AppConfig['composio'] {
  const enabled = env.COMPOSIO_ENABLED ?? env.COMPOSIO_API_KEY !== undefined;
  return {
    enabled,
    apiKey: enabled ? (env.COMPOSIO_API_KEY ?? null) : null,
    baseUrl: env.COMPOSIO_BASE_URL,
    defaultConnector: env.COMPOSIO_DEFAULT_CONNECTOR,
  };
}

function pluginsOf(env: Environment, dataDir: string): AppConfig['plugins'] {
  return {
    dir: resolve(env.PLUGINS_DIR ?? join(dataDir, 'plugins')),
    bodyMaxBytes: env.PLUGIN_INSTALL_BODY_MAX_BYTES,
    fetchTimeoutMs: env.PLUGIN_INSTALL_FETCH_TIMEOUT,
    maxDirBytes: env.PLUGIN_INSTALL_MAX_DIR_BYTES,
    allowUnpinned: env.PLUGIN_ALLOW_UNPINNED,
  };
}
