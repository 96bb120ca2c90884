import { describe, expect, it } from 'vitest';
import { eventOfChange, type RecordedChange } from './change-event-rules.js';

const change = (values: Partial<RecordedChange>): RecordedChange => ({
  action: 'integration.update',
  entityType: 'INTEGRATION',
  entityId: 'i1',
  entityName: 'github',
  metadata: {},
  by: { kind: 'user', userId: 'u1' },
  ...values,
});

describe('the event of a recorded change', () => {
  it('names what was changed and by whom, with ids of its neighbours and none of its values', () => {
    const metadata = { agentId: 'a1', crewId: 7, env: { from: 'old', to: 'new' }, endpoint: 'https://x.example' };
    expect(eventOfChange(change({ metadata }))).toEqual({
      type: 'integration.updated',
      agentId: 'a1',
      payload: {
        agent_id: 'a1',
        action: 'integration.update',
        entity_type: 'INTEGRATION',
        id: 'i1',
        name: 'github',
        by: { kind: 'user', user_id: 'u1' },
      },
    });
  });

  it.each([
    ['credential.create', 'CREDENTIAL'],
    ['oauth.connect', 'OAUTH_FLOW'],
  ])('keeps the name of a credential to itself (%s), which not every member may see', (action, entityType) => {
    expect(eventOfChange(change({ action, entityType }))?.payload.name).toBeNull();
  });

  it.each(['workspace.update', 'login.succeed', 'constructor', '__proto__'])('is none for %s', (action) => {
    expect(eventOfChange(change({ action }))).toBeNull();
  });
});
