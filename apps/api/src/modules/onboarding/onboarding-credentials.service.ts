import { Injectable } from '@nestjs/common';
import type { WorkspaceScope } from '#kernel';
import { CredentialCreationService } from '../credentials/credential-creation.service.js';
import type { SetupDto } from './dto/setup.dto.js';
import { onboardingErrors } from './onboarding.errors.js';

/** The credential of a setup. */
@Injectable()
export class OnboardingCredentialsService {
  constructor(private readonly credentials: CredentialCreationService) {}

  /**
   * Stores the setup's credential in the running transaction and answers its id; null when none was sent.
   * @throws AppError `onboarding.anthropic_token`, or those of a credential's creation.
   */
  async create(scope: WorkspaceScope, dto: SetupDto): Promise<string | null> {
    const value = dto.credential_value ?? '';
    if (value === '') return null;
    const provider = dto.llm_provider ?? 'NONE';
    if (provider === 'ANTHROPIC' && !value.startsWith('sk-ant-oat')) throw onboardingErrors.anthropicToken();
    const name = dto.credential_name || `${provider.toLowerCase()}-token`;
    const type = provider === 'ANTHROPIC' ? 'AI_CLI_TOKEN' : 'API_KEY';
    const { id } = await this.credentials.create(scope, { name, value, type, provider });
    return id;
  }
}
