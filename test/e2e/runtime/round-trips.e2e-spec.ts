import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countQueries, type TestApp } from '#testing';
import { KeyRing } from '#vault';
import { CredentialUsageService } from '../../../apps/api/src/modules/identity/credential-usage.service.js';
import { CredentialUsesService } from '../../../apps/api/src/modules/runtime/credential-uses.service.js';
import { askToResolve, type RuntimeWorld, runtimeWorld, startRuntimeApp, tokensOf } from './runtime-world.fixture.js';

const env = { ENCRYPTION_KEY: 'ab'.repeat(32) };

describe('resolving twenty servers and ten credentials', () => {
  let test: TestApp;
  let replica: TestApp;
  let world: RuntimeWorld;

  beforeAll(async () => {
    test = await startRuntimeApp({ env });
    replica = await startRuntimeApp({ env, database: test.database });
    world = await runtimeWorld(test);
    const { agentId, make } = world;
    for (let n = 0; n < 10; n += 1) {
      const id = await world.credential(`key-${n}`, `value-${n}`);
      await make('POST', `/api/v1/agents/${agentId}/credentials`, { credential_id: id, env_var_name: `K${n}` });
      const env_json = JSON.stringify({ A: `{{credential:key-${n}}}`, API_TOKEN: `sealed-literal-${n}` });
      await world.bind(await world.server(`bound-${n}`, { env_json }), { credential_id: id });
      await world.server(`open-${n}`, { env_json });
    }
    // What the preparation left to be written behind its answers.
    await test.app.get(CredentialUsageService, { strict: false }).flush();
  });
  afterAll(async () => {
    await replica.close();
    await test.close();
  });

  const measured = async (app: TestApp) => {
    const token = tokensOf(app).forAgent(world.workspaceId, world.agentId, new Date(8.64e12)).reveal();
    const unwraps = countUnwraps();
    const { result, statements } = await countQueries(async () => {
      const response = await askToResolve(app, world.agentId, { token });
      return (await response.json()) as { mcp_servers: { ready: boolean }[]; credentials: unknown[] };
    });
    await app.app.get(CredentialUsesService, { strict: false }).flush();
    return {
      ready: result.mcp_servers.filter(({ ready }) => ready).length,
      credentials: result.credentials.length,
      statements: statements.length,
      keyReads: statements.filter((text) => text.includes('data_keys')).length,
      unwraps: unwraps.end(),
    };
  };

  it('takes three statements, in a new process one more for the one data key, which is unwrapped once', async () => {
    const answer = { ready: 20, credentials: 10 };
    expect(await measured(replica)).toEqual({ ...answer, statements: 4, keyReads: 1, unwraps: 1 });
    expect(await measured(replica)).toEqual({ ...answer, statements: 3, keyReads: 0, unwraps: 0 });
  });
});

function countUnwraps(): { end(): number } {
  const original = KeyRing.prototype.unwrap;
  let count = 0;
  KeyRing.prototype.unwrap = function counted(this: KeyRing, key) {
    count += 1;
    return original.call(this, key);
  };
  return {
    end: () => {
      KeyRing.prototype.unwrap = original;
      return count;
    },
  };
}
