import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { Response } from 'express';
import { map, type Observable } from 'rxjs';

/** What a success of the agent console looks like (seed 002). */
export interface ConsoleSuccess {
  message: 'Success';
  /** The answer itself; null where there is none. */
  data: unknown;
}

/**
 * Wraps what a handler answers in the console's envelope. No cache may keep it: a shared one takes heed of `Authorization`, not
 * of `X-Api-Key` (RFC 9111, 3.5).
 */
@Injectable()
export class ConsoleEnvelope implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<ConsoleSuccess> {
    context.switchToHttp().getResponse<Response>().setHeader('Cache-Control', 'no-store');
    return next.handle().pipe(map((data: unknown) => ({ message: 'Success', data: data ?? null })));
  }
}
