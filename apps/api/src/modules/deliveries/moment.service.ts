import { Injectable } from '@nestjs/common';
import { Clock, Ids } from '#kernel';

/** What makes a row of now: its time and its id. */
@Injectable()
export class Moment {
  constructor(
    readonly clock: Clock,
    readonly ids: Ids,
  ) {}
}
