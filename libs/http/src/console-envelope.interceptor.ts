import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import { map, type Observable } from 'rxjs';

/** What a success of the agent console looks like (seed 002). */
export interface ConsoleSuccess {
  message: 'Success';
  /** The answer itself; null where there is none. */
  data: unknown;
}

/** Wraps what a handler answers in the console's envelope. */
@Injectable()
export class ConsoleEnvelope implements NestInterceptor {
  intercept(_context: ExecutionContext, next: CallHandler): Observable<ConsoleSuccess> {
    return next.handle().pipe(map((data: unknown) => ({ message: 'Success', data: data ?? null })));
  }
}
