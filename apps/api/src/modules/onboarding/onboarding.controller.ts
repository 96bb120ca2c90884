import { Body, Controller, Get, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Caller, SignedIn } from '#access';
import { Audited } from '#audit-log';
import { Endpoint } from '#http';
import type { CallerScope } from '#kernel';
import { OnboardingCompletedResponse, OnboardingStatusResponse, SetupResponse } from './dto/onboarding.response.js';
import { SetupDto } from './dto/setup.dto.js';
import { OnboardingService } from './onboarding.service.js';
import { SetupService } from './setup.service.js';

/** The guided first steps of a new user (seed 003, "Onboarding"). */
@ApiTags('Onboarding')
@Controller('api/v1/onboarding')
export class OnboardingController {
  constructor(
    private readonly onboarding: OnboardingService,
    private readonly guided: SetupService,
  ) {}

  @Get('status')
  @SignedIn()
  @Endpoint({
    id: 'getOnboardingStatus',
    summary: 'Tell whether the caller has gone through the first steps',
    type: OnboardingStatusResponse,
    errors: [403],
  })
  status(@Caller() caller: CallerScope): Promise<OnboardingStatusResponse> {
    return this.onboarding.status(caller);
  }

  @Post('complete')
  @SignedIn({ tokenPermission: 'workspace:manage' })
  @Audited('onboarding.complete')
  @Endpoint({
    id: 'completeOnboarding',
    summary: 'Mark the first steps as done',
    description: 'Doing it again changes nothing.',
    type: OnboardingCompletedResponse,
    errors: [403],
  })
  complete(@Caller() caller: CallerScope): Promise<OnboardingCompletedResponse> {
    return this.onboarding.complete(caller);
  }

  @Post('setup')
  @SignedIn({ tokenPermission: 'workspace:manage' })
  @Audited('workspace.update', 'crew.create', 'agent.create', 'credential.create', 'onboarding.complete')
  @Endpoint({
    id: 'setUpOnboarding',
    summary: 'Make the first crew with its agent',
    description:
      'Works on the oldest workspace that the caller manages, in one transaction, once a person: a second call answers 409. The agent leads the crew.',
    status: 201,
    type: SetupResponse,
    errors: [400, 403, 409],
  })
  setUp(@Caller() caller: CallerScope, @Body() body: SetupDto): Promise<SetupResponse> {
    return this.guided.setUp(caller, body);
  }
}
