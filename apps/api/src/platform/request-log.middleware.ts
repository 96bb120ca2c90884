import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { type DestinationStream, type Logger, pino } from 'pino';
import { originOf } from '#http';
import type { Clock } from '#kernel';

/**
 * One line for each answered request: method, path without query, status and duration. Bodies and headers never. The line
 * has always the same members, so it is put together by hand in the form of the log's other lines.
 */
export function requestLog(logger: Logger, clock: Clock): RequestHandler {
  if (!logger.isLevelEnabled('info')) return (_request, _response, next) => next();
  const output = destinationOf(logger);
  return (request: Request, response: Response, next: NextFunction) => {
    const start = performance.now();
    const { method, path } = request;
    response.once('close', () => {
      const durationMs = Math.round((performance.now() - start) * 10) / 10;
      const time = clock.now().toISOString();
      const { requestId } = originOf(request);
      output.write(
        `{"level":30,"time":"${time}","requestId":"${requestId}","method":"${method}","path":${JSON.stringify(path)},` +
          `"status":${response.statusCode},"durationMs":${durationMs},"msg":"request"}\n`,
      );
    });
    next();
  };
}

function destinationOf(logger: Logger): DestinationStream {
  return (logger as Logger & Record<symbol, DestinationStream>)[pino.symbols.streamSym] ?? { write: () => undefined };
}
