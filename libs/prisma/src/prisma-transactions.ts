import { Injectable } from '@nestjs/common';
import { type TransactionOptions, Transactions } from '#kernel';
import { isRetryable } from './database-errors.js';
import { PrismaService } from './prisma.service.js';

const attempts = 4;

/**
 * Transactions on Prisma. One that the database chose to abort (a deadlock, a serialization failure) had no effect and
 * is run again, so `work` must not do anything outside the database.
 */
@Injectable()
export class PrismaTransactions extends Transactions {
  readonly #prisma: PrismaService;

  constructor(prisma: PrismaService) {
    super();
    this.#prisma = prisma;
  }

  async run<T>(work: () => Promise<T>, options: TransactionOptions = {}): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.#prisma.inTransaction(work, options);
      } catch (error) {
        if (attempt >= attempts || !isRetryable(error)) throw error;
      }
    }
  }
}
