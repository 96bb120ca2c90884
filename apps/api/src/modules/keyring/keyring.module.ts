import { Module } from '@nestjs/common';
import { AppConfig } from '#config';
import { Ids, Random } from '#kernel';
import { PrismaModule } from '#prisma';
import { KeyRing, Vault } from '#vault';
import { DataKeysRepository } from './data-keys.repository.js';

/** The vault on the configured keys and the database. */
@Module({
  imports: [PrismaModule],
  providers: [
    DataKeysRepository,
    {
      provide: Vault,
      inject: [AppConfig, DataKeysRepository, Random, Ids],
      useFactory: (config: AppConfig, dataKeys: DataKeysRepository, random: Random, ids: Ids) =>
        new Vault(
          new KeyRing({ keys: config.vault.keys, current: config.vault.currentVersion }, random),
          dataKeys,
          random,
          ids,
        ),
    },
  ],
  exports: [Vault],
})
export class KeyringModule {}
