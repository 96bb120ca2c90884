import { Controller, Get, Header, Post, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { Caller, Public } from '#access';
import { Audited } from '#audit-log';
import { BodyAfterLookup, Endpoint, type LateBody } from '#http';
import type { CallerScope } from '#kernel';
import { SessionCookies } from '../sessions/session-cookies.service.js';
import { BootstrapService } from './bootstrap.service.js';
import { BootstrapResponse } from './dto/bootstrap.response.js';
import { RegisterDto } from './dto/register.dto.js';
import { SetupStatusResponse } from './dto/setup-status.response.js';
import { SignupResponse } from './dto/signup.response.js';
import { SetupStatusService } from './setup-status.service.js';
import { SignupService } from './signup.service.js';

/** Becoming a user. */
@ApiTags('Authentication')
@Controller('api/v1')
export class RegistrationController {
  constructor(
    private readonly bootstraps: BootstrapService,
    private readonly signups: SignupService,
    private readonly setup: SetupStatusService,
    private readonly cookies: SessionCookies,
  ) {}

  @Post('bootstrap')
  @Public('Only an empty instance answers it')
  @Header('Cache-Control', 'no-store')
  @Audited('user.create', 'workspace.create', 'cli_token.create')
  @Endpoint({
    id: 'bootstrap',
    summary: 'Create the first user of an empty instance',
    description:
      'They administer the instance, own a workspace, are signed in by cookie and get a CLI token. Once there is any user: 410.',
    status: 201,
    type: BootstrapResponse,
    body: RegisterDto,
    errors: [400, 410],
    headers: { 'Set-Cookie': 'The session’s cookies.' },
  })
  async bootstrap(
    @Caller() scope: CallerScope,
    @BodyAfterLookup(RegisterDto) body: LateBody<RegisterDto>,
    @Res({ passthrough: true }) response: Response,
  ): Promise<BootstrapResponse> {
    const { answer, session } = await this.bootstraps.run(scope, body);
    this.cookies.set(response, session);
    return answer;
  }

  @Post('auth/signup')
  @Public('Registering comes before signing in')
  @Audited('user.create', 'workspace.create', 'invitation.accept', 'signup.refuse')
  @Endpoint({
    id: 'signUp',
    summary: 'Register a new user',
    description:
      'Where the instance allows it. The answer does not tell whether the address is registered. A new user owns a ' +
      'workspace and joins every workspace with an open invitation for the address.',
    status: 202,
    type: SignupResponse,
    body: RegisterDto,
    errors: [400, 403],
  })
  signUp(
    @Caller() scope: CallerScope,
    @BodyAfterLookup(RegisterDto) body: LateBody<RegisterDto>,
  ): Promise<SignupResponse> {
    return this.signups.register(scope, body);
  }

  @Get('system/setup-status')
  @Public('Tells a first visitor what to do')
  @Endpoint({
    id: 'getSetupStatus',
    summary: 'Tell whether the instance waits for its first user',
    type: SetupStatusResponse,
  })
  setupStatus(): Promise<SetupStatusResponse> {
    return this.setup.status();
  }
}
