import { Module } from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';
import { PrismaModule } from '#prisma';
import { KeyringModule } from '../keyring/keyring.module.js';
import { IdempotencyInterceptor } from './idempotency.interceptor.js';
import { IdempotencyRepository } from './idempotency.repository.js';
import { IdempotencyService } from './idempotency.service.js';
import { IdempotencySweepService } from './idempotency-sweep.service.js';

/** `Idempotency-Key` on every POST of a known caller, in the whole application. */
@Module({
  imports: [KeyringModule, PrismaModule],
  providers: [
    IdempotencyRepository,
    IdempotencyService,
    IdempotencySweepService,
    { provide: APP_INTERCEPTOR, useClass: IdempotencyInterceptor },
  ],
})
export class IdempotencyModule {}
