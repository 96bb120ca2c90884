import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { WorkspaceScope } from '#kernel';
import { Prisma, PrismaService } from '#prisma';
import { type LiteralOwner, literalOwnerKinds } from '#vault';
import type { FoundCredential, SealedLiterals } from './server-access.types.js';

/** Which sealed values are wanted. */
export interface WantedValues {
  credentialIds: readonly string[];
  credentialNames: readonly string[];
  literalsOf: readonly LiteralOwner[];
  /** For whom crew-scope credentials are judged; null: for nobody in particular, all count. */
  agent: { id: string; crewId: string | null } | null;
}

/** What is stored of the wanted values, usable or not. */
export interface FoundValues {
  credentials: FoundCredential[];
  literals: SealedLiterals[];
}

const credential = z.object({
  kind: z.literal('credential'),
  id: z.string(),
  name: z.string(),
  username: z.string().nullable(),
  sealedValue: z.string().nullable(),
  type: z.string(),
  status: z.string(),
  tokenExpiresAt: z.date().nullable(),
  nextRefreshAt: z.date().nullable(),
  lastErrorClass: z.string().nullable(),
  renewable: z.boolean(),
  inReach: z.boolean(),
  managedBy: z.string().nullable(),
});

const literals = z.object({ kind: z.enum(literalOwnerKinds), id: z.string(), sealedValue: z.string().nullable() });

const rows = z.array(z.discriminatedUnion('kind', [credential, literals]));

/** Sealed values on their way to a server. Nothing else reads them. */
@Injectable()
export class SealedValuesRepository {
  constructor(private readonly prisma: PrismaService) {}

  /** The wanted values in one statement: live credentials in any state, of a refresh token only whether there is one. */
  async find(
    { workspaceId }: Pick<WorkspaceScope, 'workspaceId'>,
    wanted: WantedValues,
    now: Date,
  ): Promise<FoundValues> {
    const { credentialIds, credentialNames, literalsOf, agent } = wanted;
    if (credentialIds.length + credentialNames.length + literalsOf.length === 0)
      return { credentials: [], literals: [] };
    const owners = (kind: LiteralOwner['kind']) =>
      literalsOf.filter((owner) => owner.kind === kind).map(({ rowId }) => rowId);
    const literalsIn = (kind: LiteralOwner['kind'], table: Prisma.Sql) => Prisma.sql`
      SELECT ${kind}::text, s.id, NULL, NULL, s.sealed_literals, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL
      FROM ${table} s WHERE s.id = ANY (${owners(kind)}::text[]) AND s.workspace_id = ${workspaceId}::text`;
    const found = await this.prisma.rows<unknown>(Prisma.sql`
      SELECT 'credential' AS kind, c.id, c.name, c.username, c.sealed_value AS "sealedValue", c.type, c.status,
        c.token_expires_at AS "tokenExpiresAt", c.next_refresh_at AS "nextRefreshAt", c.last_error_class AS "lastErrorClass",
        (c.sealed_refresh_token IS NOT NULL AND c.oauth_token_url IS NOT NULL AND c.oauth_client_id IS NOT NULL) AS renewable,
        c.managed_by IS NULL AND (c.scope <> 'CREW' OR ${agent === null}::boolean
          OR EXISTS (SELECT 1 FROM credential_crews l WHERE l.credential_id = c.id AND l.crew_id = ${agent?.crewId ?? null}::text)
          OR EXISTS (SELECT 1 FROM agent_credentials g WHERE g.credential_id = c.id AND g.agent_id = ${agent?.id ?? null}::text
            AND (g.expires_at IS NULL OR g.expires_at > ${now.toISOString()}::timestamptz))) AS "inReach",
        c.managed_by AS "managedBy"
      FROM credentials c
      WHERE c.workspace_id = ${workspaceId}::text AND c.deleted_at IS NULL
        AND (c.id = ANY (${[...credentialIds]}::text[]) OR c.name = ANY (${[...credentialNames]}::text[]))
      UNION ALL ${literalsIn('workspace', Prisma.sql`workspace_integrations`)}
      UNION ALL ${literalsIn('crew', Prisma.sql`crew_integrations`)}
      UNION ALL ${literalsIn('binding', Prisma.sql`agent_bindings`)}`);
    return sorted(rows.parse(found));
  }
}

function sorted(all: z.infer<typeof rows>): FoundValues {
  const found: FoundValues = { credentials: [], literals: [] };
  for (const row of all) {
    if (row.kind === 'credential') {
      const { kind: _, ...stored } = row;
      found.credentials.push({ ...stored, managedValue: null });
    } else found.literals.push({ owner: { kind: row.kind, rowId: row.id }, sealedLiterals: row.sealedValue });
  }
  return found;
}
