import { Injectable } from '@nestjs/common';
import { AppConfig } from '#config';
import { UsersService } from '../identity/users.service.js';
import type { SetupStatusResponse } from './dto/setup-status.response.js';

/** Tells a first visitor what to do. */
@Injectable()
export class SetupStatusService {
  constructor(
    private readonly users: UsersService,
    private readonly config: AppConfig,
  ) {}

  /** Whether a first user is missing, and whether people may register. */
  async status(): Promise<SetupStatusResponse> {
    return { needs_bootstrap: !(await this.users.existsAny()), allow_signup: this.config.auth.allowSignup };
  }
}
