import { Module } from '@nestjs/common';
import { Ids, Random } from '#kernel';
import { PrismaModule } from '#prisma';
import { KeyRing, Vault } from '#vault';
import { DataKeysRepository } from '../data-keys.repository.js';
import { KeyringModule } from '../keyring.module.js';
import { DataKeyRotationRepository } from './data-key-rotation.repository.js';
import { KeyRewrapService } from './key-rewrap.service.js';
import { KeyRotationService } from './key-rotation.service.js';
import { NewDataKeysService } from './new-data-keys.service.js';
import { RememberedDataKeys } from './remembered-data-keys.js';
import { ResealingService } from './resealing.service.js';
import { SealedValuesRepository } from './sealed-values.repository.js';

/** Moving what is sealed to another key. Part of the job `vault:rotate`, not of the service. */
@Module({
  imports: [KeyringModule, PrismaModule],
  providers: [
    DataKeyRotationRepository,
    KeyRewrapService,
    KeyRotationService,
    NewDataKeysService,
    ResealingService,
    SealedValuesRepository,
    {
      provide: Vault,
      inject: [KeyRing, DataKeysRepository, Random, Ids],
      useFactory: (keyRing: KeyRing, dataKeys: DataKeysRepository, random: Random, ids: Ids) =>
        new Vault(keyRing, new RememberedDataKeys(dataKeys), random, ids),
    },
  ],
  exports: [KeyRotationService],
})
export class KeyRotationModule {}
