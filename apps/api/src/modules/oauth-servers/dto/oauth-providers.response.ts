import { ApiProperty } from '@nestjs/swagger';
import { providerKeys } from '#oauth';

/** One provider that is known without discovery. */
export class OauthProviderResponse {
  /** Where the person's browser is sent to. */
  auth_url: string;

  /** Where codes and refresh tokens are exchanged. */
  token_url: string;

  /** What is asked for unless told otherwise, separated by spaces; may be empty. */
  default_scopes: string;
}

/** The known providers by key, in the order of their keys. */
export class OauthProvidersResponse {
  [provider: string]: OauthProviderResponse;
}

// A property for each entry of the table, so that a new provider is published without touching this file.
for (const key of providerKeys) {
  ApiProperty({ type: OauthProviderResponse, description: `Endpoints of ${key}.` })(
    OauthProvidersResponse.prototype,
    key,
  );
}
