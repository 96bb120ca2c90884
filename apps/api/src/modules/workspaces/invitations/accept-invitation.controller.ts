import { Body, Controller, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Caller, SignedIn } from '#access';
import { Audited } from '#audit-log';
import { Endpoint } from '#http';
import type { CallerScope } from '#kernel';
import { MemberResponse } from '../members/dto/member.response.js';
import { AcceptInvitationDto } from './dto/accept-invitation.dto.js';
import { InvitationEndingsService } from './invitation-endings.service.js';

/** The invited person's side of invitations. */
@ApiTags('Workspaces')
@Controller('api/v1/invitations')
export class AcceptInvitationController {
  constructor(private readonly endings: InvitationEndingsService) {}

  @Post('accept')
  @SignedIn({ tokenPermission: 'invitation:create' })
  @Audited('invitation.accept')
  @Endpoint({
    id: 'acceptInvitation',
    summary: 'Accept an invitation',
    description:
      'Makes the caller a member with the invited role. The account’s email must be the invited one. An invitation that was used, revoked or has expired answers 410.',
    type: MemberResponse,
    errors: [400, 403, 404, 409, 410],
  })
  accept(@Caller() caller: CallerScope, @Body() body: AcceptInvitationDto): Promise<MemberResponse> {
    return this.endings.accept(caller, body);
  }
}
