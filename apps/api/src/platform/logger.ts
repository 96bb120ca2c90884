import type { LoggerService } from '@nestjs/common';
import { type DestinationStream, type Logger, pino } from 'pino';
import { AppError } from '#kernel';
import { BufferedOutput } from './buffered-output.js';

/** The process's log: one JSON line each, to standard output unless told otherwise. */
export function createLogger(level: string, destination: DestinationStream = new BufferedOutput()): Logger {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { error: describeError },
    redact: { paths: ['password', 'token', 'authorization', 'cookie'], censor: '[secret]' },
  };
  return pino(options, destination);
}

/**
 * What the log says of an error: its class, code and place, and the same of its causes. Messages of foreign errors stay
 * out, since drivers and providers quote values in them; ours are public sentences anyway.
 */
export function describeError(error: unknown): Record<string, unknown> {
  if (error instanceof AppError) {
    return { code: error.code, message: error.message, details: error.details, cause: causeOf(error) };
  }
  if (!(error instanceof Error)) return { kind: typeof error };
  const code: unknown = Reflect.get(error, 'code');
  return {
    kind: error.name,
    ...(typeof code === 'string' && { code }),
    at: placesOf(error),
    cause: causeOf(error),
  };
}

function causeOf(error: Error): Record<string, unknown> | undefined {
  return error.cause === undefined ? undefined : describeError(error.cause);
}

// The lines of a stack without its first one, which repeats the message.
function placesOf(error: Error): string[] {
  return (error.stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 8)
    .map((line) => line.trim());
}

/** Nest's own messages in the same log: starting and stopping at `debug`, the rest as they are. */
export class NestLogger implements LoggerService {
  constructor(private readonly logger: Logger) {}

  log(message: unknown): void {
    this.logger.debug(String(message));
  }

  error(message: unknown): void {
    this.logger.error(
      { error: message instanceof Error ? message : undefined },
      message instanceof Error ? 'nest' : String(message),
    );
  }

  warn(message: unknown): void {
    this.logger.warn(String(message));
  }

  debug(message: unknown): void {
    this.logger.trace(String(message));
  }
}
