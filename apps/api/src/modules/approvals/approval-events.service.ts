import { Injectable } from '@nestjs/common';
import type { JsonObject } from '#kernel';
import { EventsService } from '../events/events.service.js';
import type { EventType, WorkspaceEventToPublish } from '../events/events.types.js';
import type { Approval } from './approvals.types.js';

/** Tells what becomes of approvals: to their workspace, and to the one above where they were escalated. */
@Injectable()
export class ApprovalEventsService {
  constructor(private readonly events: EventsService) {}

  /** One was asked for. */
  requested(approval: Approval): Promise<void> {
    const { id, action, reason, taskId, escalatedTo, workspaceId } = approval;
    const asked: JsonObject = { approval_id: id, action, reason: reason ?? '', task_id: taskId ?? '' };
    const told = [event(approval, 'APPROVAL_REQUESTED', asked)];
    const escalation = { approval_id: id, from_workspace_id: workspaceId, action, reason: reason ?? '' };
    if (escalatedTo !== null)
      told.push({ ...event(approval, 'APPROVAL_ESCALATED', escalation), workspaceId: escalatedTo });
    return this.events.publishAll(told);
  }

  /** One was decided. Agents wait for `APPROVAL_DECIDED`, whatever was decided and by whom. */
  decided(approval: Approval): Promise<void> {
    const type = approval.status === 'approved' ? 'APPROVAL_APPROVED' : 'APPROVAL_DENIED';
    return this.events.publishAll(settled(approval, type));
  }

  /** Some ran out of time. */
  expired(approvals: readonly Approval[]): Promise<void> {
    return this.events.publishAll(approvals.flatMap((approval) => settled(approval, 'APPROVAL_EXPIRED')));
  }
}

function settled(approval: Approval, type: EventType): WorkspaceEventToPublish[] {
  const { id, status, decidedBy, workspaceId, escalatedTo } = approval;
  const outcome = { approval_id: id, decision: status, status, decided_by: decidedBy };
  const told = [event(approval, type, outcome), event(approval, 'APPROVAL_DECIDED', outcome)];
  if (escalatedTo !== null)
    told.push({ ...event(approval, type, { ...outcome, from_workspace_id: workspaceId }), workspaceId: escalatedTo });
  return told;
}

function event({ workspaceId, agentId }: Approval, type: EventType, payload: JsonObject): WorkspaceEventToPublish {
  return { workspaceId, agentId, type, payload };
}
