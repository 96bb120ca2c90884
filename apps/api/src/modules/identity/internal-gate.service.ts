import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { accessErrors, InternalGate, peerOf } from '#access';
import { httpErrors } from '#http';
import type { RuntimeReach } from '#kernel';
import { InternalTokensService } from './internal-tokens.service.js';

/**
 * Lets the runtime in: over the Unix socket, from this host or a private address, with an internal token. To others the
 * routes do not exist. The master token opens everything, so it is taken from this host only.
 */
@Injectable()
export class AppInternalGate extends InternalGate {
  constructor(private readonly tokens: InternalTokensService) {
    super();
  }

  check(request: Request): RuntimeReach {
    const peer = peerOf(request);
    if (peer === 'elsewhere') throw httpErrors.hidden();
    const given = request.headers['x-internal-token'];
    const reading = typeof given === 'string' ? this.tokens.read(given) : null;
    if (reading === null || (reading.master && peer === 'private')) throw accessErrors.internalForbidden();
    return reading.reach;
  }
}
