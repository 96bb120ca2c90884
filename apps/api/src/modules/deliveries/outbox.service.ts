import { Injectable } from '@nestjs/common';
import { JobQueue } from '#jobs';
import { Clock, Ids } from '#kernel';
import type { OutboxItem } from './deliveries.types.js';
import { laneJob } from './lane-jobs-rules.js';
import { OutboxRepository, type ResolvedRecipient } from './outbox.repository.js';

/** A delivery with who it is for. */
export interface AddressedItem extends OutboxItem {
  laneAgentId: string | null;
}

/** Puts deliveries into the outbox, inside the caller's transaction. */
@Injectable()
export class OutboxService {
  constructor(
    private readonly repository: OutboxRepository,
    private readonly jobs: JobQueue,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** Whom each is for, in the order given. */
  resolve(recipients: readonly { workspaceId: string; agentId: string | null }[]): Promise<ResolvedRecipient[]> {
    return this.repository.resolve(recipients);
  }

  /** Adds deliveries to their lanes, in the order given, and calls somebody for the lanes. Three statements. */
  async put(items: readonly AddressedItem[]): Promise<void> {
    if (items.length === 0) return;
    const byLane = new Map<string, AddressedItem[]>();
    for (const item of items) {
      const others = byLane.get(laneKey(item));
      if (others) others.push(item);
      else byLane.set(laneKey(item), [item]);
    }
    const wanted = [...byLane.values()].flatMap(([first, ...rest]) =>
      first
        ? [{ id: this.ids.next(), workspaceId: first.workspaceId, agentId: first.laneAgentId, count: 1 + rest.length }]
        : [],
    );
    const lanes = await this.repository.takeNumbers(wanted, this.clock.now());
    const numbered = lanes.flatMap((lane) => {
      const own = byLane.get(laneKey({ workspaceId: lane.workspaceId, laneAgentId: lane.agentId })) ?? [];
      const before = lane.lastSeq - BigInt(own.length);
      return own.map((item, index) => ({ ...item, laneId: lane.id, seq: before + BigInt(index + 1) }));
    });
    await this.repository.insert(numbered);
    await this.jobs.addAll(lanes.filter((lane) => lane.wasIdle).map((lane) => laneJob(lane.id)));
  }
}

function laneKey({ workspaceId, laneAgentId }: Pick<AddressedItem, 'workspaceId' | 'laneAgentId'>): string {
  return `${workspaceId} ${laneAgentId ?? ''}`;
}
