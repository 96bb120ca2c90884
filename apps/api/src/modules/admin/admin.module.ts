import { Module } from '@nestjs/common';
import { PrismaModule } from '#prisma';
import { AdminController } from './admin.controller.js';
import { AdminRepository } from './admin.repository.js';
import { AdminService } from './admin.service.js';

/** Numbers and people of a workspace, for its owner. */
@Module({ imports: [PrismaModule], controllers: [AdminController], providers: [AdminRepository, AdminService] })
export class AdminModule {}
