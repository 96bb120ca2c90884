import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import type { Response } from 'express';
import type { RecordedAnswer } from './idempotency.types.js';

/** Thrown in the handler's place: the request has an answer already. Not an error; Nest has no other way past the handler. */
export class Replay {
  constructor(readonly answer: RecordedAnswer) {}
}

/** Sends a recorded answer once more, marked as such. */
@Catch(Replay)
export class ReplayFilter implements ExceptionFilter<Replay> {
  catch({ answer }: Replay, host: ArgumentsHost): void {
    const response = host.switchToHttp().getResponse<Response>();
    for (const [name, value] of Object.entries(answer.headers)) response.setHeader(name, value);
    response.setHeader('Idempotency-Replayed', 'true');
    response.status(answer.status).end(answer.body);
  }
}
