import { type WorkspaceRole, workspaceRoles } from '#kernel';
import type { SeededMember, TestApp } from '#testing';

/** One workspace with one of everything that a path can name, and a member of every role. */
export interface World {
  workspaceId: string;
  members: Readonly<Record<WorkspaceRole, SeededMember>>;
  /** A team key with these scopes. */
  keyFor(scopes: string[]): Promise<string>;
  /** Value of a path parameter of this operation that names a row of this workspace. */
  idFor(path: string, parameter: string): string;
}

/** Makes a world. Servers are stdio, so that a connection test asks nobody outside. */
export async function seedWorld({ seed, prisma, clock }: TestApp): Promise<World> {
  const owner = await seed.workspace();
  const { workspaceId, userId } = owner;
  const others = workspaceRoles.filter((role) => role !== 'OWNER');
  const made = await Promise.all(others.map(async (role) => [role, await seed.member(workspaceId, role)] as const));
  const members = Object.fromEntries([['OWNER', owner], ...made]) as Record<WorkspaceRole, SeededMember>;

  const stdio = { transport: 'stdio', endpoint: null, command: 'npx' };
  const crewId = await seed.crew(workspaceId);
  const agentId = await seed.agent(workspaceId, { crewId });
  const credentialId = await seed.credential(workspaceId);
  const integrationId = await seed.integration(workspaceId, stdio);
  const crewIntegrationId = await seed.crewIntegration(workspaceId, crewId, stdio);
  const connector = { ...stdio, origin: 'connector', originRef: 'nothing' };
  const installationId = await seed.integration(workspaceId, connector);
  const bindingId = await seed.binding(workspaceId, agentId, { workspaceIntegrationId: integrationId });
  const bystander = await seed.member(workspaceId, 'MEMBER');

  const createdAt = clock.now();
  const expiresAt = new Date(createdAt.getTime() + 3_600_000);
  const idOf = (noun: string): string => `${noun}_${workspaceId.slice(-16)}`;
  const { client } = prisma;
  await client.agentCredential.create({
    data: { id: idOf('grant'), agentId, credentialId, envVarName: 'A_TOKEN', createdAt },
  });
  await client.crewMember.create({ data: { id: idOf('crewmember'), crewId, userId: bystander.userId, createdAt } });
  await client.workspaceInvitation.create({
    data: {
      id: idOf('invitation'),
      workspaceId,
      email: 'guest@example.com',
      invitedById: userId,
      tokenHash: idOf('hash'),
      expiresAt,
      createdAt,
    },
  });
  await client.agentRun.create({
    data: { id: idOf('run'), workspaceId, agentId, triggerType: 'manual', status: 'COMPLETED', createdAt },
  });
  await client.userSession.create({
    data: { id: idOf('session'), userId: bystander.userId, createdAt, expiresAt, lastUsedAt: createdAt },
  });
  await client.cliToken.create({
    data: { id: idOf('token'), userId: bystander.userId, name: 'spare', tokenHash: idOf('sparehash'), createdAt },
  });
  await client.toolBinding.create({
    data: {
      id: idOf('tool'),
      workspaceId,
      crewIntegrationId,
      toolName: 'create_issue',
      createdAt,
      updatedAt: createdAt,
    },
  });

  const consoleId = await seed.consoleServer(workspaceId, agentId, { endpoint: 'http://127.0.0.1:9/mcp' });
  await client.workspaceToken.create({
    data: {
      id: idOf('workspacetoken'),
      workspaceId,
      kind: 'team',
      tokenHash: idOf('workspacetokenhash'),
      prefix: 'sk_spare',
      scopes: ['*'],
      createdAt,
    },
  });

  await client.workspacePlugin.create({
    data: {
      id: idOf('plugin'),
      workspaceId,
      name: idOf('plugin'),
      source: 'local://spare-plugin',
      manifest: {},
      sha256: '0'.repeat(64),
      archiveId: idOf('archive'),
      archiveBytes: 0,
      sizeBytes: 0,
      installedAt: createdAt,
      updatedAt: createdAt,
    },
  });

  await client.composioServer.create({
    data: {
      id: idOf('leftover'),
      workspaceId,
      name: 'crewship-leftover',
      keyFingerprint: 'of another key',
      nextAttemptAt: expiresAt,
      createdAt,
      updatedAt: createdAt,
    },
  });

  await client.workspaceMemory.create({
    data: { id: idOf('memory'), workspaceId, content: 'nothing', createdAt, updatedAt: createdAt },
  });
  await client.workspaceFile.create({
    data: { id: idOf('file'), workspaceId, path: 'config.yaml', content: 'name: x', createdAt, updatedAt: createdAt },
  });
  await client.oauthRedirectUri.create({
    data: { id: idOf('redirecturi'), workspaceId, uri: 'https://client.example.com/done', createdAt },
  });

  await client.oauthFlow.create({
    data: {
      id: idOf('flow'),
      stateHash: idOf('statehash'),
      workspaceId,
      credentialId,
      userId,
      redirectUri: 'http://127.0.0.1:1/callback',
      sealedCodeVerifier: 'nothing',
      expiresAt,
      createdAt,
    },
  });

  await client.channel.create({
    data: {
      id: idOf('channel'),
      workspaceId,
      channelType: 'slack',
      config: { webhook_url: 'http://127.0.0.1:9/' },
      createdAt,
      updatedAt: createdAt,
    },
  });

  await client.deliveryEndpoint.createMany({
    data: [null, agentId].map((endpointOf) => ({
      id: idOf(endpointOf === null ? 'endpoint' : 'agentendpoint'),
      workspaceId,
      agentId: endpointOf,
      url: 'https://agents.example.com',
      sealedSecret: 'nothing',
      createdAt,
      updatedAt: createdAt,
    })),
  });
  await client.deliveryLane.create({ data: { id: idOf('lane'), workspaceId, lastSeq: 1 } });
  await client.delivery.create({
    data: {
      id: idOf('delivery'),
      workspaceId,
      laneId: idOf('lane'),
      seq: 1,
      type: 'agent.message',
      data: {},
      originKind: 'manual',
      status: 'dead',
      createdAt,
    },
  });

  await client.schedule.create({
    data: {
      id: idOf('schedule'),
      workspaceId,
      name: 'nightly',
      cronExpr: '0 3 * * *',
      prompt: 'Anything new?',
      createdAt,
      updatedAt: createdAt,
    },
  });

  // Decided, so that waiting for the decision takes no time.
  await client.approval.create({
    data: { id: idOf('approval'), workspaceId, action: 'Nothing', status: 'approved', expiresAt, createdAt },
  });

  const ids: Record<string, string> = {
    workspaceId,
    channelId: idOf('channel'),
    // A chat platform.
    type: 'slack',
    crewId,
    agentId,
    // The catalogue belongs to nobody; an installation outlives the manifest that it was made from.
    connectorId: 'nothing',
    credentialId,
    // Composio's, which this world has no key to.
    accountId: 'ca_nothing',
    triggerId: 'ti_nothing',
    approvalId: idOf('approval'),
    assignmentId: idOf('grant'),
    deliveryId: idOf('delivery'),
    flowId: idOf('flow'),
    invitationId: idOf('invitation'),
    leftoverId: idOf('leftover'),
    runId: idOf('run'),
    scheduleId: idOf('schedule'),
    sessionId: idOf('session'),
    tokenId: idOf('token'),
    toolName: 'create_issue',
    redirectUriId: idOf('redirecturi'),
    memoryId: idOf('memory'),
    fileId: idOf('file'),
    // A secret of the instance, which belongs to no workspace.
    key: 'NOTHING',
    // The registry belongs to nobody: no workspace has a row of it to hide.
    name: 'io.github.nobody%2Fnothing',
    // One name, another noun under each parent.
    '/api/v1/integrations integrationId': integrationId,
    '/api/v1/crews integrationId': crewIntegrationId,
    '/api/v1/agents integrationId': bindingId,
    '/api/v1/connectors integrationId': installationId,
    '/api/v1/console integrationId': consoleId,
    '/api/v1/workspaces name': idOf('plugin'),
    '/api/v1/workspaces tokenId': idOf('workspacetoken'),
    '/api/v1/crews memberId': idOf('crewmember'),
    '/api/v1/workspaces memberId': bystander.memberId,
  };
  return {
    workspaceId,
    members,
    keyFor: (scopes) => seed.teamKey(workspaceId, { scopes }),
    idFor(path, parameter) {
      const parent = path.split('/').slice(0, 4).join('/');
      const id = ids[`${parent} ${parameter}`] ?? ids[parameter];
      if (id === undefined) throw new Error(`seeded-world.fixture.ts has no {${parameter}} for ${path}: add one`);
      return id;
    },
  };
}
