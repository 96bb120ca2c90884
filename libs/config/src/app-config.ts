import type { Secret } from '#kernel';
import type { KeyRing } from './key-ring.js';

/** Where the API listens, and who may call it from a browser. */
export interface HttpConfig {
  /** 0 lets the system choose. */
  readonly port: number;
  readonly host: string;
  /** The one source of absolute URLs, without a trailing slash. Forwarded headers never are. */
  readonly publicUrl: string;
  /** Browser origins that may call beside the public URL's own. */
  readonly allowedOrigins: readonly string[];
  /** Addresses and networks of the proxies whose forwarded client address is believed. */
  readonly trustedProxies: readonly string[];
}

/** The database that is used. */
export interface DatabaseConfig {
  /** Whether the embedded PostgreSQL under the data folder is used, because `DATABASE_URL` is not set. */
  readonly embedded: boolean;
  /** Connection string. With an embedded database it cannot be revealed before {@link withDatabaseUrl} set it. */
  readonly url: Secret;
  /** Most connections that this process opens. */
  readonly poolMax: number;
}

/** Sign-in and the tokens that stand outside any workspace. */
export interface AuthConfig {
  /** Session token keys derive from it. */
  readonly sessionSecret: Secret;
  /** Bearer token of the instance administrator; null: nobody has that access by token. */
  readonly adminToken: Secret | null;
  /** `X-Internal-Token` of the runtime. */
  readonly internalToken: Secret;
  /** Path of the Unix socket that the runtime's routes are served on; null: none. */
  readonly internalSocket: string | null;
  readonly allowSignup: boolean;
  /** Failed sign-ins in a row after which an account is locked. */
  readonly lockoutThreshold: number;
}

/** How many requests one client may send per minute, by kind. */
export interface LimitsConfig {
  readonly disabled: boolean;
  readonly apiPerMinute: number;
  readonly authPerMinute: number;
  readonly credentialTestPerMinute: number;
}

/** Composio as the environment configures it; a workspace's own key comes before it. */
export interface ComposioConfig {
  /** Null when there is none, or when the provider is switched off. */
  readonly apiKey: Secret | null;
  readonly enabled: boolean;
  readonly baseUrl: string;
  readonly defaultConnector: boolean;
}

/** Plugins on disk and the safeguards of their installation. */
export interface PluginsConfig {
  readonly dir: string;
  readonly bodyMaxBytes: number;
  readonly fetchTimeoutMs: number;
  readonly maxDirBytes: number;
  readonly allowUnpinned: boolean;
}

/** The chat services. */
export interface ChannelsConfig {
  readonly telegramApiUrl: string;
  readonly slackApiUrl: string;
  readonly githubWebhookSecret: Secret | null;
  /** Ed25519 public key, 64 hexadecimal characters. */
  readonly discordPublicKey: string | null;
}

/** Work in the background. */
export interface JobsConfig {
  /** `embedded`: this process runs jobs. `off`: it only adds them, and other replicas run them. */
  readonly mode: 'embedded' | 'off';
}

/** How messages and events are delivered. */
export interface DeliveriesConfig {
  /** How long is waited after the first failed attempt, after the second, and so on; one attempt more than there are waits. */
  readonly retryDelaysMs: readonly number[];
}

/** Everything that the process was told at start: parsed once, grouped by use, frozen. Also its injection token. */
export abstract class AppConfig {
  abstract readonly environment: 'development' | 'test' | 'production';
  /** Absolute path of the folder for everything that the process keeps. */
  abstract readonly dataDir: string;
  abstract readonly http: HttpConfig;
  abstract readonly database: DatabaseConfig;
  abstract readonly vault: KeyRing;
  abstract readonly auth: AuthConfig;
  abstract readonly limits: LimitsConfig;
  /** Hosts (with or without port), addresses and networks that may be called although they are private. */
  abstract readonly egress: { readonly allow: readonly string[] };
  abstract readonly composio: ComposioConfig;
  /** `autoSync`: whether the registry is read by itself, every hour, beside syncs that somebody asks for. */
  abstract readonly mcpRegistry: { readonly url: string; readonly autoSync: boolean };
  /** `connectorsDir` holds further manifests beside the bundled ones; null: none. */
  abstract readonly catalog: { readonly connectorsDir: string | null };
  abstract readonly plugins: PluginsConfig;
  abstract readonly templates: { readonly dir: string; readonly orgDir: string };
  abstract readonly channels: ChannelsConfig;
  abstract readonly jobs: JobsConfig;
  abstract readonly deliveries: DeliveriesConfig;
  abstract readonly observability: {
    readonly logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';
    /** Where traces are sent; null: nowhere. */
    readonly otlpEndpoint: string | null;
  };
}
