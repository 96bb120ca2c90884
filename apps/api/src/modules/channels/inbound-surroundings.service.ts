import { Injectable } from '@nestjs/common';
import { AuditLogService } from '#audit-log';
import { ChannelPorts } from './channel-ports.service.js';

/** What taking a message needs beside channels: the ports and the audit log. */
@Injectable()
export class InboundSurroundings {
  constructor(
    readonly ports: ChannelPorts,
    readonly audit: AuditLogService,
  ) {}
}
