import { Injectable } from '@nestjs/common';
import type { ReadinessResponse } from './dto/health.response.js';
import { systemErrors } from './system.errors.js';
import { SystemRepository } from './system.repository.js';

const deadlineMs = 2_000;

/** Whether the process can serve requests. */
@Injectable()
export class HealthService {
  constructor(private readonly repository: SystemRepository) {}

  /** @throws AppError `system.not_ready` when the database does not answer within two seconds. */
  async readiness(): Promise<ReadinessResponse> {
    try {
      await within(deadlineMs, this.repository.ping());
    } catch (cause) {
      throw systemErrors.notReady({ cause, headers: { 'Retry-After': '2' } });
    }
    return { status: 'ok', database: 'ok' };
  }
}

async function within(ms: number, work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${ms} ms`)), ms);
  });
  try {
    await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
