import { TextField } from '#http';

/** Whose authorization server is looked for. */
export class DiscoverOauthDto {
  /** URL of the MCP server. Nothing but public metadata is asked of it, without any credential. */
  @TextField({ required: true, max: 2048, example: 'https://mcp.example.com/mcp' })
  mcp_url: string;
}
