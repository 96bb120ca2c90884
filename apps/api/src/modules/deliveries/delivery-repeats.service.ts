import { Injectable } from '@nestjs/common';
import { AuditLogService, redacted } from '#audit-log';
import { Clock, Transactions, type WorkspaceScope } from '#kernel';
import { deliveryErrors } from './deliveries.errors.js';
import { toDeliveryResponse } from './deliveries.mapper.js';
import { redeliverableStatuses } from './deliveries.types.js';
import { DeliveryReadingService } from './delivery-reading.service.js';
import type { DeliveryResponse } from './dto/delivery.response.js';
import { LaneHolder } from './lane-holder.service.js';
import { RedeliveryRepository } from './redelivery.repository.js';

/** Sends again what did not arrive. */
@Injectable()
export class DeliveryRepeatsService {
  constructor(
    private readonly reading: DeliveryReadingService,
    private readonly repository: RedeliveryRepository,
    private readonly lanes: LaneHolder,
    private readonly audit: AuditLogService,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  /**
   * Makes a delivery pending again, with all its attempts before it, in its old place: before everything that came later.
   * @throws AppError `delivery.not_found`, `delivery.not_redeliverable`.
   */
  async redeliver(scope: WorkspaceScope, id: string): Promise<DeliveryResponse> {
    const { laneId } = await this.reading.getRow(scope, id);
    return await this.transactions.run(() =>
      this.lanes.changeFromOutside(laneId, async () => {
        const { status } = await this.reading.getRow(scope, id);
        const now = this.clock.now();
        if (!(await this.repository.reopen(id, redeliverableStatuses, now))) {
          throw deliveryErrors.notRedeliverable({ params: { status } });
        }
        const delivery = await this.reading.getRow(scope, id);
        await this.repository.reopenRun(delivery);
        const entity = { entityType: 'DELIVERY', entityId: id };
        await this.audit.record(scope, {
          action: 'delivery.redeliver',
          ...entity,
          metadata: redacted({ was: status }),
        });
        return toDeliveryResponse(delivery);
      }),
    );
  }
}
