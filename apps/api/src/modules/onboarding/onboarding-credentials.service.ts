import { Injectable } from '@nestjs/common';
import type { WorkspaceScope } from '#kernel';
import type { SetupDto } from './dto/setup.dto.js';
import { onboardingErrors } from './onboarding.errors.js';

/** The credential of a setup. */
@Injectable()
export class OnboardingCredentialsService {
  /**
   * Stores the setup's credential and answers its id; null when none was sent.
   * @throws AppError `onboarding.anthropic_token`, `onboarding.credential_refused`.
   */
  async create(_scope: WorkspaceScope, dto: SetupDto): Promise<string | null> {
    const value = dto.credential_value ?? '';
    if (value === '') return null;
    if (dto.llm_provider === 'ANTHROPIC' && !value.startsWith('sk-ant-oat')) throw onboardingErrors.anthropicToken();
    throw onboardingErrors.credentialRefused();
  }
}
