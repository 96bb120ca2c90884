import { Module } from '@nestjs/common';
import { AppConfig } from '#config';
import { Transactions } from '#kernel';
import { NotificationListener } from './notification-listener.js';
import { NotificationSender } from './notification-sender.js';
import { PrismaService } from './prisma.service.js';
import { PrismaTransactions } from './prisma-transactions.js';

/** The database client and its transactions. */
@Module({
  providers: [
    {
      provide: PrismaService,
      inject: [AppConfig],
      useFactory: (config: AppConfig) =>
        new PrismaService({ url: config.database.url.reveal(), poolMax: config.database.poolMax }),
    },
    {
      provide: NotificationListener,
      inject: [AppConfig],
      useFactory: (config: AppConfig) => new NotificationListener(config.database.url.reveal()),
    },
    {
      provide: NotificationSender,
      inject: [AppConfig],
      useFactory: (config: AppConfig) => new NotificationSender(config.database.url.reveal()),
    },
    { provide: Transactions, useClass: PrismaTransactions },
  ],
  exports: [NotificationListener, NotificationSender, PrismaService, Transactions],
})
export class PrismaModule {}
