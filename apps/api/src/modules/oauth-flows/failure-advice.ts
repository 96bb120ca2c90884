import type { LostTokens } from './oauth-flows.types.js';

/** What a failure is called on a page, and what the person can do. */
export interface FailureAdvice {
  heading: string;
  advice: string;
}

const startAgain = 'Close this window and start the connection again where you began it.';

const advices: Readonly<Record<string, FailureAdvice>> = {
  'oauth.denied': {
    heading: 'The provider did not connect the account',
    advice: `Nothing was changed. If you pressed “deny” by mistake: ${lower(startAgain)}`,
  },
  'oauth.state_invalid': {
    heading: 'This link has been used or is not known',
    advice: `Each link works once, for ten minutes. If nothing was connected yet: ${lower(startAgain)}`,
  },
  'oauth.state_expired': {
    heading: 'This took too long',
    advice: `A connection must be approved within ten minutes. ${startAgain}`,
  },
  'oauth.parameters_missing': { heading: 'The answer is incomplete', advice: startAgain },
  'oauth.session_mismatch': {
    heading: 'This connection belongs to somebody else',
    advice:
      'Nothing was connected. If you started it, sign in to Crewship in this browser as the person who did, and open the link ' +
      'again; or finish it in the program that you started it in. If you did not start it, somebody sent you this link: close this window.',
  },
  'oauth.initiator_left': {
    heading: 'This connection may no longer be made',
    advice: 'Ask an administrator of the workspace to connect the account, or to give you the role again.',
  },
  'oauth.exchange_failed': {
    heading: 'The provider did not hand over access',
    advice: `Earlier access, if there was any, still works. ${startAgain} If it happens again, check the client id and secret.`,
  },
  'oauth.credential_gone': {
    heading: 'The credential is gone',
    advice: 'It was deleted meanwhile. Create it again to connect it.',
  },
  'oauth.credential_not_found': {
    heading: 'There is no such credential',
    advice: 'It was deleted, or you are signed in as somebody who may not connect it.',
  },
  'oauth.cancelled': { heading: 'The connection was cancelled', advice: 'Nothing was stored.' },
  'oauth_server.wrong_issuer': {
    heading: 'The answer came from somebody else',
    advice: `It was not used. ${startAgain} If it happens again, tell the operator of the server.`,
  },
};

/** What to tell a person about a failure, by the code of its error. */
export function adviceOf(code: string): FailureAdvice {
  return (
    (Object.hasOwn(advices, code) ? advices[code] : null) ?? {
      heading: 'The account was not connected',
      advice: startAgain,
    }
  );
}

/** What to tell a person about tokens that were issued and not stored. */
export const adviceOfLostTokens: Readonly<Record<LostTokens, string>> = {
  revoked: 'The access that the provider had granted by then was given back to it.',
  kept: 'The provider had granted access by then; it was not given back, because earlier access could end with it.',
  not_supported:
    'The provider had granted access by then and takes none back: remove Crewship from the connected apps of your account there.',
  failed:
    'The provider had granted access by then and did not take it back: remove Crewship from the connected apps of your account there.',
};

function lower(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1);
}
