import { Injectable } from '@nestjs/common';
import { Clock, Ids } from '#kernel';

/** Time and ids of imports. */
@Injectable()
export class OrgImportPorts {
  constructor(
    readonly clock: Clock,
    readonly ids: Ids,
  ) {}
}
