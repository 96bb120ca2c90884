import { destinationOf } from '#resolver-core';
import type { Connection } from '../server-settings/connection-rules.js';
import type { Transport } from '../server-settings/server-settings.types.js';
import type { AuthStatus, BindingFacts, CrewIntegration, LinkedServer } from './crew-integrations.types.js';

/** The part of a crew row that says how its server is reached; null inherits. */
export type OwnConnection = Pick<CrewIntegration, 'transport' | 'endpoint' | 'command'>;

const inheritable = {
  displayName: 'display_name',
  transport: 'transport',
  endpoint: 'endpoint',
  command: 'command',
  argsJson: 'args_json',
  envJson: 'env_json',
  configJson: 'config_json',
  icon: 'icon',
  visibility: 'visibility',
  credentialId: 'credential_id',
} as const satisfies Partial<Record<keyof CrewIntegration, string>>;

type Inheritable = keyof typeof inheritable;

/** Settings that mean nothing under a transport: they are not inherited by a row that changes to it. */
const foreign: Readonly<Record<Transport, readonly Inheritable[]>> = {
  'streamable-http': ['command', 'argsJson'],
  stdio: ['endpoint'],
};

/** How a crew's server is reached: its own settings, else those of the workspace server it is linked to. */
export function effectiveConnection(own: OwnConnection, linked: LinkedServer | null): Connection {
  const transport = own.transport ?? linked?.transport ?? 'streamable-http';
  const below = (field: 'endpoint' | 'command') =>
    linked === null || isForeign(field, transport, linked) ? null : linked[field];
  return {
    transport,
    endpoint: own.endpoint ?? below('endpoint'),
    command: own.command ?? below('command'),
  };
}

/** The members of the body whose value follows the linked workspace server, now and when that one changes. */
export function inheritedMembers(row: CrewIntegration, linked: LinkedServer | null): string[] {
  if (linked === null) return [];
  const { transport } = effectiveConnection(row, linked);
  return (Object.keys(inheritable) as Inheritable[])
    .filter((field) => row[field] === null && !isForeign(field, transport, linked))
    .filter((field) => field !== 'credentialId' || sendsWhereLinkedDoes(row, linked))
    .map((field) => inheritable[field]);
}

/** The name to show: the row's own, else the linked server's, else the internal one. */
export function effectiveDisplayName(
  row: { name: string; displayName: string | null },
  linked: { displayName: string } | null,
): string {
  return row.displayName ?? linked?.displayName ?? row.name;
}

/**
 * Status of the credential that is sent for an agent whose binding names none: the row's own, else the linked server's.
 * That one is withheld where the crew's row sends to another place, as the cascade does.
 */
export function sharedCredential(
  own: OwnConnection & { credentialId: string | null },
  linked: LinkedServer | null,
  credentials: { own: { status: string } | null; linked: { status: string } | null },
): string | null {
  if (own.credentialId !== null) return credentials.own?.status ?? null;
  if (linked === null || !sendsWhereLinkedDoes(own, linked)) return null;
  return credentials.linked?.status ?? null;
}

const broken: ReadonlySet<string> = new Set(['EXPIRED', 'ERROR', 'REVOKED']);

/** What the credentials that a server gets amount to. Only servers that are called over HTTP need any. */
export function authStatusOf(
  { transport, endpoint }: Connection,
  facts: BindingFacts,
  sharedCredentialStatus: string | null,
): AuthStatus {
  if (transport !== 'streamable-http' || endpoint === null || endpoint.trim() === '') return 'none';
  if (facts.credentialCount === 0 && sharedCredentialStatus === null) return 'missing';
  const sharedIsBroken = sharedCredentialStatus !== null && broken.has(sharedCredentialStatus);
  return facts.brokenCredentialCount > 0 || sharedIsBroken ? 'expired' : 'connected';
}

function sendsWhereLinkedDoes(own: OwnConnection, linked: LinkedServer): boolean {
  return destinationOf(effectiveConnection(own, linked)) === destinationOf(linked);
}

function isForeign(field: Inheritable, transport: Transport, linked: LinkedServer): boolean {
  return transport !== linked.transport && foreign[transport].includes(field);
}
