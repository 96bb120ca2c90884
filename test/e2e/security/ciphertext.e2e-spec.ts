import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SeededMember, startTestApp, type TestApp } from '#testing';

describe('row 26: a stored ciphertext that was tampered with', () => {
  let test: TestApp;
  let owner: SeededMember;
  let stranger: SeededMember;
  let source: { id: string; sealed: string };

  beforeAll(async () => {
    test = await startTestApp();
    [owner, stranger] = await Promise.all([test.seed.workspace(), test.seed.workspace()]);
    source = await stored(owner, 'source', 'canary-plain');
  });
  afterAll(() => test.close());

  async function stored(caller: SeededMember, name: string, value: string): Promise<{ id: string; sealed: string }> {
    const path = `/api/v1/credentials?workspace_id=${caller.workspaceId}`;
    const json = { name, type: 'API_KEY', provider: 'OPENAI', value };
    const response = await test.call(path, { method: 'POST', token: caller.token, json });
    const { id } = (await response.json()) as { id: string };
    const { sealedValue } = await test.prisma.client.credential.findUniqueOrThrow({ where: { id } });
    return { id, sealed: sealedValue ?? '' };
  }

  // Trying a credential out opens its value first: nothing is sent anywhere when that fails.
  async function opening(caller: SeededMember, id: string, app = test) {
    const path = `/api/v1/credentials/${id}/test?workspace_id=${caller.workspaceId}`;
    const response = await app.call(path, { method: 'POST', token: caller.token });
    const problem = (await response.json()) as { code?: string; detail?: string };
    return { status: response.status, code: problem.code, text: JSON.stringify(problem) };
  }

  const refused = { status: 500, code: 'vault.unreadable' };

  it.each([
    ['copied to another row', async () => [owner, await stored(owner, 'row', 'x')] as const, () => source.sealed],
    [
      'copied to another workspace',
      async () => [stranger, await stored(stranger, 'ws', 'x')] as const,
      () => source.sealed,
    ],
    [
      'flipped in one bit',
      async () => [owner, await stored(owner, 'bit', 'x')] as const,
      (own: string) => flipped(own),
    ],
    ['cut short', async () => [owner, await stored(owner, 'cut', 'x')] as const, (own: string) => own.slice(0, -4)],
    [
      'relabelled with a data key that does not exist',
      async () => [owner, await stored(owner, 'key', 'x')] as const,
      (own: string) => own.replace(/^v1\.[^.]+/, 'v1.nobody'),
    ],
  ])('answers a typed error when it was %s, and never a plaintext', async (_how, make, tampered) => {
    const [caller, { id, sealed }] = await make();
    await test.prisma.client.credential.update({ where: { id }, data: { sealedValue: tampered(sealed) } });
    const { text, ...answer } = await opening(caller, id);
    expect(answer).toEqual(refused);
    expect(text).not.toContain('canary');
  });

  it('answers the same when the value of another column stands in its place', async () => {
    const { id } = await stored(owner, 'column', 'canary-first');
    const path = `/api/v1/credentials/${id}/rotate?workspace_id=${owner.workspaceId}`;
    const json = { value: 'canary-second', grace_seconds: 600 };
    await test.call(path, { method: 'POST', token: owner.token, json });
    const row = await test.prisma.client.credential.findUniqueOrThrow({ where: { id } });
    await test.prisma.client.credential.update({ where: { id }, data: { sealedValue: row.sealedPreviousValue } });
    expect(await opening(owner, id)).toMatchObject(refused);
  });

  it('answers the same when the data key is wrapped under a version that nobody has, or was altered', async () => {
    const { workspaceId } = owner;
    const key = await test.prisma.client.dataKey.findFirstOrThrow({ where: { workspaceId } });
    for (const data of [{ keyVersion: 9 }, { wrapped: flipped(key.wrapped) }]) {
      await test.prisma.client.dataKey.update({ where: { id: key.id }, data });
      // A process that has not unwrapped it before.
      const fresh = await startTestApp({ database: test.database });
      expect(await opening(owner, source.id, fresh)).toMatchObject(refused);
      await fresh.close();
      const { keyVersion, wrapped } = key;
      await test.prisma.client.dataKey.update({ where: { id: key.id }, data: { keyVersion, wrapped } });
    }
  });

  it('tells the log which check failed, and never the value', () => {
    const lines = test.logs.join('\n');
    expect(lines).toContain('not_authentic');
    expect(lines).toContain('unknown_data_key');
    expect(lines).not.toContain('canary');
  });
});

// One bit of the last character but three, so that the text stays proper base64url.
function flipped(text: string): string {
  const at = text.length - 4;
  return `${text.slice(0, at)}${text[at] === 'A' ? 'B' : 'A'}${text.slice(at + 1)}`;
}
