import { armor, Decrypter, generateX25519Identity, identityToRecipient } from 'age-encryption';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SeededMember, TestApp } from '#testing';
import {
  type AnyBundle,
  bundleOf,
  canaries,
  exportOf,
  importInto,
  richWorkspace,
  startInstance,
  withoutIds,
} from './bundle-world.fixture.js';

interface Imported {
  workspace_id: string;
  status: string;
  children: { name: string }[];
  missing_secrets: { kind: string; name: string }[];
  report: Record<string, number>;
}

describe('a bundle between two instances', () => {
  let here: TestApp;
  let there: TestApp;
  let owner: SeededMember;
  let first: AnyBundle;

  beforeAll(async () => {
    [here, there] = await Promise.all([startInstance(), startInstance()]);
    owner = await richWorkspace(here);
    first = await bundleOf(here, owner.workspaceId);
  });
  afterAll(() => Promise.all([here.close(), there.close()]));

  const imported = async (response: Response): Promise<Imported> => {
    const body = (await response.json()) as Imported;
    expect([response.status, body]).toEqual([201, expect.anything()]);
    return body;
  };

  it('is exported, imported and exported again: equal but for ids', async () => {
    const made = await imported(await importInto(there, first));
    const second = await bundleOf(there, made.workspace_id);
    expect(withoutIds(second)).toEqual(withoutIds(first));
    expect(made).toMatchObject({ status: 'provisioning', report: { workspaces: 3, agents: 4, integrations: 4 } });
    expect(made.children.map(({ name }) => name).sort()).toEqual(['Editors', 'Writers']);
    expect(made.workspace_id).not.toBe(first.id);
    const runtime = await there.prisma.client.workspaceRuntime.findUniqueOrThrow({
      where: { workspaceId: made.workspace_id },
    });
    expect(runtime).toMatchObject({ sourceBundleId: first.id, status: 'awaiting_agent', tier: 3 });
    const events = await there.prisma.client.event.findMany({ where: { workspaceId: made.workspace_id } });
    expect(events.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['WORKSPACE_PROVISIONING', 'workspace.provisioning']),
    );
  });

  it('carries every part, by name and in one order', () => {
    expect(first).toMatchObject({
      schema: '1.0',
      format: 'crewship.bundle/1',
      name: 'Research',
      description: 'Finds things out',
      tier: 3,
      model: 'opus',
      system_prompt: 'You find things out.',
      agent_card: { name: 'R' },
      skills: [{ id: 'search', name: 'Search', description: 'Finds', files: { 'lib/find.py': 'print(1)\n' } }],
      prompts: { 'config.yaml': 'runtime: langgraph\n' },
      files: { 'notes/deep/a.txt': 'a' },
      settings: { preferred_language: 'de', run_retention_days: 30 },
      runtime: { max_concurrent_tasks: 4, config: { routing: { a: ['b'] } } },
      crews: [{ slug: 'other' }, { slug: 'platform', allowed_domains: ['example.com'] }],
      agents: [
        { slug: 'lead', crew: 'platform', agent_role: 'LEAD' },
        { slug: 'single', crew: null },
      ],
      credential_grants: [{ agent: 'lead', credential: 'github', env_var_name: 'GH_TOKEN', priority: 3 }],
      integrations: [
        { name: 'files', credential: 'github', locked: true, tools: [{ name: 'read', enabled: true }] },
        { name: 'search', visibility: 'bound' },
      ],
      crew_integrations: [
        { crew: 'platform', name: 'files', overrides: 'files', credential: 'limited', enabled: false },
        { crew: 'platform', name: 'wiki', overrides: null, tools: [{ name: 'write', enabled: false, title: 'Write' }] },
      ],
      agent_bindings: [
        { agent: 'lead', server: { level: 'crew', name: 'wiki' } },
        { agent: 'lead', server: { level: 'workspace', name: 'files' }, credential: 'github', env_var_name: 'X_TOKEN' },
      ],
      schedules: [
        { name: 'hourly', agent: 'lead', enabled: false },
        { name: 'nightly', agent: null, cron_expr: '0 3 * * *', timezone: 'Europe/Berlin', prompt: 'Sweep.' },
      ],
      channels: [{ channel_type: 'slack', agent: 'lead', secrets: ['webhook_url'], allowed_users: ['U1'] }],
      memories: [{ content: 'The sky is blue.', scope: 'TEAM' }, { namespace: 'garden' }],
      delivery_endpoints: [{ agent: null, url: 'https://agents.example.com/in', event_types: ['APPROVAL_DECIDED'] }],
      sub_workspaces: [{ name: 'Editors' }, { name: 'Writers' }],
    });
  });

  it('names secrets and holds none, and says after an import which ones are missing', async () => {
    const made = await imported(await importInto(there, first));
    const names = first.secrets as string[];
    expect(names).toEqual(
      expect.arrayContaining([
        'github',
        'limited',
        'oauth',
        'files/env/API_KEY',
        'platform/wiki/headers/authorization',
      ]),
    );
    expect(made.missing_secrets.map(({ name }) => name).sort()).toEqual([...names, 'workspace'].sort());
    expect(made.missing_secrets).toContainEqual(
      expect.objectContaining({ kind: 'delivery_endpoint', name: 'workspace' }),
    );
    expect(made.missing_secrets).toContainEqual(expect.objectContaining({ kind: 'oauth', name: 'oauth' }));
    const rows = await there.prisma.client.credential.findMany({ where: { workspaceId: made.workspace_id } });
    expect(new Set(rows.map(({ status, sealedValue }) => `${status} ${sealedValue}`))).toEqual(
      new Set(['PENDING null']),
    );
    const audit = await here.prisma.client.auditLog.findMany();
    const everything = JSON.stringify([first, made, audit, here.logs, there.logs]);
    for (const canary of Object.values(canaries)) expect(everything).not.toContain(canary);
  });

  it('gives another slug where one is taken, and never the same twice', async () => {
    const made = await Promise.all([1, 2, 3].map(async () => imported(await importInto(here, first))));
    const slugs = await here.prisma.client.workspace.findMany({
      where: { id: { in: made.map(({ workspace_id: id }) => id) } },
      select: { slug: true },
    });
    expect(new Set(slugs.map(({ slug }) => slug)).size).toBe(3);
  });

  it('is imported once under one Idempotency-Key', async () => {
    const headers = { 'Idempotency-Key': 'bundle-1' };
    const once = await imported(await importInto(there, first, headers));
    const twice = await imported(await importInto(there, first, headers));
    expect(twice.workspace_id).toBe(once.workspace_id);
  });

  it('travels with its secrets when it is encrypted to a passphrase, and says which were opened', async () => {
    const passphrase = 'correct horse battery staple';
    const file = await exportOf(here, owner.workspaceId, { passphrase, include_secrets: true });
    expect([file.status, file.headers.get('content-type')]).toEqual([200, 'application/age']);
    const bytes = Buffer.from(await file.arrayBuffer());
    expect(bytes.toString('latin1')).toMatch(/^age-encryption\.org\/v1\n-> scrypt \S+ 18\n/);
    const made = await imported(await importInto(there, { encrypted: bytes.toString('base64'), passphrase }));
    expect(made.missing_secrets.map(({ kind }) => kind)).toEqual(['oauth', 'delivery_endpoint']);
    const opened = await here.prisma.client.auditLog.findFirstOrThrow({ where: { action: 'bundle.export' } });
    expect(JSON.stringify(opened.metadata)).toContain('Research: github');
    const back = await exportOf(there, made.workspace_id, { passphrase, include_secrets: true });
    const decrypter = new Decrypter();
    decrypter.addPassphrase(passphrase);
    const text = await decrypter.decrypt(new Uint8Array(await back.arrayBuffer()), 'text');
    for (const canary of Object.values(canaries)) expect(text).toContain(canary);
    const everything = JSON.stringify([opened, here.logs, there.logs]);
    for (const secret of [...Object.values(canaries), passphrase]) expect(everything).not.toContain(secret);
  });

  it('travels to an age recipient, armored or not, and without secrets unless told', async () => {
    const identity = await generateX25519Identity();
    const recipient = await identityToRecipient(identity);
    const file = await exportOf(here, owner.workspaceId, { recipient });
    const encrypted = armor.encode(new Uint8Array(await file.arrayBuffer()));
    const made = await imported(await importInto(there, { encrypted, identity }));
    expect(made.missing_secrets.length).toBe((first.secrets as string[]).length + 1);
    const wrong = await importInto(there, { encrypted, identity: await generateX25519Identity() });
    const bytes = armor.decode(encrypted);
    bytes.set([(bytes.at(-40) ?? 0) ^ 1], bytes.length - 40);
    const damaged = await importInto(there, { encrypted: Buffer.from(bytes).toString('base64'), identity });
    const [a, b] = (await Promise.all([wrong.json(), damaged.json()])) as { detail: string; code: string }[];
    expect([wrong.status, damaged.status]).toEqual([422, 422]);
    expect([a?.code, a?.detail]).toEqual(['bundle.unreadable', b?.detail]);
  });

  it('reads the plain bundle of the reference', async () => {
    const made = await imported(
      await importInto(there, {
        schema: '1.0',
        id: 'ref-1',
        name: 'Echo',
        description: 'Answers',
        tier: 2,
        model: '',
        system_prompt: 'Be an echo.',
        skills: [{ id: 'echo', name: 'echo', description: '', files: { 'SKILL.md': 'Echo.' } }],
        tools: [],
        prompts: { 'config.yaml': 'name: Echo\nruntime: claude-code\n' },
        sub_workspaces: [{ schema: '1.0', id: 'ref-2', name: 'Child', tier: 1, sub_workspaces: [], agent_card: null }],
        agent_card: null,
        author: '',
        version: '1.0.0',
      }),
    );
    const back = await bundleOf(there, made.workspace_id);
    expect(back).toMatchObject({
      name: 'Echo',
      tier: 2,
      system_prompt: 'Be an echo.',
      runtime: { runtime: 'claude-code' },
    });
    expect(back.sub_workspaces).toMatchObject([{ name: 'Child' }]);
  });
});
