import { ApiProperty } from '@nestjs/swagger';
import { type AppMode, appModes } from '../composio-bindings.types.js';
import { ForeignId } from './foreign-id.field.js';

/** An app that was bound. */
export class BoundComposioAppResponse {
  /** Slug of the app. */
  toolkit: string;

  /** How much of it the agent has. */
  @ApiProperty({ enum: appModes, enumName: 'ComposioAppMode' })
  mode: AppMode;

  /** Where the agent's Composio user reaches the app's MCP server. */
  endpoint: string;
}

/** What an agent has now. */
export class BoundComposioAgentResponse {
  /** Id of the agent. */
  agent_id: string;

  /** Composio user whose accounts it uses. */
  @ForeignId()
  user_id: string;

  /** Its apps, in the order of the request. */
  apps: BoundComposioAppResponse[];
}
