import { JobRunner } from '#jobs';
import { Transactions } from '#kernel';
import { type SeededMember, startTestApp, type TestApp } from '#testing';
import { DeliveriesService } from '../../../apps/api/src/modules/deliveries/deliveries.service.js';
import type { SentMessage } from '../../../apps/api/src/modules/deliveries/deliveries.types.js';

/** The application with one workspace and one agent in it. */
export interface DeliveryWorld {
  test: TestApp;
  owner: SeededMember;
  agentId: string;
  /** Sends messages to the agent, as a feature would. */
  send(...texts: readonly string[]): Promise<SentMessage[]>;
  /** A workspace token with these scopes. */
  tokenWith(scope: string): Promise<{ token: string }>;
  /** Runs the jobs that are due. */
  work(): Promise<void>;
}

/** Starts it; loopback is open to deliveries. */
export async function startDeliveryWorld(): Promise<DeliveryWorld> {
  const test = await startTestApp({ env: { EGRESS_ALLOW: '127.0.0.1', CREWSHIP_RATELIMIT_DISABLED: 'true' } });
  const owner = await test.seed.workspace();
  const { workspaceId } = owner;
  const agentId = await test.seed.agent(workspaceId, { agentRole: 'LEAD' });
  const deliveries = test.app.get(DeliveriesService, { strict: false });
  return {
    test,
    owner,
    agentId,
    send: (...texts) =>
      test.app.get(Transactions, { strict: false }).run(() =>
        deliveries.sendMessages(
          texts.map((text) => ({
            workspaceId,
            agentId: null,
            messageId: `m-${text}`,
            text,
            origin: { kind: 'webhook', id: `o-${text}` },
            triggeredBy: null,
            at: test.clock.now(),
          })),
        ),
      ),
    tokenWith: async (scope) => {
      const json = { scopes: [scope] };
      const made = await test.call(`/api/v1/workspaces/${workspaceId}/tokens`, {
        method: 'POST',
        token: owner.token,
        json,
      });
      return { token: ((await made.json()) as { auth_token: string }).auth_token };
    },
    work: () => test.app.get(JobRunner, { strict: false }).runDue(),
  };
}
