import type { RegistryDocument } from './registry-entries.mjs';

/** One page as the registry answers it. */
export interface RegistryAnswer {
  servers: unknown[];
  metadata: { count: number; nextCursor?: string };
}

/** What one request meets instead of the usual answer. */
export type RegistryFault =
  | null
  | ((page: RegistryAnswer) => unknown)
  | { status?: number; headers?: Record<string, string>; body?: unknown; delayMs?: number; hangUp?: boolean };

/** A registry of the official server's form on loopback. */
export class RegistryServer {
  static start(entries: RegistryDocument[]): Promise<RegistryServer>;
  /** What is listed; a test may change it at any time. */
  entries: RegistryDocument[];
  /** Queries of all requests so far, in order. */
  requests: Record<string, string>[];
  /** Base URL, for `MCP_REGISTRY_URL`. */
  get url(): string;
  /** What the next requests meet, one each. */
  order(...faults: RegistryFault[]): void;
  /** Forgets requests and faults, and lists something else. */
  reset(entries: RegistryDocument[]): void;
  /** The entry of that name. */
  find(name: string): RegistryDocument | undefined;
  stop(): Promise<void>;
}
