import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { Observable } from 'rxjs';
import { type Audience, audienceKey } from '#access';
import { captureAnswer } from './answer-capture.js';
import { IdempotencyService } from './idempotency.service.js';
import type { IdempotentCall } from './idempotency.types.js';
import { idempotentCallOf } from './idempotent-call.js';
import { Replay } from './replay.filter.js';

/**
 * Carries out a POST with an `Idempotency-Key` once for 24 hours. Stands behind the guard, so that strangers learn nothing,
 * and before the body is read. Requests without the header pass untouched.
 */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(private readonly idempotency: IdempotencyService) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> | Promise<Observable<unknown>> {
    const http = context.switchToHttp();
    const audience = Reflect.getMetadata(audienceKey, context.getHandler()) as Audience | undefined;
    const call = idempotentCallOf(http.getRequest<Request>(), audience);
    return call === null ? next.handle() : this.#once(call, http.getResponse<Response>(), next);
  }

  async #once(call: IdempotentCall, response: Response, next: CallHandler): Promise<Observable<unknown>> {
    const begun = await this.idempotency.begin(call);
    if (begun.kind === 'recorded') throw new Replay(begun.answer);
    captureAnswer(response, (answer) => this.idempotency.settle(begun.claim, answer));
    return next.handle();
  }
}
