import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { WorkspaceScope } from '#kernel';
import { Prisma, PrismaService } from '#prisma';
import { type LiteralOwner, literalOwnerKinds } from '#vault';
import type { SealedCredential, SealedLiterals } from './server-access.types.js';

/** Which sealed values are wanted. */
export interface WantedValues {
  credentialIds: readonly string[];
  credentialNames: readonly string[];
  literalsOf: readonly LiteralOwner[];
  /** For whom crew-scope credentials are judged; null: for nobody in particular, all count. */
  agent: { id: string; crewId: string | null } | null;
}

/** The sealed values that were found. */
export interface FoundValues {
  credentials: SealedCredential[];
  literals: SealedLiterals[];
}

const row = z.object({
  kind: z.enum(['credential', ...literalOwnerKinds]),
  id: z.string(),
  name: z.string().nullable(),
  username: z.string().nullable(),
  sealed: z.string(),
  inReach: z.boolean(),
});

/** Sealed values on their way to a server. Nothing else reads them. */
@Injectable()
export class SealedValuesRepository {
  constructor(private readonly prisma: PrismaService) {}

  /** The wanted values in one statement; of the credentials the active ones that have a value and have not expired. */
  async findUsable(
    { workspaceId }: Pick<WorkspaceScope, 'workspaceId'>,
    wanted: WantedValues,
    now: Date,
  ): Promise<FoundValues> {
    const { credentialIds, credentialNames, literalsOf, agent } = wanted;
    if (credentialIds.length + credentialNames.length + literalsOf.length === 0)
      return { credentials: [], literals: [] };
    const owners = (kind: LiteralOwner['kind']) =>
      literalsOf.filter((owner) => owner.kind === kind).map(({ rowId }) => rowId);
    const at = now.toISOString();
    const found = await this.prisma.rows<unknown>(Prisma.sql`
      SELECT 'credential' AS kind, c.id, c.name, c.username, c.sealed_value AS sealed,
        c.scope <> 'CREW' OR ${agent === null}::boolean
          OR EXISTS (SELECT 1 FROM credential_crews l WHERE l.credential_id = c.id AND l.crew_id = ${agent?.crewId ?? null}::text)
          OR EXISTS (SELECT 1 FROM agent_credentials g WHERE g.credential_id = c.id AND g.agent_id = ${agent?.id ?? null}::text
            AND (g.expires_at IS NULL OR g.expires_at > ${at}::timestamptz)) AS "inReach"
      FROM credentials c
      WHERE c.workspace_id = ${workspaceId}::text AND c.deleted_at IS NULL AND c.status = 'ACTIVE'
        AND c.sealed_value IS NOT NULL AND (c.token_expires_at IS NULL OR c.token_expires_at > ${at}::timestamptz)
        AND (c.id = ANY (${[...credentialIds]}::text[]) OR c.name = ANY (${[...credentialNames]}::text[]))
      UNION ALL
      SELECT 'workspace', s.id, NULL, NULL, s.sealed_literals, true FROM workspace_integrations s
      WHERE s.id = ANY (${owners('workspace')}::text[]) AND s.workspace_id = ${workspaceId}::text AND s.sealed_literals IS NOT NULL
      UNION ALL
      SELECT 'crew', s.id, NULL, NULL, s.sealed_literals, true FROM crew_integrations s
      WHERE s.id = ANY (${owners('crew')}::text[]) AND s.workspace_id = ${workspaceId}::text AND s.sealed_literals IS NOT NULL
      UNION ALL
      SELECT 'binding', s.id, NULL, NULL, s.sealed_literals, true FROM agent_bindings s
      WHERE s.id = ANY (${owners('binding')}::text[]) AND s.workspace_id = ${workspaceId}::text AND s.sealed_literals IS NOT NULL`);
    return sorted(z.array(row).parse(found));
  }
}

function sorted(rows: readonly z.infer<typeof row>[]): FoundValues {
  const found: FoundValues = { credentials: [], literals: [] };
  for (const { kind, id, name, username, sealed, inReach } of rows) {
    if (kind === 'credential') found.credentials.push({ id, name: name ?? '', username, sealedValue: sealed, inReach });
    else found.literals.push({ owner: { kind, rowId: id }, sealedLiterals: sealed });
  }
  return found;
}
