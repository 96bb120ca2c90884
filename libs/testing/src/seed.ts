import { createHash, randomBytes } from 'node:crypto';
import type { Ids, WorkspaceRole } from '#kernel';
import type { Prisma, PrismaService } from '#prisma';
import { shownPrefix, tokenBytes, tokenText } from '../../../apps/api/src/modules/workspace-tokens/token-text.js';
import type { TestClock } from './test-ports.js';

/** A user with a CLI token that is not limited. */
export interface SeededUser {
  userId: string;
  email: string;
  token: string;
}

/** A member of a workspace, ready to call: give it to `TestApp.as`. */
export interface SeededMember extends SeededUser {
  workspaceId: string;
  memberId: string;
}

/** Makes valid nouns straight in the database. A test states only what matters to it. */
export class Seed {
  readonly #ids: Ids;
  readonly #clock: TestClock;

  constructor(
    private readonly prisma: PrismaService,
    ports: { ids: Ids; clock: TestClock },
  ) {
    this.#ids = ports.ids;
    this.#clock = ports.clock;
  }

  /** A signed-up user with an unrestricted CLI token. */
  async user(values: Partial<Prisma.UserUncheckedCreateInput> = {}): Promise<SeededUser> {
    const userId = this.#ids.next();
    const email = `${userId}@example.com`;
    await this.prisma.client.user.create({
      data: { id: userId, email, fullName: 'Test User', ...this.#times(), ...values },
    });
    const token = await this.cliToken(userId);
    return { userId, email: values.email ?? email, token };
  }

  /** A further CLI token of a user; no scopes means unrestricted. */
  async cliToken(userId: string, values: Partial<Prisma.CliTokenUncheckedCreateInput> = {}): Promise<string> {
    const token = `crewship_cli_${randomBytes(32).toString('hex')}`;
    const tokenHash = createHash('sha256').update(token).digest('hex');
    const createdAt = this.#clock.now();
    await this.prisma.client.cliToken.create({
      data: { id: this.#ids.next(), userId, name: 'test', tokenHash, createdAt, ...values },
    });
    return token;
  }

  /** A team key of a workspace; one for everything unless told. */
  async teamKey(workspaceId: string, values: Partial<Prisma.WorkspaceTokenUncheckedCreateInput> = {}): Promise<string> {
    const key = tokenText('team', randomBytes(tokenBytes));
    const tokenHash = createHash('sha256').update(key).digest('hex');
    const createdAt = this.#clock.now();
    const row = { id: this.#ids.next(), workspaceId, kind: 'team', tokenHash, prefix: shownPrefix(key), createdAt };
    await this.prisma.client.workspaceToken.create({ data: { ...row, scopes: ['*'], ...values } });
    return key;
  }

  /** A workspace and its owner. */
  async workspace(values: Partial<Prisma.WorkspaceUncheckedCreateInput> = {}): Promise<SeededMember> {
    const workspaceId = this.#ids.next();
    await this.prisma.client.workspace.create({
      data: {
        id: workspaceId,
        name: 'Test Workspace',
        slug: `w-${workspaceId.slice(-12)}`,
        ...this.#times(),
        ...values,
      },
    });
    return this.member(workspaceId, 'OWNER');
  }

  /** A new user with a role in a workspace. */
  async member(workspaceId: string, role: WorkspaceRole, capabilities: string[] = []): Promise<SeededMember> {
    const user = await this.user();
    const memberId = this.#ids.next();
    await this.prisma.client.workspaceMember.create({
      data: { id: memberId, workspaceId, userId: user.userId, role, capabilities, ...this.#times() },
    });
    return { ...user, workspaceId, memberId };
  }

  /** A server as the agent console makes one, without anything to be sent to it; answers its id. */
  async consoleServer(
    workspaceId: string,
    agentId: string,
    values: Partial<Prisma.WorkspaceIntegrationUncheckedCreateInput> = {},
  ): Promise<string> {
    const id = await this.integration(workspaceId, { origin: 'console', visibility: 'bound', ...values });
    await this.binding(workspaceId, agentId, { workspaceIntegrationId: id });
    const createdAt = this.#clock.now();
    await this.prisma.client.consoleIntegration.create({
      data: { id, workspaceId, agentId, authType: 'none', createdAt },
    });
    return id;
  }

  /** A crew; answers its id. */
  async crew(workspaceId: string, values: Partial<Prisma.CrewUncheckedCreateInput> = {}): Promise<string> {
    const id = this.#ids.next();
    await this.prisma.client.crew.create({
      data: { id, workspaceId, name: 'Test Crew', slug: `c-${id.slice(-12)}`, ...this.#times(), ...values },
    });
    return id;
  }

  /** An agent; answers its id. */
  async agent(workspaceId: string, values: Partial<Prisma.AgentUncheckedCreateInput> = {}): Promise<string> {
    const id = this.#ids.next();
    await this.prisma.client.agent.create({
      data: { id, workspaceId, name: 'Test Agent', slug: `a-${id.slice(-12)}`, ...this.#times(), ...values },
    });
    return id;
  }

  /** A credential without a value; answers its id. */
  async credential(workspaceId: string, values: Partial<Prisma.CredentialUncheckedCreateInput> = {}): Promise<string> {
    const id = this.#ids.next();
    await this.prisma.client.credential.create({
      data: { id, workspaceId, name: `credential-${id.slice(-12)}`, ...this.#times(), ...values },
    });
    return id;
  }

  /** An MCP server of the workspace; answers its id. */
  async integration(
    workspaceId: string,
    values: Partial<Prisma.WorkspaceIntegrationUncheckedCreateInput> = {},
  ): Promise<string> {
    const id = this.#ids.next();
    const name = values.name ?? `server-${id.slice(-12)}`;
    await this.prisma.client.workspaceIntegration.create({
      data: {
        id,
        workspaceId,
        name,
        displayName: name,
        endpoint: 'https://mcp.example.com/mcp',
        ...this.#times(),
        ...values,
      },
    });
    return id;
  }

  /** An MCP server of a crew; answers its id. */
  async crewIntegration(
    workspaceId: string,
    crewId: string,
    values: Partial<Prisma.CrewIntegrationUncheckedCreateInput> = {},
  ): Promise<string> {
    const id = this.#ids.next();
    const linked = values.workspaceIntegrationId != null;
    await this.prisma.client.crewIntegration.create({
      data: {
        id,
        workspaceId,
        crewId,
        name: `crew-server-${id.slice(-12)}`,
        ...(!linked && { transport: 'streamable-http', endpoint: 'https://mcp.example.com/mcp' }),
        ...this.#times(),
        ...values,
      },
    });
    return id;
  }

  /** An agent's binding to a workspace server or a crew server; answers its id. */
  async binding(
    workspaceId: string,
    agentId: string,
    server: { workspaceIntegrationId: string } | { crewIntegrationId: string },
    values: Partial<Prisma.AgentBindingUncheckedCreateInput> = {},
  ): Promise<string> {
    const id = this.#ids.next();
    await this.prisma.client.agentBinding.create({
      data: { id, workspaceId, agentId, ...server, ...this.#times(), ...values },
    });
    return id;
  }

  #times(): { createdAt: Date; updatedAt: Date } {
    const now = this.#clock.now();
    return { createdAt: now, updatedAt: now };
  }
}
