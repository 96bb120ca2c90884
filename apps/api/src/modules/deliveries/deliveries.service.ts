import { Injectable } from '@nestjs/common';
import type { WorkspaceScope } from '#kernel';
import { EventsService } from '../events/events.service.js';
import { toMessageSend } from './agent-message-rules.js';
import { CapacityRepository } from './capacity.repository.js';
import { type AgentMessage, type Capacity, messageType, type SentMessage } from './deliveries.types.js';
import { DeliveryIds } from './delivery-ids.service.js';
import { Moment } from './moment.service.js';
import { type AddressedItem, OutboxService } from './outbox.service.js';
import { RunRecordsRepository } from './run-records.repository.js';

const heartbeatCountsForMs = 10 * 60_000;

/** A message with the workspace whose agent it is for. */
export type WorkspaceMessage = AgentMessage & { workspaceId: string };

/** Sends messages to agents, wherever these run: each once at least, in order, with a run that says how it went. */
@Injectable()
export class DeliveriesService {
  constructor(
    private readonly outbox: OutboxService,
    private readonly runs: RunRecordsRepository,
    private readonly events: EventsService,
    private readonly capacities: CapacityRepository,
    private readonly deliveryIds: DeliveryIds,
    private readonly moment: Moment,
  ) {}

  /** Sends one message, as part of the caller's transaction. */
  async sendMessage({ workspaceId }: Pick<WorkspaceScope, 'workspaceId'>, message: AgentMessage): Promise<SentMessage> {
    const [sent] = await this.sendMessages([{ ...message, workspaceId }]);
    if (!sent) throw new Error('one message makes one delivery');
    return sent;
  }

  /**
   * Sends messages in the order given, as part of the caller's transaction, which holds their lanes until it ends. As many
   * statements for many as for one.
   */
  async sendMessages(messages: readonly WorkspaceMessage[]): Promise<SentMessage[]> {
    if (messages.length === 0) return [];
    const recipients = await this.outbox.resolve(messages);
    const items = messages.map((message, index): AddressedItem => {
      const recipient = recipients[index];
      const hasRun = recipient?.agentExists === true;
      return {
        id: this.deliveryIds.next(),
        workspaceId: message.workspaceId,
        agentId: recipient?.agentId ?? null,
        laneAgentId: recipient?.laneAgentId ?? null,
        type: messageType,
        data: toMessageSend(this.deliveryIds.uuid(), message),
        originKind: message.origin.kind,
        originId: message.origin.id,
        runId: hasRun ? this.moment.ids.next() : null,
        at: message.at,
      };
    });
    await this.#beginRuns(messages, items);
    await this.outbox.put(items);
    return items.map(({ id, runId }) => ({ deliveryId: id, runId }));
  }

  /**
   * How busy workspaces are: the runs that are open, or what the last heartbeat said when it is younger than ten minutes;
   * how many may be, and whether the workspace keeps its own time.
   */
  async capacity(workspaceIds: readonly string[]): Promise<Map<string, Capacity>> {
    const since = new Date(this.moment.clock.now().getTime() - heartbeatCountsForMs);
    const [open, told] = [await this.runs.countOpen(workspaceIds), await this.capacities.find(workspaceIds)];
    return new Map(
      workspaceIds.map((id) => {
        const runtime = told.get(id);
        const beat = runtime?.lastHeartbeatAt;
        const isHeard = runtime && beat && beat > since;
        const active = isHeard ? runtime.activeTasks : (open.get(id) ?? 0);
        const ownScheduler = isHeard ? runtime.ownScheduler : false;
        return [id, { active, max: runtime?.maxConcurrentTasks ?? 1, ownScheduler }];
      }),
    );
  }

  async #beginRuns(messages: readonly WorkspaceMessage[], items: readonly AddressedItem[]): Promise<void> {
    const begun = items.flatMap((item, index) => {
      const message = messages[index];
      if (item.runId === null || item.agentId === null || !message) return [];
      const metadata = { delivery_id: item.id, origin_id: message.origin.id, message_id: message.messageId };
      const { agentId, workspaceId, runId: id } = item;
      const { triggeredBy, at } = message;
      return [{ id, workspaceId, agentId, triggeredBy, triggerType: message.origin.kind, at, metadata }];
    });
    if (begun.length === 0) return;
    await this.runs.begin(begun);
    await this.events.publishAll(
      begun.map(({ id, workspaceId, agentId, triggerType, metadata }) => ({
        workspaceId,
        type: 'run.started',
        agentId,
        payload: { run_id: id, agent_id: agentId, trigger_type: triggerType, delivery_id: metadata.delivery_id },
      })),
    );
  }
}
