import { createHash, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import ipaddr from 'ipaddr.js';
import { accessErrors, InternalGate } from '#access';
import { AppConfig } from '#config';

/**
 * Lets the runtime in: from loopback or a private address, with the internal token. To others the routes do not exist.
 */
@Injectable()
export class AppInternalGate extends InternalGate {
  constructor(private readonly config: AppConfig) {
    super();
  }

  check(request: Request): void {
    if (!isNearby(request.socket.remoteAddress)) throw accessErrors.internalHidden();
    const given = request.headers['x-internal-token'];
    const expected = this.config.auth.internalToken.reveal();
    if (typeof given !== 'string' || !timingSafeEqual(digest(given), digest(expected)))
      throw accessErrors.internalForbidden();
  }
}

const nearby = new Set(['loopback', 'private', 'uniqueLocal', 'linkLocal']);

// An address of a Unix socket is absent.
function isNearby(address: string | undefined): boolean {
  if (address === undefined || address === '') return true;
  return ipaddr.isValid(address) && nearby.has(ipaddr.process(address).range());
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
