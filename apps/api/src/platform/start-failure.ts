import type { AppConfig } from '#config';
import { AppError } from '#kernel';

/** What a person reads when the process cannot start: a sentence with what to do, or the error as it is when unexpected. */
export function startFailure(error: unknown, config: AppConfig | null): unknown {
  if (error instanceof AppError) return error.message;
  const address = config && `${config.http.host}:${config.http.port}`;
  switch (codeOf(error)) {
    case 'EADDRINUSE':
      return `Another program listens on ${address} already. Stop it, or give this one another port with PORT.`;
    case 'EACCES':
      return `This user may not listen on ${address}. Set PORT to 1024 or above.`;
    case 'EADDRNOTAVAIL':
      return `This machine has no address for ${address}. Set HOST to one that it has, such as 127.0.0.1 or 0.0.0.0.`;
    default:
      return error;
  }
}

function codeOf(error: unknown): unknown {
  if (typeof error !== 'object' || error === null || !('syscall' in error && 'code' in error)) return null;
  return error.syscall === 'listen' ? error.code : null;
}
