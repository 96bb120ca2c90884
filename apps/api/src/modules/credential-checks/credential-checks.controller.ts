import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Access, Scope, SignedIn } from '#access';
import { Audited, NotAudited } from '#audit-log';
import { Endpoint } from '#http';
import type { WorkspaceScope } from '#kernel';
import { CredentialChecksService } from './credential-checks.service.js';
import { CredentialTestResponse } from './dto/credential-test.response.js';
import { TestCredentialDto } from './dto/test-credential.dto.js';

const description =
  'Makes one reading request to the provider’s public API, within 10 seconds and without following redirects: ' +
  'ANTHROPIC, OPENAI, GOOGLE, CURSOR, FACTORY, GITHUB, GITLAB, VERCEL. Other providers, and values that are no tokens, ' +
  'answer `supported: false`. A refusal and a failure of the network are results, not errors.';

/** Trying out credentials at their providers. */
@ApiTags('Credentials')
@Controller('api/v1/credentials')
export class CredentialChecksController {
  constructor(private readonly checks: CredentialChecksService) {}

  @Post('test')
  @SignedIn()
  @NotAudited('nothing is stored')
  @Endpoint({
    id: 'testCredentialValue',
    summary: 'Try a value out before it is stored',
    description,
    type: CredentialTestResponse,
    errors: [400],
  })
  testValue(@Body() body: TestCredentialDto): Promise<CredentialTestResponse> {
    return this.checks.testValue(body);
  }

  @Post(':credentialId/test')
  @Access('credential:update')
  @Audited('credential.test')
  @Endpoint({
    id: 'testCredential',
    summary: 'Try a stored credential out',
    description: `${description} The result is noted on the credential and in its timeline. OAUTH2 is tried with its access token.`,
    type: CredentialTestResponse,
    errors: [404],
  })
  testCredential(@Scope() scope: WorkspaceScope, @Param('credentialId') id: string): Promise<CredentialTestResponse> {
    return this.checks.testCredential(scope, id);
  }
}
