import { Injectable } from '@nestjs/common';
import { type CallerScope, Clock, tokenHash } from '#kernel';
import { FlowFailures } from './flow-failures.service.js';
import { oauthFlowErrors } from './oauth-flows.errors.js';
import { OauthFlowsRepository } from './oauth-flows.repository.js';
import type { Flow } from './oauth-flows.types.js';

/** Finds the flow that a state belongs to. */
@Injectable()
export class FlowLookup {
  constructor(
    private readonly flows: OauthFlowsRepository,
    private readonly failures: FlowFailures,
    private readonly clock: Clock,
  ) {}

  /**
   * The flow that waits for this state, or that has waited for too long; it stays as it is. `what` names the state in the
   * sentence of the refusal.
   * @throws AppError 400 `oauth.state_invalid` for a state that is unknown or used.
   */
  async getWaiting(state: string, what = 'state token'): Promise<Flow> {
    const flow = await this.flows.findByState(tokenHash(state));
    if (flow?.status !== 'pending') throw oauthFlowErrors.stateInvalid({ params: { what } });
    return flow;
  }

  /** Ends a flow that has waited for too long. @throws AppError 400 `oauth.state_expired` then. */
  async requireLive(caller: CallerScope, flow: Flow): Promise<void> {
    if (flow.expiresAt.getTime() > this.clock.now().getTime()) return;
    const expired = oauthFlowErrors.stateExpired();
    await this.failures.end(caller, flow, expired);
    throw expired;
  }

  /**
   * The flow that still waits for this state in a workspace: another one's state is as good as unknown.
   * @throws AppError 400 as {@link getWaiting} and {@link requireLive} do.
   */
  async getPendingIn(scope: CallerScope & { workspaceId: string }, state: string, what = 'state token'): Promise<Flow> {
    const flow = await this.getWaiting(state, what);
    await this.requireLive(scope, flow);
    if (flow.workspaceId !== scope.workspaceId) throw oauthFlowErrors.stateInvalid({ params: { what } });
    return flow;
  }
}
