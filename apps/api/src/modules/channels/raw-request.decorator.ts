import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';

/** A request as its sender signed it: headers and the bytes of its body. */
export interface RawRequest {
  /** By lower-case name; several of one name as the first. */
  headers: Readonly<Record<string, string | undefined>>;
  body: Buffer;
}

/** The request as a {@link RawRequest}. */
export const Raw = createParamDecorator((_: unknown, context: ExecutionContext): RawRequest => {
  const { headers, body } = context.switchToHttp().getRequest<Request>();
  const single = Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value[0] : value]);
  return { headers: Object.fromEntries(single), body: Buffer.isBuffer(body) ? body : Buffer.alloc(0) };
});
