import * as oauth from 'oauth4webapi';
import type { OauthClient } from './oauth.types.js';

/** How oauth4webapi authenticates a client at an endpoint. A client without a secret is public, whatever it is named. */
export function clientAuthOf(client: OauthClient): oauth.ClientAuth {
  const secret = client.clientSecret?.reveal();
  if (!secret) return oauth.None();
  switch (client.authMethod) {
    case 'client_secret_post':
      return oauth.ClientSecretPost(secret);
    case 'client_secret_basic':
      return basic(secret);
    case 'none':
      return oauth.None();
  }
}

// oauth4webapi's own encodes `-`, `_` and `.` too. Both spellings decode alike, but many servers do not decode at all,
// and secrets are full of these characters.
function basic(secret: string): oauth.ClientAuth {
  return (_server, client, _body, headers) => {
    const credentials = `${formEncoded(client.client_id)}:${formEncoded(secret)}`;
    headers.set('authorization', `Basic ${Buffer.from(credentials).toString('base64')}`);
  };
}

function formEncoded(text: string): string {
  return new URLSearchParams({ v: text }).toString().slice('v='.length);
}
