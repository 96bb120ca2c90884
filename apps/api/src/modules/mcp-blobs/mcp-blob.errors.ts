import { defineErrors } from '#kernel';

/** What may be wrong with an `mcp_config_json`. */
export const mcpBlobErrors = defineErrors('mcp_blob', {
  noServers: { kind: 'invalid', message: 'mcp_config_json must contain a "mcpServers" object' },
  tooManyServers: {
    kind: 'invalid',
    message: 'mcp_config_json has more than {most} servers; register them one by one',
  },
  badServerName: {
    kind: 'invalid',
    message: 'mcp_config_json has a server whose name is blank or longer than 255 characters',
  },
  badServer: { kind: 'invalid', message: 'mcp_config_json: the server "{name}" must be an object' },
  nothingToKeep: { kind: 'invalid', message: '{path} is ***, but there is no earlier value; send the value' },
});
