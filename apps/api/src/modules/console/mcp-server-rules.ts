import type { EgressPolicy } from '#egress';
import type { FieldError } from '#kernel';
import { readAuth } from './auth-config-rules.js';
import { consoleErrors } from './console.errors.js';
import type { AuthType, ConsoleServer, ConsoleTransport, ServerAuth } from './console.types.js';
import type { ConfigureMcpServerDto } from './dto/configure-mcp-server.dto.js';
import type { UpdateMcpServerDto } from './dto/update-mcp-server.dto.js';
import { isSameOrigin, serverUrlFault } from './server-url-rules.js';

/** A server that is to be made. */
export interface WantedServer {
  name: string;
  serverUrl: string;
  transport: ConsoleTransport;
  auth: ServerAuth;
}

/** What is to become of a server; undefined stays. */
export interface WantedChange {
  name: string | undefined;
  serverUrl: string | undefined;
  transport: ConsoleTransport | undefined;
  /** Undefined: the credential stays. */
  auth: ServerAuth | undefined;
}

/** @throws AppError `console.invalid` (400) with every fault. `authConfig` is the member as it was sent. */
export function readNewServer(dto: ConfigureMcpServerDto, authConfig: unknown, policy: EgressPolicy): WantedServer {
  const faults = basicFaults(dto, policy);
  const reading = readAuth(dto.auth_type ?? 'none', objectOf(authConfig));
  if (!reading.ok) faults.push(...reading.faults);
  if (!reading.ok || faults.length > 0) throw invalid(faults);
  return {
    name: dto.name.trim(),
    serverUrl: dto.server_url.trim(),
    transport: dto.transport ?? 'streamable_http',
    auth: reading.auth,
  };
}

/** What a change is judged by beside the body. */
export interface ChangeRules {
  policy: EgressPolicy;
  /** Whether the server is sent secrets that the console has not stored. */
  sendsOthersSecrets: boolean;
}

/**
 * The change of a server that a body asks for. Absent `auth_config` keeps what is sent now, unless it would go to another
 * host than it was given for; null clears it. Secrets that the console has not stored keep the server at its host: nobody
 * who may use the console may read them, nor have them sent elsewhere.
 * @throws AppError `console.invalid` (400) with every fault.
 */
export function readChange(
  before: ConsoleServer,
  dto: UpdateMcpServerDto,
  authConfig: unknown,
  { policy, sendsOthersSecrets }: ChangeRules,
): WantedChange {
  const faults = basicFaults(dto, policy);
  const wanted = authTypeAfter(before, dto, authConfig);
  const reading = wanted === null ? null : readAuth(wanted, objectOf(authConfig));
  if (reading && !reading.ok) faults.push(...reading.faults);
  const url = dto.server_url?.trim();
  const moves = url !== undefined && !isSameOrigin(before.serverUrl, url);
  if (reading === null && moves && before.authType !== 'none') {
    faults.push(fault('auth_config', 'must be sent again, since server_url goes to another host; null clears it'));
  }
  if (moves && sendsOthersSecrets) {
    const reason = 'cannot go to another host: this one is sent credentials that were given to it outside the console';
    faults.push(fault('server_url', reason));
  }
  if (faults.length > 0) throw invalid(faults);
  return {
    name: dto.name?.trim(),
    serverUrl: url,
    transport: dto.transport ?? undefined,
    auth: reading?.ok ? reading.auth : undefined,
  };
}

// Null: authentication stays as it is.
function authTypeAfter(before: ConsoleServer, dto: UpdateMcpServerDto, authConfig: unknown): AuthType | null {
  const type = dto.auth_type ?? undefined;
  if (authConfig === null) return type ?? 'none';
  if (authConfig !== undefined) return type ?? before.authType;
  return type === undefined || type === before.authType ? null : type;
}

function basicFaults(
  dto: Partial<Pick<ConfigureMcpServerDto, 'name' | 'server_url'>>,
  policy: EgressPolicy,
): FieldError[] {
  const faults: FieldError[] = [];
  if (dto.name !== undefined && dto.name !== null && dto.name.trim() === '') faults.push(fault('name', 'is required'));
  const reason = dto.server_url ? serverUrlFault(dto.server_url, policy) : null;
  if (reason !== null) faults.push(fault('server_url', reason));
  return faults;
}

function fault(field: string, message: string): FieldError {
  return { field, code: 'invalid', message };
}

function invalid(fields: readonly FieldError[]): Error {
  const [first] = fields;
  return consoleErrors.invalid({
    fields,
    params: { reason: first ? `${first.field} ${first.message}` : 'invalid body' },
  });
}

// The DTO has seen that it is an object, where it is given.
function objectOf(value: unknown): Record<string, unknown> | null {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
}
