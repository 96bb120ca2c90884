import { Module } from '@nestjs/common';
import { PrismaModule } from '#prisma';
import { ResolutionController } from './resolution.controller.js';
import { ResolutionRepository } from './resolution.repository.js';
import { ResolutionService } from './resolution.service.js';

/** The cascade on the database. */
@Module({
  imports: [PrismaModule],
  controllers: [ResolutionController],
  providers: [ResolutionRepository, ResolutionService],
  exports: [ResolutionService],
})
export class ResolutionModule {}
