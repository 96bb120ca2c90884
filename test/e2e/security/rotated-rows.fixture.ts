import { Secret } from '#kernel';
import type { TestApp } from '#testing';
import { Vault } from '#vault';
import { placeIn, sealedColumns } from '../../../apps/api/src/modules/keyring/sealed-columns.js';

/** One sealed text of the database as a process reads it. */
export interface StoredText {
  place: { table: string; column: string; workspaceId: string; rowId: string };
  sealed: string;
}

/** Fills every sealed column of a workspace at least once, and `credentials` with so many values. Answers their ids. */
export async function fillSealedColumns(test: TestApp, workspaceId: string, credentials: number): Promise<string[]> {
  const { seed, prisma, clock } = test;
  const vault = test.app.get(Vault, { strict: false });
  const createdAt = clock.now();
  const crewId = await seed.crew(workspaceId);
  const agentId = await seed.agent(workspaceId, { crewId });
  const server = await seed.integration(workspaceId);
  const ids = Array.from({ length: credentials }, (_, at) => `r${workspaceId.slice(-8)}${String(at).padStart(6, '0')}`);
  const first = ids[0] ?? '';
  const rows: Record<string, string> = {
    credentials: first,
    workspace_integrations: server,
    crew_integrations: await seed.crewIntegration(workspaceId, crewId),
    agent_bindings: await seed.binding(workspaceId, agentId, { workspaceIntegrationId: server }),
    agents: agentId,
    oauth_flows: `flow-${workspaceId}`,
    oauth_clients: `client-${workspaceId}`,
    idempotency_keys: `key-${workspaceId}`,
    composio_settings: workspaceId,
    channels: `channel-${workspaceId}`,
    instance_secrets: `secret-${workspaceId}`,
    delivery_endpoints: `endpoint-${workspaceId}`,
  };
  const sealedValue = (rowId: string) =>
    vault.seal(new Secret(`value of ${rowId}`), {
      workspaceId,
      table: 'credentials',
      column: 'sealed_value',
      rowId,
    });
  await prisma.client.credential.createMany({
    data: await Promise.all(
      ids.map(async (id) => ({
        id,
        workspaceId,
        name: id,
        sealedValue: await sealedValue(id),
        createdAt,
        updatedAt: createdAt,
      })),
    ),
  });
  await prisma.client.oauthFlow.create({
    data: {
      id: rows.oauth_flows ?? '',
      stateHash: rows.oauth_flows ?? '',
      workspaceId,
      credentialId: first,
      redirectUri: 'https://crewship.example.com/callback',
      sealedCodeVerifier: 'filled below',
      expiresAt: createdAt,
      createdAt,
    },
  });
  await prisma.client.oauthClient.create({
    data: {
      id: rows.oauth_clients ?? '',
      workspaceId,
      issuer: 'https://issuer.example.com',
      redirectUri: 'https://crewship.example.com/callback',
      origin: 'manual',
      clientId: 'client',
      tokenAuthMethod: 'client_secret_post',
      createdAt,
      updatedAt: createdAt,
    },
  });
  await prisma.client.idempotencyKey.create({
    data: {
      id: rows.idempotency_keys ?? '',
      workspaceId,
      scopeHash: workspaceId,
      fingerprint: 'fingerprint',
      status: 201,
      sealedAnswer: 'filled below',
      lockedUntil: createdAt,
      createdAt,
      expiresAt: new Date(createdAt.getTime() + 86_400_000),
    },
  });
  await prisma.client.composioSettings.create({
    data: { workspaceId, sealedApiKey: 'filled below', createdAt, updatedAt: createdAt },
  });
  await prisma.client.channel.create({
    data: { id: rows.channels ?? '', workspaceId, channelType: 'slack', config: {}, createdAt, updatedAt: createdAt },
  });
  await prisma.client.instanceSecret.create({
    data: {
      id: rows.instance_secrets ?? '',
      workspaceId,
      name: `SECRET_${workspaceId}`,
      sealedValue: 'filled below',
      createdAt,
      updatedAt: createdAt,
    },
  });
  await prisma.client.deliveryEndpoint.create({
    data: {
      id: rows.delivery_endpoints ?? '',
      workspaceId,
      url: 'https://agents.example.com',
      sealedSecret: 'filled below',
      createdAt,
      updatedAt: createdAt,
    },
  });
  for (const column of sealedColumns) {
    if (column.table === 'credentials' && column.column === 'sealed_value') continue;
    const rowId = rows[column.table];
    if (rowId === undefined) throw new Error(`rotated-rows.fixture.ts makes no row of ${column.table}: add one`);
    const sealed = await vault.seal(new Secret(`value of ${rowId}`), placeIn(column, { workspaceId, rowId }));
    await prisma.client.$executeRawUnsafe(
      `UPDATE "${column.table}" SET "${column.column}" = $1 WHERE "${column.rowIdColumn}" = $2`,
      sealed,
      rowId,
    );
  }
  return ids;
}

/** Every sealed text that the database holds, as read at once. */
export async function storedTexts(test: TestApp): Promise<StoredText[]> {
  const texts: StoredText[] = [];
  for (const column of sealedColumns) {
    const rows = await test.prisma.client.$queryRawUnsafe<{ rowId: string; workspaceId: string; sealed: string }[]>(
      `SELECT "${column.rowIdColumn}" AS "rowId", workspace_id AS "workspaceId", "${column.column}" AS sealed
       FROM "${column.table}" WHERE "${column.column}" IS NOT NULL`,
    );
    texts.push(...rows.map(({ sealed, ...row }) => ({ place: placeIn(column, row), sealed })));
  }
  return texts;
}

/** What the process of `test` reads of these texts, by `table.column row`. */
export async function openAll(test: TestApp, texts: readonly StoredText[]): Promise<Map<string, string>> {
  const vault = test.app.get(Vault, { strict: false });
  const opened = new Map<string, string>();
  for (const { place, sealed } of texts) {
    opened.set(`${place.table}.${place.column} ${place.rowId}`, (await vault.open(sealed, place)).reveal());
  }
  return opened;
}
