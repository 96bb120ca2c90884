import { ApiProperty } from '@nestjs/swagger';
import { type AppMode, appModes } from '../composio-bindings.types.js';
import { ForeignId } from './foreign-id.field.js';

/** An app that an agent has. */
export class ComposioBindingResponse {
  /** Slug of the app. */
  toolkit: string;

  /** How much of it the agent has. */
  @ApiProperty({ enum: appModes, enumName: 'ComposioAppMode' })
  mode: AppMode;

  /** Composio user whose accounts it uses. */
  @ForeignId()
  user_id: string;

  /** Where that user reaches the app's MCP server. */
  endpoint: string;

  /** Its tools; null for mode `full`, which is every tool that the app has. */
  tools: string[] | null;

  /** Whether the agent's binding on the server is there and on. The agent does not get the app otherwise. */
  enabled: boolean;
}

/** An agent's Composio apps. */
export class ComposioBindingsResponse {
  /** Id of the agent. */
  agent_id: string;

  /** Whether the agent has opted out and gets none of them, nor the default connector. */
  opted_out: boolean;

  /** True when the key that counts now leads to a project that does not have the apps: bind them again. */
  project_changed: boolean;

  /** Its apps, by toolkit. */
  bindings: ComposioBindingResponse[];
}
