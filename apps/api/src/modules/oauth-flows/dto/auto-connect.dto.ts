import { IdField, TextField } from '#http';

/** An MCP server that is to be connected (seed 000, "Auto-Connect Integration"). */
export class AutoConnectDto {
  /** URL of the MCP server. Its authorization server is found from there. */
  @TextField({ required: true, max: 2048, format: 'uri', example: 'https://mcp.linear.app/mcp' })
  mcp_url: string;

  /** Name of the server; a number is added where another server has it. */
  @TextField({ max: 200, default: 'mcp-server', example: 'linear' })
  server_name?: string;

  /** Key of a known provider, as `GET /oauth/providers` lists them; others are ignored. */
  @TextField({ max: 64, example: 'linear' })
  provider_hint?: string;

  /** Crew that gets the server; the whole workspace without one. */
  @IdField()
  crew_id?: string;

  /** The one agent that is to see the server, through a binding with the credential. */
  @IdField()
  agent_id?: string;

  /** Client id of an app that was registered at the provider by hand. */
  @TextField({ max: 512, pattern: /^[\x20-\x7e]*$/ })
  client_id?: string;

  /** Secret of that app. */
  @TextField({ max: 4096, writeOnly: true })
  client_secret?: string;

  /** Scopes to ask for, separated by spaces; those that the server names unless given. */
  @TextField({ max: 4096 })
  scopes?: string;
}
