import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { type SeededMember, startTestApp, type TestApp } from '#testing';
import { Counterparts } from '../counterparts/counterparts.fixture.js';
import { userWithPassword } from '../e2e/identity/browser.fixture.js';
import { publicClient } from '../e2e/oauth/counterpart-grant.fixture.js';
import { openChromium } from './chromium.fixture.js';
import type { ConnectWish } from './integrator-page.fixture.js';

const password = 'correct horse battery';

/** A browser profile of its own, and what went wrong in it. */
export interface Profile {
  context: BrowserContext;
  /** A page to begin with. */
  page: Page;
  /** Errors of consoles and scripts so far, violations of content security policies among them. */
  faults: string[];
}

/** A connection as the API started it. */
export interface Connection {
  auth_url: string;
  credential_id: string;
  flow_id: string;
}

/** Chromium, the product on its own public URL, an authorization server, and an MCP server that it protects. */
export class ConnectStage {
  #contexts: BrowserContext[] = [];

  private constructor(
    readonly test: TestApp,
    readonly counterparts: Counterparts,
    readonly browser: Browser,
  ) {}

  /** `allowedOrigin`: a foreign page that may call the API and hear the popup. */
  static async open(allowedOrigin?: string): Promise<ConnectStage> {
    const [browser, counterparts, test] = await Promise.all([
      openChromium(),
      Counterparts.start({ clients: [publicClient] }),
      startTestApp({
        isItsOwnPublicUrl: true,
        env: {
          EGRESS_ALLOW: '127.0.0.1',
          CREWSHIP_RATELIMIT_DISABLED: 'true',
          ...(allowedOrigin !== undefined && { CREWSHIP_ALLOWED_ORIGINS: allowedOrigin }),
        },
      }),
    ]);
    return new ConnectStage(test, counterparts, browser);
  }

  /** Closes everything. */
  async close(): Promise<void> {
    await this.browser.close();
    await Promise.all([this.test.close(), this.counterparts.stop()]);
  }

  /** A fresh profile without cookies. */
  async profile(options: BrowserContextOptions = {}): Promise<Profile> {
    const context = await this.browser.newContext(options);
    this.#contexts.push(context);
    context.setDefaultTimeout(15_000);
    const faults: string[] = [];
    context.on('console', (message) => {
      if (message.type() === 'error') faults.push(`${message.text()} ${message.location().url}`);
    });
    context.on('weberror', (error) => faults.push(error.error().message));
    return { context, page: await context.newPage(), faults };
  }

  /** Closes the profiles of one test. */
  async closeProfiles(): Promise<void> {
    await Promise.all(this.#contexts.splice(0).map((context) => context.close()));
  }

  /** The owner of a new workspace, who can also sign in with a password. */
  async owner(): Promise<SeededMember> {
    const owner = await this.test.seed.workspace();
    const { userId, email } = await userWithPassword(this.test, password);
    const now = this.test.clock.now();
    const { workspaceId } = owner;
    const memberId = `m${userId.slice(-12)}`;
    await this.test.prisma.client.workspaceMember.create({
      data: { id: memberId, workspaceId, userId, role: 'OWNER', createdAt: now, updatedAt: now },
    });
    return { userId, email, token: await this.test.seed.cliToken(userId), workspaceId, memberId };
  }

  /** Signs the person in by a session cookie, as the sign-in form does. */
  async signIn({ context }: Profile, email: string): Promise<void> {
    const csrf = await context.request.get(`${this.test.url}/api/auth/csrf`);
    const { csrfToken } = (await csrf.json()) as { csrfToken: string };
    const answer = await context.request.post(`${this.test.url}/api/auth/callback/credentials`, {
      data: { email, password, csrfToken },
    });
    if (!answer.ok()) throw new Error(`signing in answered ${answer.status()}: ${await answer.text()}`);
  }

  /** What connects the protected server in the owner's name. */
  wish({ token, workspaceId }: SeededMember): ConnectWish {
    const body = { mcp_url: this.counterparts.mcpUrl, server_name: 'notes' };
    return { api: this.test.url, token, workspaceId, body };
  }

  /** Starts the same from a profile, without a page; the profile keeps the cookie of the flow. */
  async connect({ context }: Profile, owner: SeededMember): Promise<Connection> {
    const { api, token, workspaceId, body } = this.wish(owner);
    const answer = await context.request.post(`${api}/api/v1/oauth/auto-connect`, {
      headers: { Authorization: `Bearer ${token}`, 'X-Workspace-ID': workspaceId },
      data: body,
    });
    if (!answer.ok()) throw new Error(`auto-connect answered ${answer.status()}: ${await answer.text()}`);
    return (await answer.json()) as Connection;
  }

  /** What the flow's credential came to: its status, and the servers that name it. */
  async outcome(credentialId: string): Promise<{ status: string; servers: string[] }> {
    const { client } = this.test.prisma;
    const { status } = await client.credential.findUniqueOrThrow({ where: { id: credentialId } });
    const servers = await client.workspaceIntegration.findMany({ where: { credentialId }, select: { name: true } });
    return { status, servers: servers.map(({ name }) => name) };
  }
}
