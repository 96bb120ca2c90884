import { ApiProperty } from '@nestjs/swagger';

/** A container runtime on this host. */
export class ContainerRuntimeResponse {
  /** Name of the runtime. */
  runtime: string;

  /** Its version. */
  version: string | null;

  /** Path of its socket. */
  socket: string | null;

  /** Whether agents run on it. */
  in_use: boolean;
}

/** The process that serves this API. */
export class ServerProcessResponse {
  /** Version of Node.js. */
  node_version: string;

  /** When the process started (RFC 3339, UTC). */
  @ApiProperty({ format: 'date-time' })
  started_at: string;

  /** Seconds since then. */
  @ApiProperty({ type: 'integer', format: 'int64', minimum: 0 })
  uptime_seconds: number;
}

/** Whether agents can run on this host. This control plane runs none itself. */
export class RuntimeResponse {
  /** Whether there is a container runtime. */
  available: boolean;

  /** Name of the runtime in use. */
  runtime: string | null;

  /** Its version. */
  version: string | null;

  /** Path of its socket. */
  socket: string | null;

  /** Every runtime that was found. */
  @ApiProperty({ type: () => [ContainerRuntimeResponse], maxItems: 10 })
  runtimes: ContainerRuntimeResponse[];

  /** Where to get a runtime, by name. */
  @ApiProperty({ type: 'object', additionalProperties: { type: 'string', maxLength: 2048 } })
  install_links: Record<string, string>;

  /** The process that serves this API; only for administrators of the workspace that the request names. */
  @ApiProperty({ type: () => ServerProcessResponse, required: false })
  server?: ServerProcessResponse;
}
