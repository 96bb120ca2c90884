import { Logger as NestLogger } from '@nestjs/common';
import { Logger } from 'graphile-worker';

/** The engine's words in our log. What it reports of a failed job was logged with its error already, by the job itself. */
export function engineLog(log: NestLogger): Logger {
  return new Logger(() => (level, message) => {
    switch (level) {
      case 'error':
        return log.warn(message);
      case 'warning':
        return log.debug(message);
      default:
        return log.verbose(message);
    }
  });
}
