import { Controller, Get, Param, Res } from '@nestjs/common';
import { ApiQuery, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { Caller, Public } from '#access';
import { Endpoint } from '#http';
import type { CallerScope } from '#kernel';
import { ConnectedResponse } from './dto/connected.response.js';
import { FlowBrowserAnswers } from './flow-browser-answers.service.js';

const parameter = (name: string, description: string, maxLength: number) =>
  ApiQuery({ name, required: false, description, schema: { type: 'string', maxLength } });

/** What browsers open: where providers send them, and the link that connects a credential again. */
@ApiTags('OAuth')
@Controller('api/v1/oauth')
export class FlowPagesController {
  constructor(private readonly answers: FlowBrowserAnswers) {}

  @Get('callback')
  @Public('The state, and the browser or session of the initiator, stand for the caller', { recognise: true })
  @parameter('code', 'Authorization code.', 4096)
  @parameter('state', 'State of the flow; works once, for ten minutes.', 256)
  @parameter('iss', 'Who answered (RFC 9207).', 2048)
  @parameter('error', 'The provider’s error in place of a code (RFC 6749, 4.1.2.1).', 256)
  @parameter('error_description', 'The provider’s words about its error.', 2048)
  @Endpoint({
    id: 'receiveOauthCallback',
    summary: 'Where providers send the browser back to',
    description:
      'Answers a page, or JSON where `Accept` prefers it. The page tells its opener how it went, by `postMessage` to the ' +
      'public URL’s origin and the allowed ones and on the `BroadcastChannel` `crewship:oauth`, as ' +
      '`{type: "crewship:oauth", status: "ok" | "failed", credential_id, flow_id, code}`, and closes when all went well. ' +
      '`credential_id` and `flow_id` are null where the state is not known, or the browser not the initiator’s. A ' +
      'browser that did not start the flow, and where its initiator is not signed in, connects nothing: 403, and the state still works.',
    type: ConnectedResponse,
    errors: [400, 403, 404, 502],
    pages: true,
  })
  callback(@Caller() caller: CallerScope, @Res() response: Response): Promise<void> {
    return this.answers.callback(caller, response);
  }

  @Get('reconnect/:credentialId')
  @Public('A link in messages: sends people who are not signed in to the sign-in page', { recognise: true })
  @ApiResponse({ status: 200, description: 'A foreign page sent the browser: asks whether to go on.' })
  @Endpoint({
    id: 'reconnectOauthCredential',
    summary: 'Connect a credential again',
    description:
      'The `reconnect_url` of credentials, for browsers. Sends a signed-in member who may connect credentials to the ' +
      'provider, and others to the sign-in page first; asks once more when a foreign page sent the browser.',
    status: 302,
    success: 'On to the provider, or to the sign-in page.',
    errors: [400, 401, 404, 422, 502],
    headers: { Location: 'Authorization URL of the provider, or path of the sign-in page.' },
    pages: true,
  })
  reconnect(
    @Caller() caller: CallerScope,
    @Param('credentialId') id: string,
    @Res() response: Response,
  ): Promise<void> {
    return this.answers.reconnect(caller, id, response);
  }
}
