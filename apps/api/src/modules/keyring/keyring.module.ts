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
      provide: KeyRing,
      inject: [AppConfig, Random],
      useFactory: (config: AppConfig, random: Random) =>
        new KeyRing({ keys: config.vault.keys, current: config.vault.currentVersion }, random),
    },
    {
      provide: Vault,
      inject: [KeyRing, DataKeysRepository, Random, Ids],
      useFactory: (keyRing: KeyRing, dataKeys: DataKeysRepository, random: Random, ids: Ids) =>
        new Vault(keyRing, dataKeys, random, ids),
    },
  ],
  exports: [DataKeysRepository, KeyRing, Vault],
})
export class KeyringModule {}
