import { Injectable } from '@nestjs/common';
import { Random } from '#kernel';

/** Ids of deliveries: `dlv_` and a random UUID. */
@Injectable()
export class DeliveryIds {
  constructor(private readonly random: Random) {}

  /** A new id. */
  next(): string {
    return `dlv_${this.uuid()}`;
  }

  /** A random UUID (RFC 9562, version 4). */
  uuid(): string {
    const bytes = this.random.bytes(16);
    bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x40, 6);
    bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
    return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  }
}
