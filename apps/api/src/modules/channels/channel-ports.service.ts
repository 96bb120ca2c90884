import { Injectable } from '@nestjs/common';
import { Clock, Ids, Transactions } from '#kernel';

/** Time, ids and transactions, which most services of this feature need together. */
@Injectable()
export class ChannelPorts {
  constructor(
    readonly clock: Clock,
    readonly ids: Ids,
    readonly transactions: Transactions,
  ) {}
}
