import { ApiProperty } from '@nestjs/swagger';
import { type AuthMode, authModes } from '#connector-manifests';
import { ConnectorServerResponse, ConnectorVerifyResponse } from './connector-server.response.js';

const fieldTypes = ['text', 'password', 'number', 'select', 'bool'] as const;
const tokenAuthMethods = ['client_secret_basic', 'client_secret_post', 'none'] as const;

/** How a connector looks. */
export class ConnectorBrandResponse {
  /** Key of an icon. */
  logo?: string;

  /** Accent colour, `#RRGGBB`. */
  color?: string;
}

/** One field of a connector's form. */
export class ConnectorFieldResponse {
  /** Name of the value in `fields` of verify and install. */
  key: string;

  /** Name shown to people. */
  label: string;

  /** How it is asked for. A password is always a secret. */
  @ApiProperty({ enum: fieldTypes, enumName: 'ConnectorFieldType' })
  type: (typeof fieldTypes)[number];

  /** Whether it must have a value, its default included. */
  required: boolean;

  /** Whether the value is sealed although the field is no password. */
  secret?: boolean;

  /** Value when none is given. */
  default?: string;

  /** Example for the empty form. */
  placeholder?: string;

  /** What to enter and where to find it. */
  help?: string;

  /** Permitted values of a select. */
  choices?: string[];

  /** Regular expression that the whole value must match. */
  pattern?: string;

  /** Other keys under which the value may be sent. */
  aliases?: string[];
}

/** The OAuth application that a person brings. */
export class ConnectorOauthResponse {
  /** Where the person approves. */
  authorization_url: string;

  /** Where the code becomes a token. */
  token_url: string;

  /** Scopes to ask for. */
  scopes?: string[];

  /** Whether the provider documents PKCE. */
  pkce: boolean;

  /** How the client proves itself at the token endpoint. */
  @ApiProperty({ enum: tokenAuthMethods, enumName: 'TokenAuthMethod', required: false })
  token_auth_method?: (typeof tokenAuthMethods)[number];

  /** Further parameters of the authorization request. */
  @ApiProperty({ type: 'object', additionalProperties: { type: 'string', maxLength: 500 }, selfRequired: false })
  extra?: Record<string, string>;

  /** stdio: environment variable that carries the access token. */
  env_var?: string;
}

/** For people. */
export class ConnectorDocsResponse {
  /** How to get the values, in Markdown. */
  setup_md: string;
}

/** Where a fact of the manifest is published. */
export class ConnectorSourceResponse {
  /** What the page says. */
  fact: string;

  /** The page. */
  @ApiProperty({ format: 'uri' })
  url: string;
}

/** A manifest as it stands in its file (seed 001, "Get Connector"). Members without content are absent. */
export class ConnectorManifestResponse {
  /** Id of the connector. */
  id: string;

  /** Raised with every change of the manifest. */
  @ApiProperty({ type: 'integer', format: 'int32', minimum: 1 })
  version: number;

  /** Name shown to people. */
  name: string;

  /** What it is for, in one sentence. */
  description: string;

  /** Group in the catalogue. */
  category: string;

  /** How it looks. */
  brand?: ConnectorBrandResponse;

  /** How credentials are collected. */
  @ApiProperty({ enum: authModes, enumName: 'ConnectorAuthMode' })
  auth_mode: AuthMode;

  /** The form. */
  fields?: ConnectorFieldResponse[];

  /** The OAuth application of `byo_oauth`. */
  oauth?: ConnectorOauthResponse;

  /** The MCP server. */
  mcp: ConnectorServerResponse;

  /** Values made of others (templates). */
  @ApiProperty({ type: 'object', additionalProperties: { type: 'string', maxLength: 4_096 }, selfRequired: false })
  derived?: Record<string, string>;

  /** How values are verified. */
  verify?: ConnectorVerifyResponse;

  /** For people. */
  docs?: ConnectorDocsResponse;

  /** Where the facts of the manifest are published. */
  sources?: ConnectorSourceResponse[];
}
